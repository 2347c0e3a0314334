using Aurum.App.Configuration;
using Aurum.App.Running;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class BackfillCostTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 12, 20, 12, 0);

    [Fact]
    public void Requests_and_the_time_of_the_slowest_site_are_told_before_the_start()
    {
        using var sandbox = new SandboxPlatform(Now, ["caiso/day-ahead-lmp", "nyiso/load-integrated"]);
        var cost = BackfillCost.Of(sandbox.Days(new LocalDate(2025, 11, 1), 25), sandbox.Platform.Sites, sandbox.Platform.Store, Now);

        // NYISO's 25 days lie in the file of one month.
        Assert.Equal(26, cost.Requests);
        Assert.Equal(TimeSpan.FromMinutes(2), cost.AtTheLimits);
        Assert.Equal("26 requests, size not known yet, at least 0:02 h at the publishers' limits", cost.ToString());
    }

    [Fact]
    public async Task Sizes_are_told_from_files_that_are_there()
    {
        using var sandbox = new SandboxPlatform(Now, ["nyiso/load-integrated"]);
        var days = sandbox.Days(new LocalDate(2025, 12, 10), 3);
        await sandbox.Platform.Collector.RunOnce([days[0]], static _ => { }, CancellationToken.None);

        var cost = BackfillCost.Of(days, sandbox.Platform.Sites, sandbox.Platform.Store, Now);

        Assert.InRange(cost.Bytes!.Value, 3_000, 3_000_000);
        Assert.Contains("about", cost.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_day_costs_nothing()
    {
        using var sandbox = new SandboxPlatform(Now, ["nyiso/load-integrated"]);

        Assert.Equal(0, BackfillCost.Of([], sandbox.Platform.Sites, sandbox.Platform.Store, Now).Requests);
    }

    [Fact]
    public void Quotas_of_an_hour_and_of_a_day_make_an_order_take_as_many_of_them()
    {
        using var sandbox = new SandboxPlatform(
            Now,
            ["caiso/day-ahead-lmp"],
            change: static options => options with
            {
                Sites = options.Sites.ToDictionary(
                    s => s.Key, s => s.Key == "caiso-oasis" ? s.Value with { RequestsPerHour = 10, RequestsPerDay = 20 } : s.Value),
            });

        Assert.Equal(TimeSpan.FromHours(1), CostOf(sandbox, days: 15));
        Assert.Equal(TimeSpan.FromHours(24), CostOf(sandbox, days: 25));
        Assert.Equal(TimeSpan.FromHours(48), CostOf(sandbox, days: 41));
    }

    [Fact]
    public void A_dataset_s_own_quota_counts_beside_its_site_s()
    {
        using var sandbox = new SandboxPlatform(
            Now,
            ["caiso/day-ahead-lmp"],
            change: static options => options with
            {
                FeedLimits = new Dictionary<string, FeedLimitOptions> { ["caiso/day-ahead-lmp"] = new() { RequestsPerDay = 5 } },
            });

        Assert.Equal(TimeSpan.FromHours(48), CostOf(sandbox, days: 11));
    }

    [Fact]
    public void Series_that_somebody_wants_in_place_of_the_feed_s_own_are_what_is_counted()
    {
        using var sandbox = new SandboxPlatform(
            Now,
            ["fred/observations"],
            change: static options => options with
            {
                Series = new Dictionary<string, string[]> { ["fred"] = ["DGS10", "UNRATE:M", "DFF"] },
            });

        Assert.Equal(3, BackfillCost.Of(
            sandbox.Days(new LocalDate(2025, 12, 1), 1), sandbox.Platform.Sites, sandbox.Platform.Store, Now).Requests);
    }

    [Fact]
    public void All_nodes_of_a_real_time_day_cost_a_request_an_hour()
    {
        using var sandbox = new SandboxPlatform(
            Now,
            ["caiso/day-ahead-lmp", "caiso/real-time-lmp"],
            change: static options => options with { AllNodes = ["caiso"] });

        // A day of 25 hours: one request of the day ahead, and one for each hour.
        Assert.Equal(26, BackfillCost.Of(
            sandbox.Days(new LocalDate(2025, 11, 2), 1), sandbox.Platform.Sites, sandbox.Platform.Store, Now).Requests);
    }

    private static TimeSpan CostOf(SandboxPlatform sandbox, int days) => BackfillCost.Of(
        sandbox.Days(new LocalDate(2025, 10, 1), days), sandbox.Platform.Sites, sandbox.Platform.Store, Now).AtTheLimits;
}
