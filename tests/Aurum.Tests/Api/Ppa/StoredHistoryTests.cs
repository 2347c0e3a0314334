using System.Text.Json.Nodes;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Api.Ppa;

/// <summary>Shape, basis, output and model out of stored histories of seventy days whose numbers are known.</summary>
[Trait("Category", "Slow")]
public sealed class StoredHistoryTests(HistoryWorld world) : IClassFixture<HistoryWorld>
{
    [Fact]
    public async Task Hours_go_as_stored_prices_went_and_the_means_of_the_curve_stay()
    {
        var terms = PpaWorld.Solar;
        var level = await Value(terms, "{}");
        var shaped = await Value(terms, $$"""{"shape": {{HistoryWorld.Shape}} }""");
        Assert.Equal(Mean(level), Mean(shaped), 9);

        // Noon is the cheapest hour of the history, and the sun shines then.
        Assert.True(Capture(shaped) < Capture(level));
        var pin = Assert.Single(shaped["manifest"]!["series"]!.AsArray())!;
        Assert.Equal(("ercot/day-ahead-spp", "HB_WEST"), ((string)pin["feed"]!, (string)pin["location"]!));
        Assert.Equal(HistoryWorld.Hours, (int)pin["hours"]!);
    }

    [Fact]
    public async Task A_basis_without_amounts_is_that_of_stored_prices()
    {
        const string given = """{ "type": "fixed", "amount": -2.5 }""";
        var terms = PpaWorld.Solar.Replace(given, """{ "type": "curve" }""", StringComparison.Ordinal);
        var stored = await Value(
            terms, """{"basis": {"feed": "ercot/day-ahead-spp", "hub": "HB_WEST", "node": "CAPROCK_SLR", "days": 70} }""");
        var fixedAt4 = await Value(PpaWorld.Solar.Replace("-2.5", "-4", StringComparison.Ordinal), "{}");
        Assert.Equal(PpaWorld.Number(fixedAt4["result"]!, "npv"), PpaWorld.Number(stored["result"]!, "npv"));
        var (_, detail) = await world.Ppa.Refused("/v1/ppa/preview", $$"""{"terms": {{terms}} }""");
        Assert.StartsWith("options.basis: expected feed, hub and node", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_of_a_plant_is_that_of_its_stored_hours_and_two_fuels_are_not_one_plant()
    {
        var valued = await Value(Produced("SP15/Solar"), """{"generation_days": 366}""");
        var mwh = valued["result"]!["cashflows"]!.AsArray().Sum(c => (double)c!["expected_mwh"]!);

        // Half the capacity from 8 to 16 on the market's clock, in 31 days.
        Assert.Equal(31 * 8 * 50, mwh, 6);
        var (_, detail) = await world.Ppa.Refused(
            "/v1/ppa/preview", $$"""{"terms": {{Produced("SP15")}}, "options": {"generation_days": 366} }""");
        Assert.Contains("one of its fuels (Solar, Wind): SP15/Solar", detail, StringComparison.Ordinal);
        (_, detail) = await world.Ppa.Refused(
            "/v1/ppa/preview", $$"""{"terms": {{Produced("NP15/Solar")}}, "options": {"generation_days": 366} }""");
        Assert.Contains("'aurum backfill caiso/renewable-actual --from 2025-03-08 --to 2026-03-08'", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_taken_from_the_prices_of_the_shape()
    {
        var valued = await Value(
            PpaWorld.Peak(),
            $$"""{"shape": {{HistoryWorld.Shape}}, "simulation": {"paths": 100, "calibrate": true} }""");
        Assert.Contains($"{HistoryWorld.Hours} hours of prices", valued["result"]!["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual(0.6, (double)valued["result"]!["risk"]!["model"]!["reversion_per_day"]!);
    }

    private static string Produced(string location) => PpaWorld.Peak(year: 2026).Replace(
        "\"volume\":{\"type\":\"baseload\",\"capacity_mw\":10,\"block\":\"on_peak\"}",
        $$"""
        "volume":{"type":"pay_as_produced","capacity_mw":100,"shape":{"type":"history","feed":"caiso/renewable-actual",
        "location":"{{location}}","capacity_mw":200} }
        """,
        StringComparison.Ordinal).Replace("2026-01-01", "2027-01-01", StringComparison.Ordinal)
        .Replace("2026-12-31", "2027-01-31", StringComparison.Ordinal);

    private static double Mean(JsonNode valued) => (double)valued["result"]!["capture"]!["mean_price"]!;

    private static double Capture(JsonNode valued) => (double)valued["result"]!["capture"]!["capture_price"]!;

    private Task<JsonNode> Value(string terms, string options) => world.Ppa.Post(
        "/v1/ppa/preview",
        $$"""{"terms": {{terms}}, "asof_date": "{{PpaWorld.Monday:uuuu-MM-dd}}", "options": {{options}} }""");
}

/// <summary>The server of <see cref="PpaWorld"/> with prices and output of the seventy days before its Monday.</summary>
public sealed class HistoryWorld : IAsyncLifetime
{
    public const string Shape = """{"feed": "ercot/day-ahead-spp", "location": "HB_WEST", "days": 70}""";

    private const int Days = 70;
    private const int OutputDays = 366;

    /// <summary>Seventy days, of which the day before Monday has 23 hours.</summary>
    public const int Hours = (Days * 24) - 1;

    public PpaWorld Ppa { get; } = new();

    public async Task InitializeAsync()
    {
        await Ppa.InitializeAsync();
        var prices = FeedOf<LmpRow>("ercot/day-ahead-spp");
        var output = FeedOf<GenerationRow>("caiso/renewable-actual");
        var zone = DateTimeZoneProviders.Tzdb["America/Chicago"];
        var store = Ppa.Rig.Platform.Store;
        var last = PpaWorld.Monday.PlusDays(-1);
        ApiWorld.Deliver(store, prices, last, prices.Day(last).Start, [.. HoursOf(zone, Days).SelectMany(Prices)]);
        ApiWorld.Deliver(store, output, last, output.Day(last).Start, [.. HoursOf(zone, OutputDays).SelectMany(Output)]);
    }

    public Task DisposeAsync() => Ppa.DisposeAsync();

    /// <summary>Hours of the days before Monday.</summary>
    private static IEnumerable<ZonedDateTime> HoursOf(DateTimeZone zone, int days)
    {
        var end = zone.AtStartOfDay(PpaWorld.Monday).ToInstant();
        for (var hour = zone.AtStartOfDay(PpaWorld.Monday.PlusDays(-days)); hour.ToInstant() < end; hour = hour.Plus(Duration.FromHours(1)))
        {
            yield return hour;
        }
    }

    /// <summary>30 a MWh, less about noon, a little otherwise each day; the node is 4 below the hub.</summary>
    private static LmpRow[] Prices(ZonedDateTime hour)
    {
        var price = 30 - (hour.Hour is >= 9 and < 17 ? 12 : 0) + (hour.Day % 7) + ((hour.DayOfYear * 31 + hour.Hour * 17) % 11 * 0.3);
        return [Price("HB_WEST", hour, price), Price("CAPROCK_SLR", hour, price - 4)];
    }

    private static LmpRow Price(string place, ZonedDateTime hour, double price) => new(
        new Location(place, LocationType.Hub), DeliveryInterval.StartingAt(hour.ToInstant(), 60), price, double.NaN, double.NaN,
        double.NaN, double.NaN);

    private static GenerationRow[] Output(ZonedDateTime hour) =>
    [
        Produced("SP15", "Solar", hour, hour.Hour is >= 8 and < 16 ? 100 : 0), Produced("SP15", "Wind", hour, 40),
    ];

    private static GenerationRow Produced(string place, string fuel, ZonedDateTime hour, double mw) => new(
        new Location(place, LocationType.Hub), new Symbol(fuel), DeliveryInterval.StartingAt(hour.ToInstant(), 60), mw);

    private static Feed<TRow> FeedOf<TRow>(string id)
        where TRow : struct => (Feed<TRow>)FeedCatalog.All.Single(f => f.Id.Text == id);
}
