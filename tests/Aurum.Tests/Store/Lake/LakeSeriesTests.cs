using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Rows;
using Aurum.Tests.Store.Lake.Interop;
using NodaTime;

namespace Aurum.Tests.Store.Lake;

/// <summary>Series of the store are in the lake: hours, months and vintages, each once and as they were revised.</summary>
public sealed class LakeSeriesTests : IDisposable
{
    private static readonly LakeName Observations = new("external", "timeseries_observation");
    private static readonly LocalDate Day = new(2025, 3, 31);
    private static readonly SeriesKey Demand = new("rto/region-data/CISO/D", "megawatthours");
    private static readonly SeriesKey Gas = new("HENRY", "Dollars per Million BTU");

    private readonly TestFolder _folder = new();
    private readonly AurumStore _store;
    private readonly LakeCatalog _lake;
    private ulong _tokens;
    private int _minutes;

    public LakeSeriesTests()
    {
        _store = DuckDbStores.Open(_folder["data"]);
        _lake = LakeCatalog.Open(new LakeOptions(
            Path.Combine(_folder["data"], "lake"),
            Path.Combine(_folder["data"], "tmp"),
            new StoppedClock(Instant.FromUtc(2025, 3, 9, 0, 0)),
            () => Interlocked.Increment(ref _tokens) * 0x9E3779B97F4A7C15));
    }

    public void Dispose()
    {
        _lake.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Hours_are_filed_by_month_and_months_by_decade()
    {
        Deliver(StoreFeeds.Series, [.. Hours(48, 100)]);
        Deliver(StoreFeeds.Fred, [.. Months(1996, 2025, 3)]);
        Assert.Equal(new LakeSync(1, 48 + 349), Follower().Sync());
        Assert.Equal(new LakeSync(0, 0), Follower().Sync());

        Assert.Equal(
            [
                "eia 2025-03-01 24", "eia 2025-04-01 24", "fred 1990-01-01 48", "fred 2000-01-01 120", "fred 2010-01-01 120",
                "fred 2020-01-01 61",
            ],
            Rows("provider || ' ' || dt || ' ' || count(*)", "GROUP BY provider, dt"));
        var files = Directory.GetFiles(Path.Combine(_folder["data"], "lake"), "*.parquet", SearchOption.AllDirectories);
        Assert.Equal(6, files.Length);
        Check(48 + 349);
    }

    [Fact]
    public void A_revised_value_takes_the_place_of_the_earlier_one_and_vintages_stand_side_by_side()
    {
        var follower = Follower();
        Deliver(StoreFeeds.Series, [.. Hours(24, 100)]);
        var (first, second) = (Instant.FromUtc(2025, 1, 10, 0, 0), Instant.FromUtc(2025, 2, 10, 0, 0));
        Deliver(StoreFeeds.Fred, [Month(2024, 12, 3, first), Month(2024, 12, 3.5, second), Month(2024, 11, 2, null)]);
        follower.Sync();
        Deliver(StoreFeeds.Series, [.. Hours(2, 101)]);
        Deliver(StoreFeeds.Series, [.. Hours(1, 102)]);
        Deliver(StoreFeeds.Fred, [Month(2024, 12, 4, second), Month(2024, 11, double.NaN, null)]);
        follower.Sync();

        Check(24 + 3);
        Assert.Equal(
            ["100 1 22", "101 2 1", "102 3 1"],
            Rows("CAST(value AS INTEGER) || ' ' || revision || ' ' || count(*)", "WHERE provider = 'eia' GROUP BY value, revision"));
        Assert.Equal(
            [
                "2024-11-01 - 2025-06-01 null", "2024-12-01 2025-01-10T00:00:00Z 2025-01-10 3.0",
                "2024-12-01 2025-02-10T00:00:00Z 2025-02-10 4.0",
            ],
            Rows(
                "strftime(ts, '%Y-%m-%d') || ' ' || coalesce(nullif(issue, ''), '-') || ' ' || asof_date || ' ' || coalesce(CAST(value AS "
                    + "VARCHAR), 'null')",
                "WHERE provider = 'fred'"));
    }

    [Fact]
    public void A_follower_that_fails_before_its_commit_leaves_nothing_and_doubles_nothing()
    {
        Deliver(StoreFeeds.Series, [.. Hours(24, 100)]);
        var failing = new LakeFollower(_store, _lake) { BeforeCommit = static () => throw new IOException("no room") };
        Assert.Throws<IOException>(() => failing.Sync());
        Deliver(StoreFeeds.Series, [.. Hours(24, 101)]);
        Follower().Sync();
        Check(24);
    }

    [Fact]
    public async Task Icebird_finds_the_values_of_the_store()
    {
        Deliver(StoreFeeds.Series, [.. Hours(30, 100)]);
        Deliver(StoreFeeds.Fred, [.. Months(2019, 2021, 3), Month(2024, 12, 3, Instant.FromUtc(2025, 1, 10, 12, 30))]);
        Follower().Sync();
        Deliver(StoreFeeds.Series, [.. Hours(3, 101)]);
        Follower().Sync();

        var folder = Path.Combine(_folder["data"], "lake", "external", "timeseries_observation");
        var found = (await NodeScript.Icebird(folder, (null, null)))[0].Select(r =>
            $"{r.GetProperty("provider")} {r.GetProperty("dataset")} {r.GetProperty("series_id")} {r.GetProperty("ts")} "
            + $"{r.GetProperty("ts_end")} {r.GetProperty("issue")} {r.GetProperty("value")} {r.GetProperty("unit")} "
            + $"{r.GetProperty("revision")}");

        const string Form = "'%Y-%m-%dT%H:%M:%S.000Z'";
        using var rows = _store.Read.Sql($"""
            SELECT o.provider || ' ' || f.dataset || ' ' || o.series_id || ' ' || strftime(o.interval_start_utc, {Form}) || ' '
              || strftime(o.interval_end_utc, {Form}) || ' ' || coalesce(strftime(o.issued_at_utc, '%Y-%m-%dT%H:%M:%SZ'), '') || ' '
              || printf('%g', o.value) || ' ' || o.unit || ' ' || o.revision
            FROM timeseries_observation_current o JOIN feeds f ON f.feed = o.feed
            """);
        var stored = new List<string>();
        while (rows.NextChunk())
        {
            stored.AddRange(Enumerable.Range(0, rows.Count).Select(i => (string)rows.Value(0, i)!));
        }

        Assert.Equal(30 + 25 + 1, stored.Count);
        Assert.Equal(stored.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private LakeFollower Follower() => new(_store, _lake);

    private void Check(long rows) =>
        Assert.Equal(new LakeCheck(Observations, rows, rows, 0, 0), Assert.Single(Follower().Verify()));

    /// <summary>A text a row of a query over the table, in order.</summary>
    private List<string> Rows(string text, string rest)
    {
        var table = _lake.Table(Observations).ReadSql(new LakeRead());
        return [.. _lake.Texts($"SELECT {text} FROM ({table}) {rest} ORDER BY 1")];
    }

    private static IEnumerable<SeriesPoint> Hours(int count, double value) => Enumerable.Range(0, count).Select(hour => new SeriesPoint(
        Demand, DeliveryInterval.StartingAt(Day.AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour), 60), value));

    private static IEnumerable<SeriesPoint> Months(int first, int last, double value) =>
        Enumerable.Range(0, (last - first) * 12 + 1).Select(n => Month(first + n / 12, n % 12 + 1, value, null));

    private static SeriesPoint Month(int year, int month, double value, Instant? issued)
    {
        Instant Start(LocalDate day) => day.AtMidnight().InUtc().ToInstant();
        var first = new LocalDate(year, month, 1);
        var period = DeliveryInterval.Between(Start(first), Start(first.PlusMonths(1)));
        return new SeriesPoint(Gas, period, value, issued?.ToUnixTimeSeconds() ?? InstantColumn.Unknown);
    }

    private void Deliver(Feed<SeriesPoint> feed, SeriesPoint[] points)
    {
        var knownAt = Instant.FromUtc(2025, 6, 1, 0, 0) + Duration.FromMinutes(++_minutes);
        using var intake = _store.BeginDay(feed, feed.Day(Day), knownAt);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, Day, "test", "/x", "x.json", 200), new string('0', 64), 1, knownAt));
        intake.Append(points);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
