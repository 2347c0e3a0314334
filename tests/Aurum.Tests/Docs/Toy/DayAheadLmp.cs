using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Tests.Docs.Toy;

/// <summary>Prairie ISO's day-ahead prices: one price per hub, zone or node and delivery hour.</summary>
public static class DayAheadLmp
{
    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("prairie/day-ahead-lmp"),
        Title = "Prairie ISO day-ahead locational marginal prices",
        Facts = new FeedFacts(
            "market reports, /da-lmp/YYYY-MM-DD.csv",
            "all places × 23, 24 or 25 hours, hour by hour",
            "USD/MWh, two decimals, negative allowed",
            "hour ending, Chicago clock; the second HE02 of autumn is HE02*",
            "the file is written again, up to two days after the operating day"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(4),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("PRAIRIE", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Central, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => [new FeedRequest(PrairieFeeds.Reports.Name, $"/da-lmp/{day}.csv", $"da-lmp-{day}.csv")],
        Recognizes = static head => head.HeaderHas("Date", "HE", "Place", "LMP", "MCC", "MLC"),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output)
    {
        var rows = new RowBuffer<LmpRow>(output);
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a CSV", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var csv = new CsvReader(entry.Content, entry.Name);
        Read(csv, rows);
        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        rows.Flush();
        return rows.Total == 0
            ? ParseResult.NotYetPublished($"{entry.Name} has a header and no row")
            : ParseResult.DataWith(csv.Header.UnknownColumnNotes());
    }

    private static void Read(CsvReader csv, RowBuffer<LmpRow> rows)
    {
        var (date, hour, place) = (csv.Header.Required("Date"), csv.Header.Required("HE"), csv.Header.Required("Place"));
        var (lmp, energy) = (csv.Header.Required("LMP"), csv.Header.Required("MCE"));
        var (congestion, loss) = (csv.Header.Required("MCC"), csv.Header.Required("MLC"));
        var places = NameTables.Locations(csv.File, TypeOf);
        while (csv.Read())
        {
            rows.Add(new LmpRow(
                places.Of(csv[place], csv.Line),
                HourOf(csv, date, hour),
                csv.NumberOrNaN(lmp),
                csv.NumberOrNaN(energy),
                csv.NumberOrNaN(congestion),
                csv.NumberOrNaN(loss),
                GhgUsdPerMwh: double.NaN));
        }
    }

    private static LocationType TypeOf(string place) => place switch
    {
        _ when place.EndsWith(".HUB", StringComparison.Ordinal) => LocationType.Hub,
        _ when place.EndsWith(".ZONE", StringComparison.Ordinal) => LocationType.Zone,
        _ => LocationType.Node,
    };

    private static DeliveryInterval HourOf(CsvReader csv, int date, int hour)
    {
        if (!Stamps.TryParseDate(csv[date], out var day))
        {
            throw csv.Unexpected(date, "a date like 2025-11-02");
        }

        if (!HourEnding.TryParse(day, csv[hour], out var label))
        {
            throw csv.Unexpected(hour, "an hour like HE02 or HE02*");
        }

        try
        {
            return label.ToInterval(MarketZones.Central);
        }
        catch (TimeLabelException e)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "an hour that the Central clock shows", e.Message, e);
        }
    }
}
