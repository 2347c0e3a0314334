using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>Reads EIA's bulk files: a zip with one text, in it a JSON object a line.</summary>
/// <remarks>
/// <para>A series: <c>{"series_id":"EBA.CISO-ALL.D.H","name":...,"units":"megawatthours","f":"H",...,"data":[["20240930T05Z",21000],
/// ...]}</c>, newest value first; null where a value is withheld. Lines with a <c>category_id</c> describe how EIA sorts its series
/// and are passed over.</para>
/// <para>The text is read as a stream: of a file of gigabytes one buffer is in memory, and the name of the series that is
/// read.</para>
/// </remarks>
internal static class EiaBulk
{
    /// <summary>Whether a file is one: its first line names a series or a category.</summary>
    public static bool Recognizes(FileHead head) =>
        (head.FirstLine.StartsWith("{\"series_id\":\"", StringComparison.Ordinal) && head.Has("\"data\":[["))
        || head.FirstLine.StartsWith("{\"category_id\":", StringComparison.Ordinal);

    /// <param name="file">The zip.</param>
    /// <param name="output">Takes the points.</param>
    /// <param name="stretch">The stretch of time wanted for the day asked for: points whose period begins in it. Without a day all
    /// are.</param>
    public static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output, Func<OperatingDay, DeliveryInterval> stretch)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a text of series", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var lines = new Lines(entry.Name, file.Day is { } day ? stretch(day) : null, output);
        lines.Read(entry.Content);
        return lines.Finish(file);
    }

    private sealed class Lines(string file, DeliveryInterval? wanted, IRowOutput<SeriesPoint> output)
    {
        private readonly RowBuffer<SeriesPoint> _points = new(output);
        private readonly List<string> _notes = [];
        private long _series;
        private long _leftOut;
        private string? _id;
        private string? _units;
        private string _name = "";
        private byte[] _frequency = [];

        public void Read(Stream content)
        {
            var json = new JsonStream(content, file, hasMany: true);
            try
            {
                while (json.Read())
                {
                    json.Require(JsonTokenType.StartObject);
                    ReadLine(ref json);
                }
            }
            finally
            {
                json.Dispose();
            }
        }

        public ParseResult Finish(FeedFile file)
        {
            _points.Flush();
            if (_leftOut > 0)
            {
                _notes.Add($"{file.Name}: {_leftOut} series left out whose frequency is none that is read (HL repeats H)");
            }

            return _points.Total > 0 ? ParseResult.DataWith(_notes)
                : _series == 0 ? throw new FeedFormatException(file.Name, "", "series", "none")
                : ParseResult.NotYetPublished($"{file.Name} has no value of {file.Day}");
        }

        private void ReadLine(ref JsonStream json)
        {
            (_id, _units, _name, _frequency) = (null, null, "", []);
            var (hasData, isCategory) = (false, false);
            while (json.Read() && json.Token == JsonTokenType.PropertyName)
            {
                if (json.IsProperty("series_id"u8))
                {
                    _id = Text(ref json);
                }
                else if (json.IsProperty("name"u8))
                {
                    _name = Text(ref json);
                }
                else if (json.IsProperty("units"u8))
                {
                    _units = Text(ref json);
                }
                else if (json.IsProperty("f"u8))
                {
                    _frequency = Encoding.UTF8.GetBytes(Text(ref json));
                }
                else if (json.IsProperty("data"u8))
                {
                    hasData = true;
                    ReadData(ref json);
                }
                else
                {
                    isCategory |= json.IsProperty("category_id"u8);
                    json.Skip();
                }
            }

            if (!hasData && !isCategory)
            {
                throw new FeedFormatException(file, _id ?? "", "a series with data, or a category", "neither");
            }
        }

        private static string Text(ref JsonStream json)
        {
            json.ReadRequired();
            return json.Text();
        }

        private void ReadData(ref JsonStream json)
        {
            if (_id is not { Length: > 0 } id || _units is not { } units || _frequency.Length == 0)
            {
                throw json.Unexpected("series_id, units and f before the values");
            }

            _series++;
            json.ReadRequired();
            json.Require(JsonTokenType.StartArray);
            if (!EiaBulkPeriod.Knows(_frequency))
            {
                _leftOut++;
                json.Skip();
                return;
            }

            var key = new SeriesKey($"bulk/{id}", units, _name);
            for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
            {
                ReadPoint(ref json, key);
            }
        }

        private void ReadPoint(ref JsonStream json, SeriesKey key)
        {
            json.Require(JsonTokenType.StartArray);
            json.ReadRequired();
            if (!EiaBulkPeriod.TryParse(json.Utf8(), _frequency[0], out var period))
            {
                throw json.Unexpected($"a period of frequency {(char)_frequency[0]} of {key.Id}");
            }

            json.ReadRequired();
            var value = json.NumberOrNaN();
            json.ReadRequired();
            json.Require(JsonTokenType.EndArray);
            if (wanted is not { } stretch
                || (period.StartUnixSeconds >= stretch.StartUnixSeconds && period.StartUnixSeconds < stretch.EndUnixSeconds))
            {
                _points.Add(new SeriesPoint(key, period, value));
            }
        }
    }
}
