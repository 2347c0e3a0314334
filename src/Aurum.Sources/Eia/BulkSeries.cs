using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA's bulk files: whole datasets with all their history in one zip each.</summary>
/// <remarks>
/// <para>Source: api.eia.gov/bulk, EBA.zip (the hourly grid since 2015, some 200 MB, gigabytes unpacked) and COAL.zip; the other bulk
/// files (PET, NG, ELEC, STEO, TOTAL, ...) have the same form and are read where a person has them. The form is that of EIA's
/// documentation and of excerpts; no recording is at hand.</para>
/// <para>Shape: a line of JSON a series, its values newest first.</para>
/// <para>Units: as each series states them.</para>
/// <para>Time: hours by their end in UTC, weeks by their last day, calendar periods from midnight to midnight UTC. Series on local
/// clocks (HL) repeat the hours and are left out.</para>
/// <para>Revisions: each file is written anew twice a day; what changes in place is followed by the feeds of the API.</para>
/// </remarks>
public static class BulkSeries
{
    /// <summary>One answer serves all days of a backfill for half a day: it holds the whole history.</summary>
    private static readonly Duration Serves = Duration.FromHours(12);

    public static readonly Feed<SeriesPoint> Grid = Feed(
        new FeedId("eia/bulk-grid"),
        "EIA hourly grid data since 2015, in bulk",
        new FeedFacts(
            "EIA bulk file EBA.zip",
            "about 3,000 series of demand, generation, fuels and interchange × 24 hours, in one file of all years",
            "megawatthours",
            "the end of the hour, UTC; 24 hours every day",
            "written anew twice a day"),
        new Schedule(
            FirstAt: Duration.FromHours(54),
            CompleteAt: Duration.FromHours(60),
            RefreshEvery: null,
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        "EBA.zip",
        isGrid: true,
        static _ => true,
        static day => DeliveryInterval.Between(day.Start, day.End));

    public static readonly Feed<SeriesPoint> Coal = Feed(
        new FeedId("eia/bulk-series"),
        "EIA coal series, and any other bulk file of series",
        new FeedFacts(
            "EIA bulk file COAL.zip; files of other bulk datasets are read too",
            "about 30,000 quarterly and annual series in one file of all years",
            "as the series states",
            "calendar quarters and years from midnight to midnight UTC; asked for on the first day of the quarter",
            "written anew with each report"),
        EiaSeriesFeed.Days(first: 190, complete: 200, every: Duration.FromDays(5), correctionsFor: 550, check: 90),
        "COAL.zip",
        isGrid: false,
        static date => date.Day == 1 && date.Month % 3 == 1,
        static day => DeliveryInterval.Between(day.Start, new OperatingDay(day.Date.PlusMonths(3), day.Zone).Start));

    private static Feed<SeriesPoint> Feed(
        FeedId id, string title, FeedFacts facts, Schedule schedule, string file, bool isGrid, Func<LocalDate, bool> isDue,
        Func<OperatingDay, DeliveryInterval> stretch) => new()
    {
        Id = id,
        Title = title,
        Facts = facts,
        Zone = MarketZones.Utc,
        Schedule = schedule,
        Suite = EiaHourly.Suite,
        IntervalMinutes = isGrid ? 60 : null,
        RowsLieInDay = isGrid,
        MayBeEmpty = !isGrid,
        Table = SeriesTables.Observation,
        Locate = (day, _) => isDue(day.Date)
            ? [new FeedRequest(EiaFeeds.Bulk.Name, $"/{file}", file) { SharedFor = Serves }]
            : [],
        Refusal = EiaRefusal.Of,
        Recognizes = head => EiaBulk.Recognizes(head) && head.Has("\"series_id\":\"EBA.") == isGrid,
        Parse = (answer, output) => EiaBulk.Parse(answer, output, stretch),
    };
}
