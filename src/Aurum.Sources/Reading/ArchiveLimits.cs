namespace Aurum.Sources.Reading;

/// <summary>How much of an archive is believed, each limit with its unit.</summary>
public sealed record ArchiveLimits
{
    public static readonly ArchiveLimits Default = new();

    /// <summary>Files inside, nested archives included; default 10,000.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Bytes of all files together once unpacked; default 32 GiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 32L << 30;

    /// <summary>Unpacked bytes per packed byte of one file; default 400 (recorded publishers' files reach 28). Looked at from
    /// <see cref="RatioFromBytes"/> on.</summary>
    public int MaxRatio { get; init; } = 400;

    /// <summary>Small files may have any ratio; default 64 MiB.</summary>
    public long RatioFromBytes { get; init; } = 64L << 20;

    /// <summary>Archives inside archives; default 3 levels.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>An archive inside an archive is held in memory; default 256 MiB.</summary>
    public long MaxNestedBytes { get; init; } = 256L << 20;
}
