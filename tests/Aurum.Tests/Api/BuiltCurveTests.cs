using System.Net;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>Curves that are built of stored quotes, rates and prices, over HTTP.</summary>
public sealed class BuiltCurveTests : IAsyncLifetime
{
    private const string West = "/v1/curves/built?asof=2025-09-17&vendor=pw&location=West&block=ON_PEAK";

    private static readonly LocalDate AsOf = new(2025, 9, 17);

    private static readonly Instant Known = Instant.FromUtc(2025, 9, 17, 18, 0);

    private static readonly Location WesternHub = new("WESTERN HUB", LocationType.Hub);

    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        var feed = (Feed<CurveQuote>)CurveFeeds.Vendors.Single(v => v.Layout.Vendor == "pw").Merged;
        ApiWorld.Deliver(_server.Store, feed, AsOf, Known,
            Quote("ON_PEAK", "2026-01", 60, 1), Quote("ON_PEAK", "2026-02", 55, 2), Quote("ON_PEAK", "Q1 2026", 50, 3),
            Quote("ON_PEAK", "Winter 2026", 66, 4), Quote("OFF_PEAK", "2026-01", 40, 5));
        ApiWorld.Deliver(_server.Store, feed, AsOf, Known + Duration.FromHours(1), Quote("ON_PEAK", "2026-02", 56, 2));
        ApiWorld.Deliver(
            _server.Store, ApiWorld.FeedOf<SeriesPoint>("ecb/reference-rates"), AsOf, Known,
            new SeriesPoint(
                new SeriesKey("EUR/USD", "USD per EUR"), CalendarPeriods.Of(AsOf, SeriesFrequency.Daily), 1.25));
        var prices = ApiWorld.FeedOf<LmpRow>("pjm/day-ahead-lmp");
        var august = Enumerable.Range(1, 31).Select(day => prices.Day(new LocalDate(2025, 8, day)));
        ApiWorld.Deliver(_server.Store, prices, AsOf, Known, [.. august.SelectMany(Prices)]);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Months_meet_the_quotes_as_they_were_known()
    {
        // Peak days of January to March 2026: 21, 20, 22. Q1 of 50 leaves 63 × 50 - 21 × 60 - 20 × 56 = 770 for March.
        var rows = await _server.RowsAsync(West);
        Assert.Equal(["2026-01-01", "2026-02-01", "2026-03-01"], rows.Take(3).Select(r => (string)r!["date"]!));
        Assert.Equal(
            [(60, "quoted"), (56, "quoted"), (Math.Round(770 / 22.0, 9), "implied")],
            rows.Take(3).Select(r => (Math.Round((double)r!["price"]!, 9), (string)r["origin"]!)));
        Assert.Equal(("USD/MWh", 336), ((string)rows[0]!["unit"]!, (int)rows[0]!["hours"]!));

        // PW's winter of 2026 begins in November 2026.
        Assert.Equal(["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"],
            rows.Skip(3).Select(r => (string)r!["date"]!));
        Assert.Equal(55, (double)(await _server.RowsAsync($"{West}&as_of=2025-09-17T18:30:00Z"))[1]!["price"]!);
    }

    [Fact]
    public async Task Prices_are_converted_at_the_rate_of_the_day()
    {
        var rows = await _server.RowsAsync($"{West}&currency=EUR");
        Assert.Equal((48, "EUR/MWh"), (Math.Round((double)rows[0]!["price"]!, 9), (string)rows[0]!["unit"]!));
        var path = West.Replace("built", "built/account", StringComparison.Ordinal);
        var account = (await _server.GetAsync($"{path}&currency=EUR")).Json["data"]!;
        Assert.Equal(
            "USD/MWh times 0.8 is EUR/MWh; 0.8 EUR for 1 USD, ECB fixing of 2025-09-17", (string)account["parameters"]!["conversion"]!);
        Assert.Equal(("2026-01", "C1"),
            ((string)account["quotes_used"]![0]!["tenor"]!, (string)account["quotes_used"]![0]!["sheet_cell"]!));
    }

    [Fact]
    public async Task Hours_have_the_shape_of_a_places_prices_and_come_in_pages()
    {
        var rows = await _server.WalkAsync(
            $"{West}&granularity=hour&shape_feed=pjm/day-ahead-lmp&shape_location=WESTERN+HUB&shape_days=60&limit=700");
        var january = rows.Where(r => ((string)r["date"]!).StartsWith("2026-01", StringComparison.Ordinal)).ToList();
        Assert.Equal(336, january.Count);
        Assert.Equal(60, january.Average(r => (double)r["price"]!), 1e-9);

        // A dollar more each hour of the day: from HE 8 to HE 23.
        Assert.Equal([52.5, 53.5, 54.5], january.Take(3).Select(r => Math.Round((double)r["price"]!, 9)));
        Assert.Equal(rows.Count, rows.Select(r => (string)r["interval_start_utc"]!).Distinct().Count());
    }

    [Fact]
    public async Task What_does_not_fit_is_a_problem_that_names_it()
    {
        var many = await _server.GetAsync("/v1/curves/built?asof=2025-09-17&location=West");
        Assert.Equal(HttpStatusCode.BadRequest, many.Status);
        Assert.Equal(
            "curve: expected filters that fit one curve of 2025-09-17, found 2: US PJM West power OFF_PEAK in USD/MWh; US PJM West power "
            + "ON_PEAK in USD/MWh",
            (string)many.Json["detail"]!);
        var none = await _server.GetAsync("/v1/curves/built?asof=2025-09-16&location=West");
        Assert.Equal(HttpStatusCode.NotFound, none.Status);
        var undated = await _server.GetAsync("/v1/curves/built?location=West");
        Assert.Equal("asof", (string)undated.Json["field"]!);
    }

    private static CurveQuote Quote(string block, string label, double mid, int row)
    {
        var rules = new TenorRules { Winter = WinterYear.First, AsOf = AsOf.ToYearMonth() };
        Assert.True(Tenor.TryParse(label, rules, out var tenor));
        var identity = new CurveIdentity(AssetClass.Power, "PJM", "US", "West", "DA", "power", block, null);
        var head = new CurveHead(
            AsOf, "EOD_PW_20250917_1430.xlsx", "Fixed Prices - Mid", identity, new CurveUnit("USD", "MWh"), "USD/MWh", "version");
        return new CurveQuote(head, tenor!, mid, double.NaN, double.NaN, new CellAddress(row, 3));
    }

    /// <summary>A day on which each hour costs a dollar more than the one before.</summary>
    private static IEnumerable<LmpRow> Prices(OperatingDay day) =>
        from hour in Enumerable.Range(0, day.Hours)
        let delivery = DeliveryInterval.StartingAt(day.Start + Duration.FromHours(hour), 60)
        select new LmpRow(WesternHub, delivery, 30 + hour, double.NaN, double.NaN, double.NaN, double.NaN);
}
