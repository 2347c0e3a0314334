using System.Text;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Quality.Balances;
using Aurum.Sources;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Watch;
using Aurum.Tests.Running;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class DayWatchTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 22, 12, 0);
    private static readonly LocalDate Date = new(2026, 5, 12);
    private static readonly Feed Region = FeedCatalog.Find(new FeedId("eia/region-data"));

    [Fact]
    public Task Load_is_generation_and_interchange_in_the_sandbox() => Balanced(
        Date,
        "eia/region-data", "eia/fuel-type-data", "eia/interchange-data", "caiso/system-schedules", "nyiso/load", "nyiso/fuel-mix",
        "nyiso/interface-flows", "ercot/load-actual", "ieso/load-zone");

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Every_market_balances_in_the_sandbox()
    {
        // Dashboards show yesterday and today alone.
        await Balanced(new LocalDate(2026, 5, 21), "ercot/system-load", "ercot/fuel-mix");
        string[] shown = ["ercot/system-load", "ercot/fuel-mix", "aeso/supply-demand"];
        await Balanced(
            Date, [.. BalanceList.All.SelectMany(b => b.Feeds).Select(f => f.Text).Distinct().Except(shown)]);
    }

    [Fact]
    public async Task A_fault_that_breaks_a_balance_is_noticed_and_its_correction_clears_it()
    {
        using var sandbox = new SandboxPlatform(Now, [Region.Id.Text]);
        await Hand(sandbox, Eia(demand: 1000, generation: 900, interchange: -100));
        Assert.Empty(Findings(sandbox));

        await Hand(sandbox, Eia(demand: 9000, generation: 900, interchange: -100));
        var broken = Assert.Single(Findings(sandbox));
        Assert.Equal(("eia/demand", "CISO", "MW"), (broken.Finding.Expectation, broken.Finding.Place, broken.Finding.Unit));
        Assert.Equal((9000, 810, 1190), (broken.Finding.Found, broken.Finding.Least, broken.Finding.Most));
        Assert.Equal(
            "demand = net generation - total interchange: 9,000.0 and 1,000.0 MW are 8,000.0 apart, at most 190.0 expected, CISO "
            + "2026-05-12T05:00Z",
            broken.Finding.Reason);

        await Hand(sandbox, Eia(demand: 1001, generation: 900, interchange: -100));
        Assert.Empty(Findings(sandbox));
        var residuals = sandbox.Platform.Store.Read.Residuals(new RecordQuery()).Where(r => r.Balance == "eia/demand").ToList();
        Assert.Equal([0, 8000, 1], residuals.Select(r => r.Left - r.Right));
        Assert.Equal([1, 2, 3], residuals.Select(r => r.Revision));
        Assert.Equal(residuals.Select(r => r.KnownAt).Order(), residuals.Select(r => r.KnownAt));
    }

    [Fact]
    public async Task Rows_that_come_again_as_they_were_leave_no_second_residual()
    {
        using var sandbox = new SandboxPlatform(Now, [Region.Id.Text]);
        await Hand(sandbox, Eia(demand: 1000, generation: 900, interchange: -100));
        await Hand(sandbox, Eia(demand: 1000, generation: 900, interchange: -100));

        Assert.Single(sandbox.Platform.Store.Read.Residuals(new RecordQuery()));
    }

    [Fact]
    public async Task An_hour_that_lacks_a_side_has_no_residual_yet()
    {
        using var sandbox = new SandboxPlatform(Now, [Region.Id.Text]);
        await Hand(sandbox, Eia(demand: 1000, generation: 900, interchange: null));

        Assert.Empty(sandbox.Platform.Store.Read.Residuals(new RecordQuery()));
    }

    [Fact]
    public async Task What_a_killed_process_did_not_look_at_is_looked_at_by_the_next()
    {
        using var sandbox = new SandboxPlatform(Now, [Region.Id.Text]);
        var store = sandbox.Platform.Store;
        var answers = await Answer(sandbox, Region, Eia(demand: 9000, generation: 900, interchange: -100), "e.json");
        Region.Accept(new App.Ingest.Delivery(
            store, store.Archive, new GateRoom(store), new DriftWatch(store, store.Archive), Region.Day(Date), answers, Now));
        Assert.Empty(Findings(sandbox));

        sandbox.Restart();

        Assert.Single(Findings(sandbox));
        Assert.Empty(sandbox.Platform.Store.Watch.Missed(Now - Duration.FromDays(30)));
    }

    [Fact]
    public async Task A_report_of_Alberta_that_has_all_three_balances_to_the_megawatt()
    {
        var feed = FeedCatalog.Find(new FeedId("aeso/supply-demand"));
        var text = await File.ReadAllTextAsync(Samples.PathOf("aeso", "latest_electricity_market_report.csv"));
        using var sandbox = new SandboxPlatform(Now, [feed.Id.Text]);

        await Hand(sandbox, text, feed, new LocalDate(2017, 7, 13), "report.csv");

        var residual = Assert.Single(sandbox.Platform.Store.Read.Residuals(new RecordQuery()));
        Assert.Equal(("aeso/load", "AESO", 10_270, 10_270), (residual.Balance, residual.Place, residual.Left, residual.Right));
        Assert.Empty(Findings(sandbox));
    }

    [Fact]
    public async Task A_whole_day_joins_the_history_and_is_held_against_it()
    {
        using var sandbox = new SandboxPlatform(Now, ["nyiso/load-integrated"]);
        await sandbox.Platform.Collector.RunOnce(sandbox.Days(Date, 2), static _ => { }, CancellationToken.None);

        using var rows = sandbox.Platform.Store.Read.Sql(
            "select count(*), min(rows_known), min(places), (select count(*) from hour_levels) from day_profiles where unit = 'MW'");
        Assert.True(rows.NextChunk());
        Assert.Equal((2, 264, 11, 528), (rows.Whole(0, 0), rows.Whole(1, 0), rows.Whole(2, 0), rows.Whole(3, 0)));
        Assert.Empty(sandbox.Platform.Store.Watch.Missed(Now - Duration.FromDays(30)));
    }

    [Fact]
    public async Task A_day_that_becomes_whole_without_a_new_row_is_judged_then()
    {
        using var sandbox = new SandboxPlatform(Instant.FromUtc(2026, 5, 13, 1, 0), ["ercot/real-time-spp"]);
        var day = sandbox.Days(Date, 1);
        sandbox.Time.AdvanceTo(Instant.FromUtc(2026, 5, 13, 5, 30));
        await sandbox.Platform.Collector.RunOnce(day, static _ => { }, CancellationToken.None);
        var rows = Count(sandbox, "ledger where is_complete");
        sandbox.Time.AdvanceTo(Instant.FromUtc(2026, 5, 13, 12, 0));
        await sandbox.Platform.Collector.RunOnce(day, static _ => { }, CancellationToken.None);

        Assert.Equal((0, 1), (rows, Count(sandbox, "ledger where is_complete")));
        Assert.Equal(1, Count(sandbox, "day_profiles"));
    }

    private static long Count(SandboxPlatform sandbox, string table)
    {
        using var rows = sandbox.Platform.Store.Read.Sql($"select count(*) from {table}");
        return rows.NextChunk() ? rows.Whole(0, 0) : 0;
    }

    private static async Task Balanced(LocalDate date, params IReadOnlyList<string> feeds)
    {
        using var sandbox = new SandboxPlatform(Now, feeds);
        await sandbox.Platform.Collector.RunOnce(sandbox.Days(date, 1), static _ => { }, CancellationToken.None);
        var residuals = sandbox.Platform.Store.Read.Residuals(new RecordQuery { Limit = 100_000 }).ToLookup(r => r.Balance);
        var complete = BalanceList.All.Where(b => b.Feeds.All(f => feeds.Contains(f.Text))).ToList();
        Assert.NotEmpty(complete);
        Assert.All(complete, b => Assert.Equal(24, residuals[b.Id].Select(r => r.StartUtc).Distinct().Count()));
        Assert.DoesNotContain(Findings(sandbox), f => f.Finding.Unit == "MW");
    }

    private static IReadOnlyList<FindingRecord> Findings(SandboxPlatform sandbox) =>
        sandbox.Platform.Store.Read.Findings(new RecordQuery());

    private static Task Hand(SandboxPlatform sandbox, string json) => Hand(sandbox, json, Region, Date, "region.json");

    private static async Task Hand(SandboxPlatform sandbox, string text, Feed feed, LocalDate date, string name)
    {
        var report = sandbox.Platform.Ingest.Store(feed, feed.Day(date), await Answer(sandbox, feed, text, name, date));
        Assert.Equal(Outcome.Data, report.Outcome);
    }

    private static async Task<Answers> Answer(SandboxPlatform sandbox, Feed feed, string text, string name, LocalDate? date = null)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var answers = new Answers();
        var fetch = new Fetch(feed.Id, date ?? Date, Fetch.HandedOver, "/" + name, name, 0);
        answers.Add(await sandbox.Platform.Store.Archive.AddAsync(fetch, body, [], CancellationToken.None));
        return answers;
    }

    /// <summary>An answer of EIA with the hour from five to six.</summary>
    private static string Eia(int demand, int generation, int? interchange)
    {
        var rows = new[] { ("D", (int?)demand), ("NG", generation), ("TI", interchange) }.Where(r => r.Item2 is not null).Select(r => $$"""
            {"period":"2026-05-12T06","respondent":"CISO","respondent-name":"California","type":"{{r.Item1}}","type-name":"x",
            "value":"{{r.Item2}}","value-units":"megawatthours"}
            """).ToList();
        return $$$"""
            {"response":{"total":"{{{rows.Count}}}","frequency":"hourly","data":[{{{string.Join(",", rows)}}}]}}
            """;
    }
}
