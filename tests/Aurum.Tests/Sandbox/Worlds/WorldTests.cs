using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Tests.Sandbox.Worlds;

public sealed class WorldTests
{
    private static readonly SandboxNetwork Network = new(new World(5));
    private static readonly FeedId RealTime = new("caiso/real-time-lmp");
    private static readonly FeedId DayAhead = new("caiso/day-ahead-lmp");

    [Fact]
    public void The_same_seed_is_the_same_world_on_any_number_of_threads()
    {
        var days = Enumerable.Range(0, 12).Select(i => new OperatingDay(new LocalDate(2026, 1 + i, 9), MarketZones.Pacific)).ToArray();
        var one = days.Select(Rows).ToArray();
        var other = new SandboxNetwork(new World(5)).Truth;
        var many = days.AsParallel().AsOrdered().WithDegreeOfParallelism(4)
            .Select(day => other.Rows<LmpRow>(RealTime, day, Instant.MaxValue).ToArray()).ToArray();
        Assert.Equal(one, many);

        LmpRow[] Rows(OperatingDay day) => Network.Truth.Rows<LmpRow>(RealTime, day, Instant.MaxValue).ToArray();
    }

    [Fact]
    public void Another_seed_is_another_world()
    {
        var day = new OperatingDay(new LocalDate(2026, 5, 5), MarketZones.Pacific);
        Assert.NotEqual(
            Network.Truth.Rows<LmpRow>(DayAhead, day, Instant.MaxValue).Select(r => r.LmpUsdPerMwh),
            new SandboxNetwork(new World(6)).Truth.Rows<LmpRow>(DayAhead, day, Instant.MaxValue).Select(r => r.LmpUsdPerMwh));
    }

    [Fact]
    public void A_year_of_prices_has_negative_middays_dear_evenings_spikes_congestion_and_losses()
    {
        var rows = new List<LmpRow>();
        for (var date = new LocalDate(2026, 1, 1); date.Year == 2026; date = date.PlusDays(3))
        {
            rows.AddRange(Network.Truth.Rows<LmpRow>(RealTime, new OperatingDay(date, MarketZones.Pacific), Instant.MaxValue));
        }

        var noon = rows.Where(r => LocalHour(r) == 12).Average(r => r.LmpUsdPerMwh);
        var evening = rows.Where(r => LocalHour(r) == 19).Average(r => r.LmpUsdPerMwh);
        Assert.InRange(noon, -20, 30);
        Assert.InRange(evening, noon + 25, 150);
        Assert.InRange(rows.Count(r => r.LmpUsdPerMwh < 0) / (double)rows.Count, 0.01, 0.35);
        Assert.InRange(rows.Count(r => r.LmpUsdPerMwh > 250) / (double)rows.Count, 0.0002, 0.02);
        Assert.InRange(rows.Count(r => r.CongestionUsdPerMwh != 0) / (double)rows.Count, 0.1, 0.9);
        Assert.Contains(rows, r => r.LossUsdPerMwh > 0.5);
        Assert.All(rows, r => Assert.Equal(
            r.LmpUsdPerMwh, r.EnergyUsdPerMwh + r.CongestionUsdPerMwh + r.LossUsdPerMwh + r.GhgUsdPerMwh, 1e-6));

        static int LocalHour(LmpRow row) => row.Delivery.Start.InZone(MarketZones.Pacific).Hour;
    }

    [Fact]
    public void Load_follows_the_hours_the_week_and_the_weather()
    {
        var loads = new Dictionary<LocalDate, double[]>();
        for (var date = new LocalDate(2026, 7, 6); date < new LocalDate(2026, 7, 20); date = date.PlusDays(1))
        {
            loads[date] = Network.Truth.Rows<LoadRow>(
                new FeedId("caiso/load-actual"), new OperatingDay(date, MarketZones.Pacific), Instant.MaxValue)
                .Where(r => r.Area.Id == "CA ISO-TAC").Select(r => r.LoadMw).ToArray();
        }

        Assert.All(loads.Values, day => Assert.InRange(Array.IndexOf(day, day.Max()), 14, 21));
        Assert.All(loads.Values, day => Assert.InRange(Array.IndexOf(day, day.Min()), 0, 6));
        Assert.True(
            loads.Where(d => d.Key.DayOfWeek is IsoDayOfWeek.Sunday).Average(d => d.Value.Average())
            < loads.Where(d => d.Key.DayOfWeek is IsoDayOfWeek.Wednesday).Average(d => d.Value.Average()));
        var summer = loads.Values.Average(d => d.Max());
        var spring = Network.Truth.Rows<LoadRow>(
            new FeedId("caiso/load-actual"), new OperatingDay(new LocalDate(2026, 4, 15), MarketZones.Pacific), Instant.MaxValue)
            .Where(r => r.Area.Id == "CA ISO-TAC").Max(r => r.LoadMw);
        Assert.True(spring < summer);
    }

    [Fact]
    public void Fuels_add_up_to_the_load()
    {
        var day = new OperatingDay(new LocalDate(2026, 8, 12), MarketZones.Central);
        var load = Network.Truth.Rows<LoadRow>(new FeedId("ercot/system-load"), day, Instant.MaxValue)
            .ToDictionary(r => r.Delivery.Start, r => r.LoadMw);
        var fuels = Network.Truth.Rows<GenerationRow>(new FeedId("ercot/fuel-mix"), day, Instant.MaxValue)
            .GroupBy(r => r.Delivery.Start).ToDictionary(g => g.Key, g => g.Sum(r => r.GenerationMw));
        foreach (var (at, mw) in fuels)
        {
            var hour = Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600);
            Assert.InRange(mw / load[hour], 0.95, 1.05);
        }
    }

    [Fact]
    public void Prices_move_without_jumps_from_hour_to_hour_ahead_of_the_day()
    {
        var prices = Network.Truth.Rows<LmpRow>(
            DayAhead, new OperatingDay(new LocalDate(2026, 9, 15), MarketZones.Pacific), Instant.MaxValue)
            .Where(r => r.Location.Id == "TH_SP15_GEN-APND").Select(r => r.LmpUsdPerMwh).ToArray();
        Assert.All(prices.Zip(prices.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 45));
        Assert.True(prices.Max() - prices.Min() > 15);
    }

    [Fact]
    public void A_correction_changes_the_places_it_names_when_it_says_and_no_others()
    {
        var corrected = 0;
        for (var date = new LocalDate(2026, 2, 1); date < new LocalDate(2026, 3, 1); date = date.PlusDays(1))
        {
            var day = new OperatingDay(date, MarketZones.Pacific);
            foreach (var revision in Network.Truth.Revisions(DayAhead, day))
            {
                var before = Rows(revision.At - Duration.FromSeconds(1));
                var after = Rows(revision.At);
                Assert.All(before, row => Assert.Equal(row.Key.Id != revision.Place, row.Value.SequenceEqual(after[row.Key])));
                corrected++;
            }

            Dictionary<Location, LmpRow[]> Rows(Instant at) =>
                Network.Truth.Rows<LmpRow>(DayAhead, day, at).GroupBy(r => r.Location).ToDictionary(g => g.Key, g => g.ToArray());
        }

        Assert.InRange(corrected, 3, 60);
    }

    [Theory]
    [InlineData("caiso/real-time-lmp", 20)]
    [InlineData("nyiso/real-time-lmp-zone", 10)]
    [InlineData("nyiso/real-time-lmp-generator", 10)]
    public void A_price_check_mends_one_interval_of_each_quarter_of_an_hour_and_nothing_else(string id, int minutesAfter)
    {
        var feed = new FeedId(id);
        var plain = new SandboxNetwork(new World(5, new WorldOptions(3, 3, 3))).Truth;
        var checking = new SandboxNetwork(new World(5, new WorldOptions(3, 3, 3, HasPriceChecks: true))).Truth;
        var zone = id.StartsWith("caiso", StringComparison.Ordinal) ? MarketZones.Pacific : MarketZones.Eastern;
        foreach (var date in (LocalDate[])[new(2026, 3, 8), new(2026, 7, 14)])
        {
            var day = new OperatingDay(date, zone);
            var at = day.Start + Duration.FromHours(9) + Duration.FromMinutes(minutesAfter);
            var before = Rows(checking, at - Duration.FromSeconds(1));
            var mended = Rows(checking, at).Where(r => before.ContainsKey(r.Key) && r.Value != before[r.Key]).ToList();
            Assert.NotEmpty(mended);
            Assert.Single(mended.Select(r => r.Key.Start).Distinct());
            Assert.Equal(before.Keys.Select(k => k.Location).Distinct().Count(), mended.Count);
            Assert.All(mended, r => Assert.InRange((at - r.Key.Start).TotalMinutes, minutesAfter + 5, minutesAfter + 15));
            Assert.Equal(
                mended.Select(r => r.Key.Location.Id).Order(StringComparer.Ordinal),
                checking.Revisions(feed, day).Where(r => r.At == at).Select(r => r.Place).Order(StringComparer.Ordinal));
            Assert.All(plain.Revisions(feed, day), r => Assert.True(r.At > day.End));

            // An hour after the day, all checks are made: the same prices as in a world without them.
            var end = day.End + Duration.FromHours(1);
            Assert.Equal(plain.Rows<LmpRow>(feed, day, end), checking.Rows<LmpRow>(feed, day, end));

            Dictionary<(Location Location, Instant Start), double> Rows(Truth truth, Instant now) =>
                truth.Rows<LmpRow>(feed, day, now).ToDictionary(r => (r.Location, r.Delivery.Start), r => r.LmpUsdPerMwh);
        }
    }

    [Fact]
    public void An_hour_is_not_known_before_its_publisher_shows_it()
    {
        var day = new OperatingDay(new LocalDate(2026, 3, 8), MarketZones.Eastern);
        var noon = day.Start + Duration.FromHours(11);
        var known = Network.Truth.Rows<LmpRow>(new FeedId("nyiso/real-time-lmp-zone"), day, noon).ToList();
        Assert.All(known, r => Assert.True(r.Delivery.End + Duration.FromMinutes(1) <= noon));
        Assert.Equal(15 * ((11 * 12) - 1), known.Count);
    }

    [Fact]
    public void A_world_of_impossible_size_is_refused()
    {
        Assert.Contains("CaisoNodes",
            Assert.Throws<ArgumentException>(() => new World(1, new WorldOptions(CaisoNodes: -1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_truth_names_the_feeds_it_has_when_asked_for_another()
    {
        var day = new OperatingDay(new LocalDate(2026, 3, 8), MarketZones.Eastern);
        var e = Assert.Throws<ArgumentException>(
            () => Network.Truth.Rows<LmpRow>(new FeedId("nobody/day-ahead-lmp"), day, Instant.MaxValue));
        Assert.Contains("nyiso/load", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Network.Truth.Rows<LoadRow>(RealTime, day, Instant.MaxValue));
    }
}
