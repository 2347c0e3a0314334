using Aurum.App.Running;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Tests.Running;

/// <summary>Publishers mend prices days later; the live planner finds them without being told.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public async Task The_old_price_is_still_read_with_as_of_and_the_new_one_without()
    {
        using var sandbox = new SandboxPlatform(Instant.FromUtc(2025, 10, 30, 20, 0), ["caiso/day-ahead-lmp"]);
        var item = Corrected(sandbox);
        var correctedAt = sandbox.Network.Truth.Revisions(item.Feed.Id, item.Day)[0].At;
        sandbox.Time.AdvanceTo(item.Day.Start - Duration.FromHours(8));
        await Live(sandbox, item.Day.End + Duration.FromHours(12));
        var before = sandbox.Time.Now;
        Assert.Empty(sandbox.Wrong(item, before));

        await Live(sandbox, correctedAt + Duration.FromDays(3));

        var rows = sandbox.Network.Truth.Rows<LmpRow>(item.Feed.Id, item.Day, before).ToList();
        var mended = sandbox.Network.Truth.Rows<LmpRow>(item.Feed.Id, item.Day, sandbox.Time.Now).ToList();
        Assert.NotEqual(rows, mended);
        Assert.Empty(sandbox.Wrong(item, before));
        Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now));
        Assert.True(Number(sandbox, $"select count(*) from iso_lmp where revision > 1 and known_at >= '{correctedAt}'") > 0);
    }

    [Theory]
    [InlineData("caiso/real-time-lmp")]
    [InlineData("nyiso/real-time-lmp-zone")]
    public async Task What_a_publisher_checks_every_quarter_of_an_hour_is_found_by_the_ordinary_looks_at_the_running_day(string feed)
    {
        var start = Instant.FromUtc(2026, 7, 14, 18, 3);
        using var sandbox = new SandboxPlatform(start, [feed], hasPriceChecks: true);
        var item = sandbox.Days(new LocalDate(2026, 7, 14), 1)[0];
        await Live(sandbox, start + Duration.FromMinutes(1));
        Assert.Empty(sandbox.Wrong(item, start));
        Assert.Equal(0, Number(sandbox, "select count(*) from iso_lmp where revision > 1"));

        await Live(sandbox, start + Duration.FromMinutes(31));

        var lastLook = sandbox.Platform.Store.Ledger.Find(item.Feed.Id, item.Day.Date)!.LastTriedAt;
        Assert.InRange(lastLook, start + Duration.FromMinutes(30), sandbox.Time.Now);
        Assert.Empty(sandbox.Wrong(item, start));
        Assert.Empty(sandbox.Wrong(item, lastLook));
        var checks = sandbox.Network.Truth.Revisions(item.Feed.Id, item.Day).Where(r => r.At > start && r.At <= lastLook).ToList();
        Assert.Equal(2, checks.Select(r => r.At).Distinct().Count());
        Assert.Equal(checks.Count, Number(sandbox, "select count(*) from iso_lmp where revision > 1"));
    }

    private static WorkItem Corrected(SandboxPlatform sandbox)
    {
        var day = sandbox.Feeds[0].Day(new LocalDate(2025, 11, 1));
        while (sandbox.Network.Truth.Revisions(sandbox.Feeds[0].Id, day).Count == 0)
        {
            day = day.Next;
        }

        return new WorkItem(sandbox.Feeds[0], day);
    }

    private static async Task Live(SandboxPlatform sandbox, Instant until)
    {
        while (sandbox.Time.Now < until)
        {
            var next = await sandbox.Platform.Collector.RunDue(sandbox.Feeds, lookbackDays: 6, static _ => { }, CancellationToken.None);
            sandbox.Time.AdvanceTo(next is { } due && due < until ? due : until);
        }
    }

    private static long Number(SandboxPlatform sandbox, string sql)
    {
        using var rows = sandbox.Platform.Store.Read.Sql(sql);
        return rows.NextChunk() ? rows.Whole(0, 0) : 0;
    }
}
