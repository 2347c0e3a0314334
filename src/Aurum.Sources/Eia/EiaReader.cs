using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>Reads the rows of any EIA v2 route into series points, led by the route's <see cref="EiaSeriesShape"/>.</summary>
/// <remarks>
/// <para>Values come as text in newer answers, as numbers in older ones, or as null; null and empty text are NaN.</para>
/// <para>No rows is proven empty; an error body is <see cref="Outcome.Throttled"/> for the rate limit and
/// <see cref="Outcome.Unavailable"/> for all else, in EIA's words. An answer with fewer rows than its own total says is
/// malformed.</para>
/// </remarks>
internal static class EiaReader
{
    /// <summary>Reads a file of the given shape.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">Key and value fields.</param>
    /// <param name="output">Takes the points.</param>
    /// <param name="hasWeeks">Whether the feed is of weeks, whatever the answer leaves out.</param>
    /// <exception cref="FeedFormatException">A row lacks a key or a unit, its period or its value cannot be read, or this is no EIA
    /// answer.</exception>
    public static ParseResult Parse(FeedFile file, EiaSeriesShape shape, IRowOutput<SeriesPoint> output, bool hasWeeks = false)
    {
        using var body = JsonBody.Read(file, EiaRequests.MaxAnswerBytes);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        var json = body.Bytes.Span;
        var envelope = EiaEnvelope.Read(json, file.Name);
        if (envelope.Error is { } error)
        {
            return EiaRefusal.Because(error);
        }

        var arrays = envelope.RowArrays.Where(a => !envelope.HasResponse || a.Path == "response.data").ToList();
        if (arrays.Count == 0)
        {
            throw new FeedFormatException(file.Name, "response.data", "an array of rows", "none");
        }

        var rows = new RowReader(file.Name, shape, IsWeekly(file.Name, envelope, json, arrays, hasWeeks, out var note), output);
        foreach (var (offset, path) in arrays)
        {
            rows.ReadArray(json[offset..], path);
        }

        if (file.IsAnswer && envelope.Expected is { } expected && rows.Rows < expected)
        {
            throw new FeedFormatException(
                file.Name, "response.data", $"{expected} rows on this page (total {envelope.Total})", $"{rows.Rows}");
        }

        var points = rows.Finish();
        return points == 0
            ? ParseResult.ProvenEmpty($"EIA has no row for this request (total {envelope.Total?.ToString() ?? "not given"})")
            : ParseResult.DataWith([.. envelope.Warnings.Select(w => $"{file.Name}: {w} (total {envelope.Total})"), .. note]);
    }

    /// <summary>Whether dates name weeks. Where the envelope does not say, the distance of the dates does, with a note.</summary>
    private static bool IsWeekly(
        string file, EiaEnvelope envelope, ReadOnlySpan<byte> json, List<(int Offset, string Path)> arrays, bool hasWeeks,
        out string[] note)
    {
        note = [];
        var isWeekly = envelope.Frequency is { } frequency ? frequency == "weekly" : hasWeeks;
        if (hasWeeks && !isWeekly)
        {
            throw new FeedFormatException(file, "response.frequency", "weekly", $"'{envelope.Frequency}'");
        }

        if (isWeekly || envelope.Frequency is not null)
        {
            return isWeekly;
        }

        var days = new SortedSet<long>();
        foreach (var (offset, _) in arrays)
        {
            AddDates(json[offset..], days);
        }

        if (days.Count < 2 || days.Any(day => (day - days.Min) % 7 != 0))
        {
            return false;
        }

        note = ["the answer states no frequency; its dates lie whole weeks apart and are read as weeks ending on them"];
        return true;
    }

    private static void AddDates(ReadOnlySpan<byte> array, SortedSet<long> days)
    {
        const int SecondsPerDay = 86_400;
        var row = new EiaRow(["period"]);
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            row.Read(ref reader);
            if (row[0].Length == 10 && EiaPeriod.TryParse(row[0], isWeekly: false, out var day))
            {
                days.Add(day.StartUnixSeconds / SecondsPerDay);
            }
        }
    }

    private sealed class RowReader(string file, EiaSeriesShape shape, bool isWeekly, IRowOutput<SeriesPoint> output)
    {
        private const int Period = 0;

        private readonly EiaRow _row = new(
        [
            "period", .. shape.Keys, .. shape.Values, .. shape.Values.Select(v => $"{v}-units"), shape.Unit, .. shape.Titles,
        ]);

        private readonly byte[] _prefix = Encoding.UTF8.GetBytes(shape.Prefix);
        private readonly byte[][] _valueNames = [.. shape.Values.Select(Encoding.UTF8.GetBytes)];
        private readonly Utf8Table<SeriesKey> _series = new();
        private readonly RowBuffer<SeriesPoint> _points = new(output);
        private readonly int _firstValue = 1 + shape.Keys.Count;
        private readonly int _firstUnit = 1 + shape.Keys.Count + shape.Values.Count;
        private readonly byte[] _lastPeriodText = new byte[32];
        private int _lastPeriodLength;
        private DeliveryInterval _lastPeriod;
        private byte[] _id = new byte[256];
        private string _path = "";
        private int _index;

        public long Rows { get; private set; }

        public long Finish()
        {
            _points.Flush();
            return _points.Total;
        }

        public void ReadArray(ReadOnlySpan<byte> array, string path)
        {
            _path = path;
            _index = 0;
            var reader = new Utf8JsonReader(array);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    throw Unexpected("", "a row as an object", $"{reader.TokenType}");
                }

                _row.Read(ref reader);
                AddPoints();
                Rows++;
                _index++;
            }
        }

        private void AddPoints()
        {
            var period = PeriodOfRow();
            for (var i = 0; i < shape.Values.Count; i++)
            {
                if (!_row.Names(_firstValue + i))
                {
                    throw Unexpected(shape.Values[i], "a value or null", "no such field");
                }

                _points.Add(new SeriesPoint(Series(i), period, Value(i)));
            }
        }

        /// <summary>Rows come by period: the last text is kept with what it says.</summary>
        private DeliveryInterval PeriodOfRow()
        {
            var text = _row[Period];
            if (text.SequenceEqual(_lastPeriodText.AsSpan(0, _lastPeriodLength)) && _lastPeriodLength > 0)
            {
                return _lastPeriod;
            }

            if (!EiaPeriod.TryParse(text, isWeekly, out var period))
            {
                throw Unexpected("period", "a period such as 2026-10-01T16 or 2026-10", Found(Period));
            }

            _lastPeriodLength = text.TryCopyTo(_lastPeriodText) ? text.Length : 0;
            return _lastPeriod = period;
        }

        private double Value(int i)
        {
            var text = _row[_firstValue + i];
            if (text.Length == 0)
            {
                return double.NaN;
            }

            return text.IndexOfAny((byte)',', (byte)' ') < 0 && Numbers.TryParseDecimal(text, out var value)
                ? value
                : throw Unexpected(shape.Values[i], "a number", Found(_firstValue + i));
        }

        private SeriesKey Series(int i)
        {
            var id = Id(i);
            var unit = Unit(i);
            if (!_series.TryGet(id, out var series))
            {
                series = new SeriesKey(Encoding.UTF8.GetString(id), _row.Text(unit), Title());
                _series.Add(id, series);
            }
            else if (!series.UnitUtf8.Span.SequenceEqual(_row[unit]))
            {
                throw Unexpected(shape.Values[i], $"the unit '{series.Unit}' as in the rows of {series.Id} before", Found(unit));
            }

            return series;
        }

        private int Unit(int i) => _row.Names(_firstUnit + i) ? _firstUnit + i
            : _row.Names(_firstUnit + shape.Values.Count) ? _firstUnit + shape.Values.Count
            : throw Unexpected($"{shape.Values[i]}-units", $"a unit, here or as '{shape.Unit}'", "no such field");

        private ReadOnlySpan<byte> Id(int i)
        {
            var length = 0;
            Append(_prefix, ref length);
            for (var k = 0; k < shape.Keys.Count; k++)
            {
                if (!_row.Has(1 + k))
                {
                    throw Unexpected(shape.Keys[k], "a code that names the series", Found(1 + k));
                }

                Append(_row[1 + k], ref length);
            }

            if (shape.Values.Count > 1)
            {
                Append(_valueNames[i], ref length);
            }

            return _id.AsSpan(0, length);
        }

        private void Append(ReadOnlySpan<byte> part, ref int length)
        {
            if (length + part.Length + 1 > _id.Length)
            {
                Array.Resize(ref _id, 2 * (length + part.Length + 1));
            }

            if (length > 0)
            {
                _id[length++] = (byte)'/';
            }

            part.CopyTo(_id.AsSpan(length));
            length += part.Length;
        }

        private string Title()
        {
            var first = _firstUnit + shape.Values.Count + 1;
            return string.Join(", ", Enumerable.Range(first, shape.Titles.Count).Where(_row.Has).Select(_row.Text));
        }

        private string Found(int slot) => _row.Names(slot) ? _row.Has(slot) ? $"'{_row.Text(slot)}'" : "null" : "no such field";

        private FeedFormatException Unexpected(string field, string expected, string found) =>
            new(file, $"{_path}[{_index}]{(field.Length > 0 ? "." : "")}{field}", expected, found);
    }
}
