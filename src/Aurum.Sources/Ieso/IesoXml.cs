using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>An XML report of IESO: <c>Document</c> (or <c>IMODocument</c>) with a header and a body of nested elements that hold nothing
/// but text at their ends.</summary>
/// <remarks>A reader asks for the elements that it needs and says at the end which of them must have come, so that a renamed one fails
/// by name. Names come without prefix: some copies of reports have one.</remarks>
internal sealed class IesoXml : IDisposable
{
    private const int MaxUnknown = 100;

    private readonly Utf8XmlReader _xml;
    private readonly FeedFile _file;
    private readonly HashSet<string> _unknown = [];
    private IesoClock? _clock;
    private int _hour;

    public IesoXml(FeedFile file, ArchiveEntry entry)
    {
        _file = file;
        _xml = new Utf8XmlReader(entry.Content, entry.Name);
        while (_xml.Read())
        {
            if (_xml.Token == XmlToken.Start && (Is("DocBody"u8) || Is("IMODocBody"u8)))
            {
                return;
            }

            if (_xml.Depth == 1 && _xml.Token == XmlToken.Start && !Is("Document"u8) && !Is("IMODocument"u8))
            {
                throw _xml.Unexpected("a report with the root Document", $"<{Name}>");
            }
        }

        throw _xml.Unexpected("a report with a body", "none");
    }

    public string File => _xml.File;

    public long Line => _xml.Line;

    /// <summary>Elements that nobody asked for.</summary>
    public IReadOnlyList<string> Notes => [.. _unknown.Order(StringComparer.Ordinal).Select(name => $"{File}: unknown element {name}")];

    private string Name => Encoding.UTF8.GetString(_xml.Name);

    public void Dispose() => _xml.Dispose();

    /// <summary>Moves to the next element inside an open one; false at that one's end.</summary>
    /// <param name="depth">Depth of the open one: <see cref="Depth"/> right after its start.</param>
    public bool Next(int depth)
    {
        while (_xml.Read())
        {
            switch (_xml.Token)
            {
                case XmlToken.Start:
                    return true;
                case XmlToken.End when _xml.Depth < depth:
                    return false;
                case XmlToken.Text:
                    throw _xml.Unexpected("an element", $"'{Encoding.UTF8.GetString(_xml.Text)}'");
            }
        }

        return false;
    }

    /// <summary>Moves to the next element or text inside an open one; false at that one's end.</summary>
    /// <param name="depth">As in <see cref="Next"/>.</param>
    /// <param name="isText">Whether it is text.</param>
    public bool NextOrText(int depth, out bool isText)
    {
        while (_xml.Read())
        {
            isText = _xml.Token == XmlToken.Text;
            if (isText || _xml.Token == XmlToken.Start)
            {
                return true;
            }

            if (_xml.Depth < depth)
            {
                return false;
            }
        }

        isText = false;
        return false;
    }

    /// <summary>Elements that are open.</summary>
    public int Depth => _xml.Depth;

    public bool Is(ReadOnlySpan<byte> name) => _xml.Name.SequenceEqual(name);

    /// <summary>Name of the element that has just started.</summary>
    public ReadOnlySpan<byte> ElementName => _xml.Name;

    /// <summary>Passes over an element that is known and not needed.</summary>
    public void Skip() => _xml.Skip();

    /// <summary>Passes over an element that nobody knows, and remembers its name.</summary>
    public void SkipUnknown()
    {
        RememberUnknown(_xml.Name);
        _xml.Skip();
    }

    public void RememberUnknown(ReadOnlySpan<byte> name)
    {
        if (_unknown.Count < MaxUnknown)
        {
            _unknown.Add(Encoding.UTF8.GetString(name));
        }
    }

    /// <summary>Text of the element that has just started, valid until the next read.</summary>
    public ReadOnlySpan<byte> Text() => _xml.ReadText().Trim(" \t\r\n"u8);

    /// <summary>Number of the element that has just started; NaN where it is empty.</summary>
    public double NumberOrNaN(string element)
    {
        var text = Text();
        return text.IsEmpty ? double.NaN
            : Numbers.TryParseDecimal(text, out var value) ? value
            : throw Unexpected("a decimal", element, text);
    }

    public int WholeNumber(string element)
    {
        var text = Text();
        return Numbers.TryParseInteger(text, out var value) ? value : throw Unexpected("an integer", element, text);
    }

    /// <summary>Reads the report's date, which must be the one asked for where a day was.</summary>
    public void ReadDate(bool isDayAskedFor = true)
    {
        var text = Text();
        if (!Stamps.TryParseDate(text, out var date))
        {
            throw Unexpected("a date like 2026-01-31", "the date of delivery", text);
        }

        if (isDayAskedFor)
        {
            IesoFiles.CheckDay(_file, date, $"{Line}");
        }

        _clock = new IesoClock(date);
    }

    /// <summary>Reads the hour of an hour's report.</summary>
    public void ReadHour()
    {
        _hour = WholeNumber("DeliveryHour");
        Hour(_hour);
    }

    /// <summary>An hour of the report's date.</summary>
    public DeliveryInterval Hour(int hour) => Clock.TryHour(hour, out var delivery)
        ? delivery
        : throw _xml.Unexpected("an hour from 1 to 24", $"{hour}");

    /// <summary>An interval of the report's hour.</summary>
    public DeliveryInterval Interval(int interval) => Clock.TryInterval(_hour, interval, out var delivery)
        ? delivery
        : throw _xml.Unexpected("an interval from 1 to 12 of an hour from 1 to 24", $"{interval} of {_hour}");

    /// <summary>Reads a stamp without zone, as seconds since 1970 UTC.</summary>
    public long Stamp(string element)
    {
        var text = Text();
        return Stamps.TryParseLocal(text, out var local)
            ? new LocalStamp(LocalSeconds.ToLocalDateTime(local)).ToInstant(MarketZones.EasternStandard).ToUnixTimeSeconds()
            : throw Unexpected("a time like 2026-01-31T09:34:08", element, text);
    }

    /// <summary>Fails where an element did not come that the report must have, and names what is like its first word.</summary>
    public void Require(bool hasCome, string element)
    {
        if (!hasCome)
        {
            var nearest = NearestName.To(element.Split(' ', ',')[0], _unknown);
            throw _xml.Unexpected($"an element {element}", nearest is null ? "none" : $"none (nearest: {nearest})");
        }
    }

    private IesoClock Clock => _clock ?? throw _xml.Unexpected("the date of delivery first", "none");

    private FeedFormatException Unexpected(string expected, string element, ReadOnlySpan<byte> text) =>
        _xml.Unexpected($"{expected} in {element}", $"'{Encoding.UTF8.GetString(text)}'");
}
