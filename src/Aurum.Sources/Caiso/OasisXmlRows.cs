using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>OASIS rows from XML: REPORT_ITEMs of one header and many REPORT_DATA; or an error element in place of them.</summary>
/// <remarks>Namespace prefixes do not matter: data has none, errors have <c>m:</c>.</remarks>
internal sealed class OasisXmlRows : IOasisRows, IDisposable
{
    private const int MaxRowBytes = 4096;

    private readonly Utf8XmlReader _xml;
    private readonly OasisReport _report;
    private readonly byte[] _query;
    private readonly byte[] _texts = new byte[MaxRowBytes];
    private readonly int[] _starts = new int[(int)OasisField.Count];
    private readonly int[] _lengths = new int[(int)OasisField.Count];
    private readonly HashSet<string> _unknown = [];
    private int _headerEnd;
    private int _end;
    private string _errorCode = "";
    private string _errorText = "";

    public OasisXmlRows(Stream stream, string file, OasisReport report)
    {
        _xml = new Utf8XmlReader(stream, file);
        _report = report;
        _query = Encoding.UTF8.GetBytes(report.Query);
    }

    public string File => _xml.File;

    public long Line => _xml.Line;

    public OasisError? Error => _errorCode.Length + _errorText.Length == 0 ? null : new OasisError(_errorCode, _errorText);

    public IReadOnlyList<string> Notes => [.. _unknown.Select(name => $"{File}: unknown element {name}")];

    public ReadOnlySpan<byte> this[OasisField field] => _texts.AsSpan(_starts[(int)field], _lengths[(int)field]);

    public bool Read()
    {
        while (_xml.Read())
        {
            if (_xml.Token != XmlToken.Start)
            {
                continue;
            }

            var name = _xml.Name;
            if (name.SequenceEqual("REPORT_DATA"u8))
            {
                ReadRow();
                return true;
            }

            if (name.SequenceEqual("REPORT_HEADER"u8))
            {
                ReadHeader();
            }
            else if (name.SequenceEqual("ERR_CODE"u8))
            {
                _errorCode = Encoding.UTF8.GetString(_xml.ReadText()).Trim();
            }
            else if (name.SequenceEqual("ERR_DESC"u8))
            {
                _errorText = Encoding.UTF8.GetString(_xml.ReadText()).Trim();
            }
            else if (_xml.Depth == 1 && !name.SequenceEqual("OASISReport"u8))
            {
                throw _xml.Unexpected("an OASISReport", $"<{Encoding.UTF8.GetString(name)}>");
            }
        }

        return false;
    }

    public FeedFormatException Unexpected(OasisField field, string expected) =>
        new(File, $"{Line}", $"{expected} in {field}", $"'{Encoding.UTF8.GetString(this[field])}'");

    public void Dispose() => _xml.Dispose();

    private void ReadHeader()
    {
        _end = 0;
        Array.Clear(_lengths);
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth >= depth)
        {
            if (_xml.Token != XmlToken.Start)
            {
                continue;
            }

            if (_xml.Name.SequenceEqual("MKT_TYPE"u8))
            {
                Keep(OasisField.MarketRun, _xml.ReadText());
            }
            else if (_xml.Name.SequenceEqual("REPORT"u8))
            {
                var report = _xml.ReadText();
                if (!report.SequenceEqual(_query))
                {
                    throw _xml.Unexpected($"report {_report.Query}", Encoding.UTF8.GetString(report));
                }
            }
            else
            {
                _xml.ReadText();
            }
        }

        _headerEnd = _end;
    }

    private void ReadRow()
    {
        _end = _headerEnd;
        var market = _lengths[(int)OasisField.MarketRun];
        Array.Clear(_lengths);
        _lengths[(int)OasisField.MarketRun] = market;
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth >= depth)
        {
            if (_xml.Token != XmlToken.Start)
            {
                throw _xml.Unexpected("elements in REPORT_DATA", $"'{Encoding.UTF8.GetString(_xml.Text)}'");
            }

            var field = FieldOf(_xml.Name);
            if (field == OasisField.Count)
            {
                _unknown.Add(Encoding.UTF8.GetString(_xml.Name));
                _xml.ReadText();
            }
            else
            {
                Keep(field, _xml.ReadText());
            }
        }
    }

    private static OasisField FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("VALUE"u8) => OasisField.Value,
        8 when name.SequenceEqual("OPR_DATE"u8) => OasisField.OperatingDate,
        9 when name.SequenceEqual("DATA_ITEM"u8) => OasisField.Item,
        11 when name.SequenceEqual("TRADING_HUB"u8) => OasisField.Place,
        12 when name.SequenceEqual("INTERVAL_NUM"u8) => OasisField.IntervalNumber,
        13 when name.SequenceEqual("RESOURCE_NAME"u8) => OasisField.Place,
        14 when name.SequenceEqual("RENEWABLE_TYPE"u8) => OasisField.Kind,
        16 when name.SequenceEqual("INTERVAL_END_GMT"u8) => OasisField.End,
        18 when name.SequenceEqual("INTERVAL_START_GMT"u8) => OasisField.Start,
        _ => OasisField.Count,
    };

    private void Keep(OasisField field, ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxRowBytes - _end)
        {
            throw _xml.Unexpected($"a row of at most {MaxRowBytes} bytes", "a longer one");
        }

        text.CopyTo(_texts.AsSpan(_end));
        _starts[(int)field] = _end;
        _lengths[(int)field] = text.Length;
        _end += text.Length;
    }
}
