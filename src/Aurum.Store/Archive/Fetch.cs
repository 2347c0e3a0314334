using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Archive;

/// <summary>One answer of a publisher, before its body is archived: what was asked for and what came with it.</summary>
/// <param name="Feed">Which feed it was fetched for.</param>
/// <param name="Day">Which operating day was asked for.</param>
/// <param name="Site">Site of the request, for example <c>caiso-oasis</c>; <see cref="HandedOver"/> for a file that a
/// person handed over.</param>
/// <param name="PathAndQuery">Path and query of the request, without secrets.</param>
/// <param name="FileName">The publisher's own name, or one made from the request.</param>
/// <param name="Status">HTTP status; 0 where there was no HTTP.</param>
public sealed record Fetch(FeedId Feed, LocalDate Day, string Site, string PathAndQuery, string FileName, int Status)
{
    /// <summary>Site name of files that were handed over.</summary>
    public const string HandedOver = "file";

    /// <summary>Whether a person handed the file over, rather than a publisher.</summary>
    public bool IsHandedOver => Site == HandedOver;

    /// <summary>Headers as sent; the archive redacts secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; } = [];

    /// <summary>Headers as received; the archive redacts secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];
}
