using System.Net;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>Peak, off-peak and all hours of stored quotes, held against each other.</summary>
public sealed class CurveBlocksTests : IAsyncLifetime
{
    private const string West = "/v1/curves/blocks?asof=2025-09-17&location=West";
    private static readonly LocalDate AsOf = new(2025, 9, 17);

    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        var feed = (Feed<CurveQuote>)CurveFeeds.Vendors.Single(v => v.Layout.Vendor == "pw").Merged;
        ApiWorld.Deliver(
            _server.Store, feed, AsOf, Instant.FromUtc(2025, 9, 17, 18, 0),
            Quote("ON_PEAK", "2026-03", 60, 1), Quote("ATC", "2026-03", 50, 2), Quote("OFF_PEAK", "2026-03", 40, 3),
            Quote("ON_PEAK", "2026-04", 60, 4), Quote("ATC", "2026-04", 50, 5), Quote("ON_PEAK", "2026-05", 60, 6));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Three_blocks_say_how_far_they_are_off_and_two_give_the_third()
    {
        // March 2026: 352 of 743 hours are peak; April: 22 days of 16 hours of 720.
        var months = await _server.RowsAsync(West);
        Assert.Equal(["2026-03", "2026-04"], months.Select(m => (string)m!["tenor_label"]!));
        var (march, april) = (months[0]!, months[1]!);
        Assert.Equal(50 - (((60 * 352) + (40 * 391)) / 743.0), (double)march["residual"]!, 1e-9);
        Assert.Equal((false, null, 352), ((bool)march["fits"]!, (string?)march["derived"], (int)march["on_peak_hours"]!));
        Assert.Equal("Fixed Prices - Mid!C2; Fixed Prices - Mid!C1; Fixed Prices - Mid!C3", (string)march["cells"]!);
        Assert.Equal(((50 * 720) - (60 * 352)) / 368.0, (double)april["off_peak"]!, 1e-9);
        Assert.Equal(("OFF_PEAK", null, null), ((string)april["derived"]!, (double?)april["residual"], (bool?)april["fits"]));
        Assert.Equal(2, (await _server.WalkAsync($"{West}&limit=1")).Count);
    }

    [Fact]
    public async Task What_does_not_fit_is_a_problem_that_names_it()
    {
        Assert.Equal("asof", (string)(await _server.GetAsync("/v1/curves/blocks?location=West")).Json["field"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("/v1/curves/blocks?asof=2025-09-16")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.GetAsync($"{West}&block=ATC")).Status);
    }

    private static CurveQuote Quote(string block, string label, double mid, int row)
    {
        Assert.True(Tenor.TryParse(label, new TenorRules { Winter = WinterYear.First, AsOf = AsOf.ToYearMonth() }, out var tenor));
        var identity = new CurveIdentity(AssetClass.Power, "PJM", "US", "West", "DA", "power", block, null);
        var head = new CurveHead(
            AsOf, "EOD_PW_20250917_1430.xlsx", "Fixed Prices - Mid", identity, new CurveUnit("USD", "MWh"), "USD/MWh", "version");
        return new CurveQuote(head, tenor!, mid, double.NaN, double.NaN, new CellAddress(row, 3));
    }
}
