using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Sandbox.Faults;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Tests.Running;

/// <summary>NYISO's days older than a week come from one archive a month: a backfill asks for each once, not once a day.</summary>
public sealed class MonthFileTests
{
    private const string Load = "nyiso/load-integrated";

    private static readonly Instant Now = Instant.FromUtc(2025, 12, 20, 12, 0);

    [Fact]
    public async Task Two_months_of_three_feeds_are_two_requests_a_feed_and_equal_the_truth()
    {
        using var sandbox = new SandboxPlatform(Now, [Load, "nyiso/day-ahead-lmp-zone", "nyiso/fuel-mix"]);
        var items = sandbox.Days(new LocalDate(2025, 10, 20), 30).Reverse().ToList();
        Assert.Equal(6, BackfillCost.Of(items, sandbox.Platform.Sites, sandbox.Platform.Store, Now).Requests);
        var reports = new List<DayReport>();

        Assert.Empty(await sandbox.Platform.Collector.RunBackfill(items, 1, r => Add(reports, r), CancellationToken.None));

        Assert.Equal(6, sandbox.Network.RequestsTo("nyiso"));
        Assert.Equal(6, reports.Sum(r => r.Files));
        Assert.All(items, item => Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now)));
    }

    [Fact]
    public async Task Every_day_names_the_answer_it_was_read_from_as_it_was_received()
    {
        using var sandbox = new SandboxPlatform(Now, [Load]);
        var items = sandbox.Days(new LocalDate(2025, 11, 1), 5);

        await sandbox.Platform.Collector.RunBackfill(items, 1, static _ => { }, CancellationToken.None);

        var files = sandbox.Platform.Store.Read.Files(new RecordQuery { Feed = items[0].Feed.Id, Limit = 100 });
        Assert.Equal(items.Select(i => i.Day.Date), files.Select(f => f.File.Fetch.Day).Order());
        var record = Assert.Single(sandbox.Platform.Store.Archive.Records());
        Assert.All(files, f => Assert.Equal(
            (record.Sha256, record.ReceivedAt), (f.File.Sha256, f.File.ReceivedAt)));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("bad-crc")]
    [InlineData("html-page")]
    public async Task An_answer_with_a_fault_serves_no_other_day(string fault)
    {
        using var sandbox = new SandboxPlatform(Now, [Load], FaultPlan.FromScript($"nyiso: request 1 -> {fault}"));
        var items = sandbox.Days(new LocalDate(2025, 11, 1), 10).Reverse().ToList();

        var open = await sandbox.Platform.Collector.RunOnce(items, static _ => { }, CancellationToken.None);

        Assert.Equal(items[0], Assert.Single(open));
        Assert.Equal(2, sandbox.Network.RequestsTo("nyiso"));
        Assert.All(items.Skip(1), item => Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now)));
    }

    [Fact]
    public async Task A_backfill_that_goes_on_after_a_stop_asks_once_more_and_only_for_what_it_lacks()
    {
        using var sandbox = new SandboxPlatform(Now, [Load]);
        var items = sandbox.Days(new LocalDate(2025, 11, 1), 20);
        using (var stop = new CancellationTokenSource())
        {
            var done = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Platform.Collector.RunBackfill(
                items, 1, _ => { if (Interlocked.Increment(ref done) == 6) { stop.Cancel(); } }, stop.Token));
        }

        sandbox.Restart();
        var left = sandbox.Platform.Collector.OpenOf(items).Count;
        Assert.InRange(left, 1, 14);
        var reports = new List<DayReport>();
        Assert.Empty(await sandbox.Platform.Collector.RunBackfill(items, 1, r => Add(reports, r), CancellationToken.None));

        Assert.Equal(2, sandbox.Network.RequestsTo("nyiso"));
        Assert.Equal(left, reports.Count);
        Assert.All(items, item => Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now)));
    }

    [Fact]
    public async Task Of_the_running_month_a_forced_backfill_asks_again_and_days_of_the_last_week_ask_for_themselves()
    {
        using var sandbox = new SandboxPlatform(Now, [Load]);
        var items = sandbox.Days(new LocalDate(2025, 12, 8), 10);

        // The 14th and later come as daily files.
        await sandbox.Platform.Collector.RunOnce(items, static _ => { }, CancellationToken.None);
        Assert.Equal(1 + 4, sandbox.Network.RequestsTo("nyiso"));
        sandbox.Time.Advance(Duration.FromMinutes(1));
        await sandbox.Platform.Collector.RunOnce(items, static _ => { }, CancellationToken.None);

        Assert.Equal(2 * (1 + 4), sandbox.Network.RequestsTo("nyiso"));
        Assert.All(items, item => Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now)));
    }

    private static void Add(List<DayReport> reports, DayReport report)
    {
        lock (reports)
        {
            reports.Add(report);
        }
    }
}
