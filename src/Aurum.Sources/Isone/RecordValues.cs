using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>The fields of one record of a web service answer, as text in one buffer that all records of a file share.</summary>
/// <remarks>Wrong values and missing fields are a <see cref="FeedFormatException"/> that names the record by its number and the
/// field: <c>HourlyLmp[12].LmpTotal</c>.</remarks>
internal sealed class RecordValues
{
    private const int MaxRecordBytes = 4096;
    private const int Ignored = -1;
    private const int Unknown = -2;

    private readonly byte[][] _names;
    private readonly byte[][] _pageNames;
    private readonly byte[][] _ignored;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly byte[] _texts = new byte[MaxRecordBytes];
    private readonly byte[] _stamp = new byte[MaxRecordBytes];
    private int _stampLength;
    private long _stampSeconds;
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly ulong _required;
    private ulong _present;
    private int _end;
    private int _next;

    public RecordValues(string file, RecordShape shape)
    {
        File = file;
        Shape = shape;
        _names = [.. shape.Fields.Select(f => Encoding.UTF8.GetBytes(f.Name))];
        _pageNames = [.. shape.Fields.Select(f => Encoding.UTF8.GetBytes(f.OnPages))];
        _ignored = [.. shape.Ignored.Select(Encoding.UTF8.GetBytes)];
        _starts = new int[_names.Length];
        _lengths = new int[_names.Length];
        for (var i = 0; i < _names.Length; i++)
        {
            _required |= shape.Fields[i].IsRequired ? 1UL << i : 0;
        }
    }

    public string File { get; }

    public RecordShape Shape { get; }

    /// <summary>Records begun so far.</summary>
    public long Count { get; private set; }

    public IReadOnlyList<string> Notes =>
        [.. _unknown.Order(StringComparer.Ordinal).Select(name => $"{File}: unknown field {name} in {Shape.Record}")];

    /// <summary>Text of a field of the current record; empty where the record lacks it.</summary>
    public ReadOnlySpan<byte> this[int field] => _texts.AsSpan(_starts[field], _lengths[field]);

    public void Begin()
    {
        Count++;
        Array.Clear(_lengths);
        (_present, _end, _next) = (0, 0, 0);
    }

    /// <summary>Takes a field of the record. Fields come in the same order in all records, so the next one is tried first.</summary>
    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        var field = Find(name);
        if (field < 0)
        {
            if (field == Unknown)
            {
                _unknown.Add(Encoding.UTF8.GetString(name));
            }

            return;
        }

        if (text.Length > MaxRecordBytes - _end)
        {
            throw new FeedFormatException(File, Place(), $"a record of at most {MaxRecordBytes} bytes", "a longer one");
        }

        text.CopyTo(_texts.AsSpan(_end));
        (_starts[field], _lengths[field]) = (_end, text.Length);
        _end += text.Length;
        _present |= 1UL << field;
        _next = field + 1;
    }

    /// <exception cref="FeedFormatException">The record lacks a field; names the nearest of those that it has.</exception>
    public void End()
    {
        if ((_present & _required) == _required)
        {
            return;
        }

        var missing = Shape.Fields.Where((f, i) => f.IsRequired && (_present & (1UL << i)) == 0).First().Name;
        var nearest = NearestName.To(missing, _unknown);
        throw new FeedFormatException(
            File, Place(), $"a field {missing}", nearest is null ? "no such field" : $"no such field (nearest: {nearest})");
    }

    public double Number(int field) =>
        Numbers.TryParseDecimal(this[field], out var value) ? value : throw Unexpected(field, "a decimal");

    /// <summary>A number, or NaN where there is none.</summary>
    public double NumberOrNaN(int field) => this[field].Trim((byte)' ').IsEmpty ? double.NaN : Number(field);

    /// <summary>Instant of a stamp like <c>2024-11-03T01:00:00.000-04:00</c>, seconds since 1970. The records of many places have the
    /// same one, which is parsed once.</summary>
    public long UnixSeconds(int field)
    {
        var text = this[field];
        if (!text.IsEmpty && text.SequenceEqual(_stamp.AsSpan(0, _stampLength)))
        {
            return _stampSeconds;
        }

        if (!Stamps.TryParseInstant(text, out var seconds))
        {
            throw Unexpected(field, "a time like 2024-11-03T01:00:00.000-04:00");
        }

        text.CopyTo(_stamp);
        (_stampLength, _stampSeconds) = (text.Length, seconds);
        return seconds;
    }

    /// <summary>The interval that begins at a stamp.</summary>
    public DeliveryInterval Starting(int field, int minutes) => DeliveryInterval.FromUnixSeconds(UnixSeconds(field), minutes * 60);

    /// <summary>The whole local day that a stamp lies in.</summary>
    public DeliveryInterval DayOf(int field)
    {
        var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(UnixSeconds(field)), MarketZones.Eastern);
        return DeliveryInterval.Between(day.Start, day.End);
    }

    public string Text(int field) => Encoding.UTF8.GetString(this[field]).Trim();

    public FeedFormatException Unexpected(int field, string expected) => new(
        File,
        $"{Place()}.{Shape.Fields[field].Name}",
        expected,
        this[field].IsEmpty ? "nothing" : $"'{Encoding.UTF8.GetString(this[field])}'");

    private string Place() => $"{Shape.Record}[{Count - 1}]";

    private int Find(ReadOnlySpan<byte> name)
    {
        if (_next < _names.Length && name.SequenceEqual(_names[_next]))
        {
            return _next;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]) || (_pageNames[i].Length > 0 && name.SequenceEqual(_pageNames[i])))
            {
                return i;
            }
        }

        foreach (var ignored in _ignored)
        {
            if (name.SequenceEqual(ignored))
            {
                return Ignored;
            }
        }

        return Unknown;
    }
}
