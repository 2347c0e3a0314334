using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sources.Fred;

/// <summary>Reads lists of series (<c>seriess</c>, so spelt) and of releases.</summary>
internal static class SeriesListReader
{
    private static readonly Symbol Series = new("series");
    private static readonly Symbol Release = new("release");

    /// <summary><c>2020-03-26 08:10:46-05</c>.</summary>
    private static readonly OffsetDateTimePattern Stamp =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'sso<+HH>");

    private static readonly string[] SeriesNames =
    [
        "id", "title", "observation_start", "observation_end", "frequency_short", "units", "seasonal_adjustment", "last_updated",
        "notes",
    ];

    private static readonly string[] ReleaseNames = ["id", "name", "link", "press_release", "notes"];

    /// <exception cref="FeedFormatException">Not what FRED documents, or an answer with fewer rows than it announces.</exception>
    public static ParseResult Parse(FeedFile file, IRowOutput<SeriesListing> output)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            return ReadRoot(ref json, file, output);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static ParseResult ReadRoot(ref JsonStream json, FeedFile file, IRowOutput<SeriesListing> output)
    {
        var page = default(FredPage);
        var error = new FredError();
        (string Array, JsonFields Rows)? read = null;
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
        {
            if (json.IsProperty("seriess"u8))
            {
                read = ("seriess", ReadRows(ref json, new JsonFields(file.Name, "seriess", SeriesNames), SeriesOf, output));
            }
            else if (json.IsProperty("releases"u8))
            {
                read = ("releases", ReadRows(ref json, new JsonFields(file.Name, "releases", ReleaseNames), ReleaseOf, output));
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

        if (read is not { } list)
        {
            throw new FeedFormatException(file.Name, "", "an array seriess or releases", "none");
        }

        page.RequireWhole(file, list.Array, list.Rows.Rows);
        return list.Rows.Rows == 0 ? ParseResult.ProvenEmpty($"FRED has no {list.Array} for this request (count {page.Count})")
            : ParseResult.DataWith(list.Rows.UnknownFieldNotes(
                "realtime_start", "realtime_end", "frequency", "units_short", "seasonal_adjustment_short", "popularity",
                "group_popularity"));
    }

    private static JsonFields ReadRows(
        ref JsonStream json, JsonFields row, Func<JsonFields, SeriesListing> listing, IRowOutput<SeriesListing> output)
    {
        var rows = new RowBuffer<SeriesListing>(output);
        json.ReadRequired();
        json.Require(JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            row.Read(ref json);
            rows.Add(listing(row));
        }

        rows.Flush();
        return row;
    }

    private static SeriesListing SeriesOf(JsonFields row)
    {
        var id = ListingText.Required(row, 0);
        row.Required(4);
        var frequency = row.Text(4);
        var last = ListingText.Date(row, 3);
        var periods = SeriesFrequencies.OfCode(frequency);
        row.Required(5);
        var listing = new SeriesListing(new Symbol($"series/{id}"), new Symbol(ListingText.Required(row, 1)), Series)
        {
            Frequency = SeriesListing.Cell(frequency),
            Status = ListingText.Of(row, 6),
            SourceUrl = new Symbol($"https://fred.stlouisfed.org/series/{id}"),
            Notes = ListingText.Of(row, 8),
            StartDate = ListingText.Of(ListingText.Date(row, 2)),
            EndDate = ListingText.Of(last is { } date && periods is { } length ? LastDay(date, length) : null),
            LastObservationDate = ListingText.Of(last),
            UpdatedUnixSeconds = Updated(row, 7),
        };
        return listing.WithUnit(row.Text(5));
    }

    private static SeriesListing ReleaseOf(JsonFields row) =>
        new(new Symbol($"release/{ListingText.Required(row, 0)}"), new Symbol(ListingText.Required(row, 1)), Release)
        {
            SourceUrl = ListingText.Of(row, 2),
            Notes = ListingText.Of(row, 4),
            Metadata = ListingText.Metadata(("press_release", row.Text(3))),
        };

    /// <summary>The last day of the period that a date names.</summary>
    private static LocalDate LastDay(LocalDate date, SeriesFrequency frequency) =>
        Instant.FromUnixTimeSeconds(CalendarPeriods.Of(date, frequency).EndUnixSeconds).InUtc().Date.PlusDays(-1);

    private static long Updated(JsonFields row, int slot)
    {
        var text = Encoding.UTF8.GetString(row[slot]);
        return text.Length == 0 ? InstantColumn.Unknown
            : Stamp.Parse(text) is { Success: true } stamp ? stamp.Value.ToInstant().ToUnixTimeSeconds()
            : throw row.Unexpected(slot, "a time like 2020-03-26 08:10:46-05");
    }
}
