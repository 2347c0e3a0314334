using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>A workbook's sheets, which are read when they are asked for.</summary>
public interface IWorkbook : IDisposable
{
    string File { get; }

    /// <summary>The sheets' names, in the order of their tabs.</summary>
    IReadOnlyList<string> SheetNames { get; }

    /// <summary>Reads a sheet.</summary>
    /// <exception cref="FeedFormatException">It is damaged or exceeds a limit.</exception>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    Sheet Read(string sheet);
}

/// <summary>Opens workbooks, .xlsx and the older .xls, by what they begin with, whatever their names.</summary>
public static class WorkbookFile
{
    private const int Shown = 12;

    private static ReadOnlySpan<byte> Zip => "PK"u8;

    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0];

    /// <param name="stream">The file; it can seek, and stays open.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="limits">How much is believed.</param>
    /// <exception cref="FeedFormatException">It is no workbook, it is damaged or protected, or it exceeds a limit.</exception>
    public static IWorkbook Open(Stream stream, string file, WorkbookLimits? limits = null)
    {
        Span<byte> begin = stackalloc byte[Shown];
        var start = stream.Position;
        begin = begin[..stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)];
        stream.Position = start;
        if (begin.StartsWith(CompoundFile))
        {
            return new XlsWorkbook(stream, file, limits ?? WorkbookLimits.Default);
        }

        return begin.StartsWith(Zip)
            ? new XlsxWorkbook(stream, file, limits)
            : throw new FeedFormatException(
                file, "", "a whole .xlsx workbook, or an .xls one",
                begin.IsEmpty ? "an empty file" : $"a file that begins with '{Encoding.Latin1.GetString(begin)}'");
    }
}
