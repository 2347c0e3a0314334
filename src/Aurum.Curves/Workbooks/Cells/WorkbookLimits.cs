namespace Aurum.Curves.Workbooks.Cells;

/// <summary>How much of a workbook is believed, each limit with its unit. Recorded vendors' workbooks reach 1.2 MB, 7 MB unpacked and
/// 91,000 cells.</summary>
public sealed record WorkbookLimits
{
    public static readonly WorkbookLimits Default = new();

    /// <summary>The file; bytes, default 64 MiB.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>A file of the old form, .xls, which is kept in memory; bytes, default 16 MiB.</summary>
    public int MaxXlsBytes { get; init; } = 16 << 20;

    /// <summary>All parts that are read, unpacked; bytes, default 512 MiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 512L << 20;

    /// <summary>Files in the package; default 10,000.</summary>
    public int MaxParts { get; init; } = 10_000;

    /// <summary>Sheets; default 256.</summary>
    public int MaxSheets { get; init; } = 256;

    /// <summary>Cells of one sheet that hold something; default 4,000,000.</summary>
    public int MaxCells { get; init; } = 4_000_000;

    /// <summary>All texts together; bytes of UTF-8, default 128 MiB.</summary>
    public int MaxTextBytes { get; init; } = 128 << 20;

    /// <summary>Cell formats; default 65,536.</summary>
    public int MaxFormats { get; init; } = 65_536;
}
