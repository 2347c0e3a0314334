using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Fred;

/// <summary>Reads observations, as JSON of the API and as CSV of the graph page.</summary>
internal static class FredObservations
{
    private const int RealtimeStart = 0;
    private const int Date = 1;
    private const int Value = 2;

    /// <summary>The first day of FRED's real-time calendar: an answer that begins there cuts no vintage.</summary>
    private static readonly LocalDate BeginningOfTime = new(1776, 7, 4);

    /// <summary>Marks a value that was in force on the day of its <c>issued_at_utc</c> and may have been put out before it.</summary>
    private static readonly Symbol InForce = new("in-force");

    /// <exception cref="FeedFormatException">Not what FRED documents, or an answer with fewer rows than it announces.</exception>
    public static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON or CSV", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        return entry.Kind == ContentKind.Json ? ReadJson(file, entry, output) : FredGraph.Read(entry, output);
    }

    private static ParseResult ReadJson(FeedFile file, ArchiveEntry entry, IRowOutput<SeriesPoint> output)
    {
        var (series, frequency, notes) = SeriesOf(file, entry.InnerName);
        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            return ReadRoot(ref json, file, output, series, frequency, notes);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static ParseResult ReadRoot(
        ref JsonStream json, FeedFile file, IRowOutput<SeriesPoint> output, SeriesKey series, SeriesFrequency frequency,
        List<string> notes)
    {
        var page = default(FredPage);
        LocalDate? realtimeStart = null;
        var error = new FredError();
        long? rows = null;
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
        {
            if (json.IsProperty("observations"u8))
            {
                rows = ReadRows(ref json, file, output, series, frequency, realtimeStart, notes);
            }
            else if (json.IsProperty("realtime_start"u8))
            {
                json.ReadRequired();
                realtimeStart = FredDates.TryParse(json.Utf8(), out var date) ? date : throw json.Unexpected("a date");
            }
            else if (!error.TryRead(ref json))
            {
                page = page.With(ref json);
            }
        }

        if (error.Outcome is { } refusal)
        {
            return refusal;
        }

        if (rows is not { } read)
        {
            throw new FeedFormatException(file.Name, "", "an array observations", "none");
        }

        page.RequireWhole(file, "observations", read);
        return read == 0 ? ParseResult.ProvenEmpty($"FRED has no observation for this request (count {page.Count})")
            : ParseResult.DataWith(notes);
    }

    private static long ReadRows(
        ref JsonStream json, FeedFile file, IRowOutput<SeriesPoint> output, SeriesKey series, SeriesFrequency frequency,
        LocalDate? realtimeStart, List<string> notes)
    {
        var row = new JsonFields(file.Name, "observations", "realtime_start", "date", "value");
        var points = new RowBuffer<SeriesPoint>(output);
        json.ReadRequired();
        json.Require(JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            row.Read(ref json);
            if (!FredDates.TryParse(row.Required(Date), out var date))
            {
                throw row.Unexpected(Date, "a date like 2024-12-16");
            }

            if (!FredDates.TryParse(row.Required(RealtimeStart), out var issued))
            {
                throw row.Unexpected(RealtimeStart, "a date like 2024-12-16");
            }

            var isCut = realtimeStart is not { } start || (issued == start && date < start && start != BeginningOfTime);
            points.Add(new SeriesPoint(
                series, CalendarPeriods.Of(date, frequency), row.NumberOrNaN(Value, "."u8), CalendarPeriods.MidnightUtc(issued),
                isCut ? InForce : null));
        }

        points.Flush();
        notes.AddRange(row.UnknownFieldNotes("realtime_end"));
        return row.Rows;
    }

    /// <summary>What the answer is of: from its name, then from the list of series, then from its own dates.</summary>
    private static (SeriesKey Series, SeriesFrequency Frequency, List<string> Notes) SeriesOf(FeedFile file, string name)
    {
        var notes = new List<string>();
        var (id, frequency) = FredRequests.OfName(name);
        var known = id is null ? null : FredSeries.Find(id);
        if (id is null)
        {
            notes.Add($"{name}: neither the answer nor its name says which series it is; name it observations_ID.json");
        }

        frequency ??= known?.Frequency;
        if (frequency is null)
        {
            frequency = CalendarPeriods.Infer(FredDates.All(file)) ?? SeriesFrequency.Daily;
            notes.Add($"{name}: the distances of its dates say that its periods are {frequency.Value}");
        }

        var series = new SeriesKey(
            id is null ? $"file/{Path.GetFileNameWithoutExtension(name)}" : $"series/{id}", known?.Unit ?? "");
        return (series, frequency.Value, notes);
    }
}
