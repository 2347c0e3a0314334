using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>What CAISO's feeds of public bids share.</summary>
/// <remarks>
/// <para>Shape: one row per step of a bid curve or per self-schedule, 20,000 a day and more, in no order; stretches of 1 to 25
/// hours.</para>
/// <para>Names: <c>PUB_BID/DAM/GENERATOR/987990/509317/EN/BIDPRICE/160</c> is the price of the step that ends at 160 MW, of resource
/// 509317 of scheduling coordinator 987990; <c>…/EN/BIDPRICE</c> is a price for any quantity; <c>…/EN/SELFSCHEDMW</c> is what is
/// given at any price. Resources with several configurations have several curves side by side, which the publisher does not tell
/// apart: where two have a step at the same quantity with another price, the second is called <c>…/160#2</c>, in the order of the
/// file.</para>
/// </remarks>
internal static class BidFeeds
{
    /// <summary>The publisher shows bids when they are 90 days old.</summary>
    private static readonly Duration Secret = Duration.FromDays(90);

    public static Feed<SeriesPoint> Feed(string id, string title, string group, string marketRun) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(
            Source: $"CAISO OASIS group {group}, report PUB_BID, market run {marketRun}.",
            Shape: "One row per step of a bid curve or self-schedule and stretch of hours; about 20,000 a day, in no order.",
            Units: "Price of a step in USD/MWh (energy) or USD/MW (reserves), by the MW that it ends at; self-schedules in MW. The "
                + "second axis of some reserve bids is not read: what it says is not documented.",
            Time: "GMT start and end in each row, beside Pacific time; stretches of 1 to 25 hours.",
            Revisions: "Published 90 days after the operating day; not revised afterwards."),
        Zone = MarketZones.Pacific,
        Schedule = new Schedule(
            FirstAt: Secret,
            CompleteAt: Secret + Duration.FromDays(1),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        Table = SeriesTables.Observation,
        Locate = (day, _) => [OasisRequests.Group(group, version: 3, day)],
        Recognizes = head => head.Has("OASISReport")
            ? head.Name.Contains(group, StringComparison.Ordinal)
            : head.HeaderHas("RESOURCEBID_SEQ", "SCH_BID_XAXISDATA") && head.Has($",{marketRun},"),
        Parse = (file, output) => Parse(file, marketRun, output),
    };

    private static ParseResult Parse(FeedFile file, string marketRun, IRowOutput<SeriesPoint> output)
    {
        var rows = new RowBuffer<SeriesPoint>(output);
        var notes = new List<string>();
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            if ((ContentGuard.Refusal(entry) ?? ErrorOf(entry)) is { } refusal)
            {
                return refusal;
            }

            using var csv = new CsvReader(entry.Content, entry.Name);
            new BidReader(csv, marketRun).ReadTo(rows);
            notes.AddRange(csv.Header.UnknownColumnNotes());
        }

        rows.Flush();
        return rows.Total > 0
            ? ParseResult.DataWith(notes)
            : throw new FeedFormatException(file.Name, "", $"bids of market run {marketRun}", "none");
    }

    /// <summary>The error of OASIS that stands in place of bids; null for CSV.</summary>
    private static ParseResult? ErrorOf(ArchiveEntry entry)
    {
        if (entry.Kind != ContentKind.Xml)
        {
            return null;
        }

        using var xml = new OasisXmlRows(entry.Content, entry.Name, new OasisReport("PUB_BID", 3, "", [], [], 60));
        while (xml.Read())
        {
        }

        return xml.Error?.ToResult() ?? throw new FeedFormatException(entry.Name, "", "CSV, or an error of OASIS", "other XML");
    }
}
