using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>An .xlsx workbook. Its sheets are read when they are asked for.</summary>
/// <remarks>Nothing in it is run or fetched: no formula, no link, no document type. Hidden sheets count as the others do.</remarks>
internal sealed class XlsxWorkbook : IWorkbook
{
    private readonly XlsxPackage _package;
    private readonly WorkbookLimits _limits;
    private readonly XlsxStyles _styles = new();
    private readonly CellTexts _texts;
    private readonly List<(string Name, string Part)> _sheets = [];
    private int _sharedTexts;
    private bool _epochIs1904;

    /// <param name="stream">The file; it can seek, and stays open.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="limits">How much is believed.</param>
    /// <exception cref="FeedFormatException">It is no workbook, it is damaged, or it exceeds a limit.</exception>
    public XlsxWorkbook(Stream stream, string file, WorkbookLimits? limits = null)
    {
        _limits = limits ?? WorkbookLimits.Default;
        _texts = new CellTexts(file, _limits.MaxTextBytes);
        _package = new XlsxPackage(stream, file, _limits);
        try
        {
            ReadParts();
        }
        catch
        {
            _package.Dispose();
            throw;
        }
    }

    public string File => _package.File;

    public IReadOnlyList<string> SheetNames => [.. _sheets.Select(s => s.Name)];

    public Sheet Read(string sheet)
    {
        var index = _sheets.FindIndex(s => s.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            throw new ArgumentException($"expected one of {string.Join(", ", SheetNames)}, found '{sheet}'", nameof(sheet));
        }

        var (name, part) = _sheets[index];
        Sheet? read = null;
        _package.Read(
            part,
            bytes =>
            {
                if (XlsxPlainSheet.Read(bytes.Span, _texts, _sharedTexts, _styles, _limits) is not var (cells, rows))
                {
                    return false;
                }

                read = new Sheet(File, name, _texts, cells, rows, _epochIs1904);
                return true;
            },
            xml => read = new XlsxSheetReader(xml, _texts, _sharedTexts, _styles, _epochIs1904, _limits).Read(File, name));
        return read!;
    }

    public void Dispose() => _package.Dispose();

    private void ReadParts()
    {
        foreach (var (part, kind) in (ReadOnlySpan<(string, string)>)[("xl/workbook.bin", ".xlsb"), ("content.xml", ".ods")])
        {
            if (_package.Has(part))
            {
                throw new FeedFormatException(File, "", "an .xlsx or .xls workbook", $"an {kind} one: save it as .xlsx");
            }
        }

        var root = _package.RelationshipsOf("").ByKind.GetValueOrDefault("officeDocument", "xl/workbook.xml");
        var (byId, byKind) = _package.RelationshipsOf(root);
        _package.Read(root, xml => ReadSheets(xml, byId));
        if (_sheets.Count == 0)
        {
            throw new FeedFormatException(File, "", "a workbook with a sheet", "none");
        }

        if (byKind.TryGetValue("sharedStrings", out var strings))
        {
            _package.Read(strings, bytes => XlsxPlainTexts.Read(bytes.Span, _texts), ReadSharedTexts);
        }

        _sharedTexts = _texts.Count;
        if (byKind.TryGetValue("styles", out var styles))
        {
            _package.Read(styles, xml => _styles.Read(xml, _limits));
        }
    }

    private void ReadSheets(Utf8XmlReader xml, Dictionary<string, string> parts)
    {
        while (xml.Read())
        {
            if (xml.Token != XmlToken.Start)
            {
                continue;
            }

            if (xml.Name.SequenceEqual("workbookPr"u8))
            {
                _epochIs1904 = xml.AttributeIsOn("date1904"u8);
            }
            else if (xml.Name.SequenceEqual("sheet"u8))
            {
                var name = xml.AttributeText("name"u8);
                var id = xml.AttributeText("r:id"u8);
                if (!parts.TryGetValue(id, out var part))
                {
                    throw xml.Unexpected($"a part for sheet '{name}'", $"none with id '{id}'");
                }

                if (_sheets.Count == _limits.MaxSheets)
                {
                    throw xml.Unexpected($"at most {_limits.MaxSheets} sheets", "more");
                }

                _sheets.Add((name, part));
            }
        }
    }

    private void ReadSharedTexts(Utf8XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Start && xml.Name.SequenceEqual("si"u8))
            {
                xml.AppendTexts(_texts);
                _texts.End();
            }
        }
    }
}
