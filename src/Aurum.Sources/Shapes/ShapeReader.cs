using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Shapes;

/// <summary>Reads the form of a file from its first 64 KiB, whatever the feed: columns of CSV, properties of JSON, elements of XML,
/// inside zip and gzip too.</summary>
public static class ShapeReader
{
    private const int MaxBytes = 64 << 10;
    private const int MaxColumns = 500;
    private const int MaxHeaderLine = 20;

    /// <summary>Line-delimited JSON has a document a line.</summary>
    private static readonly JsonReaderOptions ManyDocuments = new() { MaxDepth = 64, AllowMultipleValues = true };

    private static readonly CsvOptions AnyCsv = new() { HasHeader = false, AllowRagged = true, MaxColumns = 4096 };

    /// <summary>The form; null where the file shows none: a page, a damaged archive, text without columns.</summary>
    public static FileShape? Read(FeedFile file)
    {
        try
        {
            using var archive = new ArchiveReader(file);
            if (archive.Next() is not { } entry)
            {
                return null;
            }

            var bytes = new byte[MaxBytes];
            var count = entry.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var isWhole = count < bytes.Length;
            return entry.Kind switch
            {
                ContentKind.Text => OfCsv(bytes.AsMemory(0, count), isWhole),
                ContentKind.Json => OfJson(bytes.AsSpan(0, count), isWhole),
                ContentKind.Xml => OfXml(bytes.AsMemory(0, count), isWhole),
                _ => null,
            };
        }
        catch (Exception e) when (e is FeedFormatException or JsonException or InvalidDataException or InvalidOperationException)
        {
            // The parser says what is wrong with a file that is no good. The last kind is JSON's for strings that are no text.
            return null;
        }
    }

    /// <summary>The header is the first of the leading lines that the next one has as many fields as; in a file that begins with a
    /// comment (C), it is the first H line.</summary>
    private static FileShape? OfCsv(ReadOnlyMemory<byte> bytes, bool isWhole)
    {
        // A line that the end of the block cuts is left out.
        var text = isWhole ? bytes : bytes[..(bytes.Span.LastIndexOf((byte)'\n') + 1)];
        using var csv = new CsvReader(new MemoryStream(text.ToArray(), writable: false), "", AnyCsv);
        var columns = new ColumnList();
        string[] header = [];
        var lines = 0;
        while (csv.Read())
        {
            if (csv.Line == 1 && csv[0].SequenceEqual("C"u8))
            {
                return OfLettered(csv);
            }

            if (columns.Count > 0)
            {
                for (var i = 0; i < csv.Count && i < header.Length; i++)
                {
                    columns.Add(header[i], KindOf(csv[i]));
                }
            }
            else if (csv.Count == header.Length && csv.Count > 1)
            {
                if (header.Any(name => KindOf(Encoding.UTF8.GetBytes(name)) is CellKind.Number or CellKind.Time))
                {
                    // Rows without a header.
                    return null;
                }

                Array.ForEach(header, name => columns.Add(name, CellKind.Unknown));
                for (var i = 0; i < header.Length; i++)
                {
                    columns.Add(header[i], KindOf(csv[i]));
                }
            }
            else if (lines++ == MaxHeaderLine)
            {
                return null;
            }
            else
            {
                header = [.. Enumerable.Range(0, csv.Count).Select(csv.Text)];
            }
        }

        return columns.Count > 0 ? columns.ToShape("csv", isWhole: true) : null;
    }

    /// <summary>Lines that say in their first field what they are: the first H line has the names, D lines are rows.</summary>
    private static FileShape? OfLettered(CsvReader csv)
    {
        var columns = new ColumnList();
        string[] header = [];
        while (csv.Read())
        {
            if (header.Length == 0 && csv[0].SequenceEqual("H"u8))
            {
                header = [.. Enumerable.Range(0, csv.Count).Select(csv.Text)];
                Array.ForEach(header[1..], name => columns.Add(name, CellKind.Unknown));
            }
            else if (csv[0].SequenceEqual("D"u8))
            {
                for (var i = 1; i < csv.Count && i < header.Length; i++)
                {
                    columns.Add(header[i], KindOf(csv[i]));
                }
            }
        }

        return columns.Count > 0 ? columns.ToShape("csv", isWhole: true) : null;
    }

    private static FileShape? OfJson(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var json = new Utf8JsonReader(bytes.TrimStart("\uFEFF"u8), isWhole, new JsonReaderState(ManyDocuments));
        var columns = new ColumnList();
        var path = new Stack<string>();
        var name = "";
        string? form = null;
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Named(json.GetString()!);
                    form ??= name;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(path.Count == 0 ? "" : Join(path.Peek(), name));
                    name = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    name = "";
                    break;
                default:
                    columns.Add(Join(path.Count == 0 ? "" : path.Peek(), name), json.TokenType switch
                    {
                        JsonTokenType.Number => CellKind.Number,
                        JsonTokenType.Null => CellKind.Unknown,
                        JsonTokenType.String => KindOf(Encoding.UTF8.GetBytes(json.GetString()!)),
                        _ => CellKind.Text,
                    });
                    break;
            }
        }

        return columns.Count > 0 ? columns.ToShape($"json:{form}", isWhole && !columns.IsFull) : null;
    }

    private static FileShape? OfXml(ReadOnlyMemory<byte> bytes, bool isWhole)
    {
        var columns = new ColumnList();
        var path = new Stack<string>();
        var form = "";
        try
        {
            using var xml = new Utf8XmlReader(new MemoryStream(bytes.ToArray(), writable: false), "");
            while (xml.Read())
            {
                if (xml.Token == XmlToken.Start)
                {
                    var name = Encoding.UTF8.GetString(xml.Name);
                    form = path.Count == 0 ? name : form;
                    path.Push(path.Count == 0 ? "" : Join(path.Peek(), name));
                }
                else if (xml.Token == XmlToken.End)
                {
                    path.Pop();
                }
                else if (xml.Token == XmlToken.Text && path.Count > 0 && xml.Text.ContainsAnyExcept(" \t\r\n"u8))
                {
                    columns.Add(path.Peek(), KindOf(xml.Text));
                }
            }
        }
        catch (FeedFormatException) when (!isWhole)
        {
            // The end of the block, as it must come.
        }

        return columns.Count > 0 ? columns.ToShape($"xml:{form}", isWhole && !columns.IsFull) : null;
    }

    private static string Join(string parent, string name) => parent.Length == 0 ? name : name.Length == 0 ? parent : $"{parent}.{name}";

    /// <summary>Names that are data themselves (dates, hours, numbers of nodes) are all one.</summary>
    private static string Named(string property) =>
        property.Any(char.IsAsciiDigit) && property.Count(char.IsAsciiLetter) < 3 ? "*" : property;

    private static CellKind KindOf(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        return cell.IsEmpty || cell.SequenceEqual("null"u8) ? CellKind.Unknown
            : Numbers.TryParseDecimal(cell, out _) ? CellKind.Number
            : Stamps.TryParseInstant(cell, out _) || Stamps.TryParseLocal(cell, out _) || Stamps.TryParseDate(cell, out _) ? CellKind.Time
            : CellKind.Text;
    }

    private sealed class ColumnList
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<ShapeColumn> _columns = [];

        public int Count => _columns.Count;

        public bool IsFull => _columns.Count == MaxColumns;

        public void Add(string name, CellKind kind)
        {
            if (_places.TryGetValue(name, out var place))
            {
                _columns[place] = new ShapeColumn(name, FileShape.Widened(_columns[place].Kind, kind));
            }
            else if (!IsFull)
            {
                _places[name] = _columns.Count;
                _columns.Add(new ShapeColumn(name, kind));
            }
        }

        public FileShape ToShape(string form, bool isWhole) => new(form, _columns, isWhole);
    }
}
