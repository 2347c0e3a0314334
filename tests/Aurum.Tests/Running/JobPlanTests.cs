using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class JobPlanTests
{
    private const string Prices = "caiso/day-ahead-lmp";
    private const string Load = "nyiso/load-integrated";
    private const string Mix = "ercot/fuel-mix";

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);
    private static readonly string[] All = [Prices, Load, Mix, "ercot/day-ahead-spp", "eia/region-data"];

    [Fact]
    public void The_same_order_is_the_same_job_in_whatever_order_its_feeds_stand()
    {
        var plan = JobPlan.Of(Order([Prices, Load]), Now);

        Assert.Matches("^[0-9a-f]{12}$", plan.Id);
        Assert.Equal(plan.Id, JobPlan.Of(Order([Load, Prices, Load]) with { Priority = 1 }, Now + Duration.FromDays(300)).Id);
        Assert.Equal("cb38e295b506", plan.Id);
        Assert.NotEqual(plan.Id, JobPlan.Of(Order([Prices]), Now).Id);
        Assert.NotEqual(plan.Id, JobPlan.Of(Order([Prices, Load]) with { From = new(2026, 3, 3) }, Now).Id);
        Assert.NotEqual(plan.Id, JobPlan.Of(Order([Prices, Load]) with { To = new(2026, 3, 3) }, Now).Id);
    }

    [Fact]
    public void Without_a_last_day_an_order_is_the_one_that_names_it()
    {
        var open = JobPlan.Of(Order([Prices, Load]) with { To = null }, Now);

        Assert.Equal(new LocalDate(2026, 5, 1), open.LastDay);
        Assert.Equal(open.Id, JobPlan.Of(Order([Prices, Load]) with { To = open.LastDay }, Now).Id);
    }

    [Fact]
    public void Chunks_of_any_order_have_each_of_its_days_once_and_lie_within_a_month()
    {
        var dice = new Random(31);
        for (var round = 0; round < 200; round++)
        {
            var from = new LocalDate(2024, 1, 1).PlusDays(dice.Next(800));
            var order = new BackfillOrder(
                [.. All.Where(_ => dice.Next(2) == 0).DefaultIfEmpty(Prices)], from, from.PlusDays(dice.Next(-2, 120)), false, false);
            var plan = JobPlan.Of(order, Now);
            var items = JobPlan.Items([.. plan.Feeds.Select(f => f.Id)], plan.Chunks);

            Assert.All(plan.Chunks, c => Assert.Equal((c.FirstDay.Year, c.FirstDay.Month), (c.LastDay.Year, c.LastDay.Month)));
            Assert.Equal(plan.Chunks.Count, plan.Chunks.Select(c => c.Id).Distinct().Count());
            var wanted = plan.Feeds.SelectMany(f => Enumerable.Range(0, Math.Max(0, Period.DaysBetween(from, order.To!.Value) + 1))
                .Select(n => new WorkItem(f, f.Day(from.PlusDays(n)))).Where(i => i.Day.Date <= Planner.LastDay(f, Now).Date));
            Assert.Equal(wanted.Select(i => $"{i}").Order(StringComparer.Ordinal), items.Select(i => $"{i}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Jobs_that_overlap_share_their_whole_months()
    {
        var spring = JobPlan.Of(Order([Prices]) with { From = new(2026, 1, 10), To = new(2026, 3, 20) }, Now);
        var march = JobPlan.Of(Order([Prices, Load]) with { From = new(2026, 2, 1), To = new(2026, 3, 20) }, Now);

        Assert.Equal(2, spring.Chunks.Select(c => c.Id).Intersect(march.Chunks.Select(c => c.Id)).Count());
    }

    [Fact]
    public void What_the_publisher_drops_first_is_fetched_first_and_the_rest_newest_first()
    {
        var plan = JobPlan.Of(Order([Load, Mix]) with { From = new(2026, 4, 29), To = null }, Now);

        Assert.Equal(
            [
                $"{Mix} 2026-04-29", $"{Mix} 2026-04-30", $"{Mix} 2026-05-01",
                $"{Load} 2026-05-01", $"{Load} 2026-04-30", $"{Load} 2026-04-29",
            ],
            JobPlan.Items([new(Load), new(Mix)], plan.Chunks).Select(i => $"{i}"));
    }

    [Fact]
    public void Orders_that_can_not_be_are_refused_by_name()
    {
        Assert.Contains("no feed ercot/fuel-mx: did you mean ercot", Assert.Throws<ArgumentException>(
            () => JobPlan.Of(Order(["ercot/fuel-mx"]), Now)).Message, StringComparison.Ordinal);
        Assert.Equal("a backfill needs a feed at least", Refused(Order([])));
        Assert.Equal("priority 0: expected 1 (first) to 10 (last)", Refused(Order([Prices]) with { Priority = 0 }));
        Assert.Equal("priority 11: expected 1 (first) to 10 (last)", Refused(Order([Prices]) with { Priority = 11 }));
        var sinceLongAgo = Order([.. FeedCatalog.All.Select(f => f.Id.Text)]) with { From = new(1926, 1, 1), To = null };
        Assert.EndsWith("days of feeds are too many for one job: order at most 100,000", Refused(sinceLongAgo), StringComparison.Ordinal);
    }

    private static BackfillOrder Order(IReadOnlyList<string> feeds) =>
        new(feeds, new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 4), IsDryRun: false, IsForced: false);

    private static string Refused(BackfillOrder order) => Assert.Throws<BackfillRefusedException>(() => JobPlan.Of(order, Now)).Message;
}
