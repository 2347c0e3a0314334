namespace Aurum.Sources.Reading;

/// <summary>How a publisher writes CSV, and how much of it is believed.</summary>
public sealed record CsvOptions
{
    public static readonly CsvOptions Default = new();

    /// <summary>The byte between fields; a comma unless said otherwise.</summary>
    public byte Separator { get; init; } = (byte)',';

    /// <summary>Longest record, line ends inside quotes included; bytes, default 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Most fields in a record, default 1,024.</summary>
    public int MaxColumns { get; init; } = 1024;

    /// <summary>Names of columns match without regard to blanks and underscores: <c>Time Stamp</c> is <c>TimeStamp</c>. Case never
    /// matters.</summary>
    public bool LooseNames { get; init; }

    /// <summary>A row may have fewer or more fields than the header; missing ones read as empty.</summary>
    public bool AllowRagged { get; init; }

    /// <summary>Whether the first record (after <see cref="SkipLines"/>) names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Lines before the header: titles, dates; default 0.</summary>
    public int SkipLines { get; init; }
}
