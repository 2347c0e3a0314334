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
}
