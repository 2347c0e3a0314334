using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>Reads one dashboard file from its opening brace to its closing one.</summary>
/// <param name="json">The file, on its opening brace.</param>
/// <param name="add">Takes a row with its interval; rows of other days than the one asked for are left out by it.</param>
internal delegate void DashboardReader<TRow>(ref JsonStream json, DashboardRows<TRow> add)
    where TRow : struct;

/// <summary>Takes the rows of a dashboard, which shows today and yesterday, and passes on those of the day asked for. A reading
/// at midnight is of the day that begins.</summary>
internal sealed class DashboardRows<TRow>(FeedFile file, IRowOutput<TRow> output)
    where TRow : struct
{
    private readonly RowBuffer<TRow> _rows = new(output);

    private Instant _lastSeen = Instant.MinValue;

    public long Taken => _rows.Total;

    public void Add(DeliveryInterval delivery, in TRow row)
    {
        _lastSeen = Instant.Max(_lastSeen, delivery.End);
        if (file.Day is not { } day || (day.Contains(delivery) && delivery.Start < day.End))
        {
            _rows.Add(row);
        }
    }

    public void Flush() => _rows.Flush();

    /// <summary>The outcome without a row of the day asked for: too early, or too late for good.</summary>
    public ParseResult WhyNone() => file.Day is not { } day || _lastSeen == Instant.MinValue
        ? ParseResult.ProvenEmpty($"{file.Name} shows no reading")
        : _lastSeen > day.Start
            ? ParseResult.Unavailable($"{file.Name} no longer shows {day}: a dashboard holds today and yesterday")
            : ParseResult.NotYetPublished($"{file.Name} does not show {day} yet");
}

/// <summary>The dashboards of ERCOT's web site: JSON with stamps that carry their offset, so no hour is told by a flag.</summary>
internal static class Dashboard
{
    /// <exception cref="FeedFormatException">Not the form that the feed documents.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, DashboardReader<TRow> read)
        where TRow : struct
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a dashboard", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var rows = new DashboardRows<TRow>(file, output);
        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            json.ReadRequired();
            json.Require(JsonTokenType.StartObject);
            read(ref json, rows);
            if (json.Read())
            {
                throw json.Unexpected("the end of the file");
            }
        }
        finally
        {
            json.Dispose();
        }

        rows.Flush();
        return rows.Taken > 0 ? ParseResult.Data : rows.WhyNone();
    }

    /// <summary>Reads the days of a file that has <c>previousDay</c>, <c>currentDay</c>, <c>nextDay</c>, each with a list
    /// <c>data</c> of flat objects; calls back on the opening brace of each object. The days' own dates are not believed: a
    /// recorded one reads 03:00.</summary>
    public static void ReadDays<TRow>(ref JsonStream json, DashboardRows<TRow> rows, DashboardReader<TRow> readReading)
        where TRow : struct
    {
        while (Next(ref json))
        {
            if (!json.IsProperty("previousDay"u8) && !json.IsProperty("currentDay"u8) && !json.IsProperty("nextDay"u8))
            {
                json.Skip();
                continue;
            }

            json.ReadRequired();
            json.Require(JsonTokenType.StartObject);
            while (Next(ref json))
            {
                if (!json.IsProperty("data"u8))
                {
                    json.Skip();
                    continue;
                }

                json.ReadRequired();
                json.Require(JsonTokenType.StartArray);
                for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
                {
                    json.Require(JsonTokenType.StartObject);
                    readReading(ref json, rows);
                }
            }
        }
    }

    /// <summary>Moves to the next property of an object; false at its closing brace.</summary>
    public static bool Next(ref JsonStream json)
    {
        json.ReadRequired();
        return json.Token == JsonTokenType.PropertyName;
    }

    /// <summary>The instant of the current text: <c>2024-11-24 08:09:57-0600</c>.</summary>
    public static Instant Stamp(ref JsonStream json) =>
        Stamps.TryParseInstant(json.Utf8(), out var seconds)
            ? Instant.FromUnixTimeSeconds(seconds)
            : throw json.Unexpected("a time like 2024-11-24 08:09:57-0600");
}
