using Aurum.App.Curves;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Store.Curves;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Tests.Curves;

public sealed class CurveFlowTests : IDisposable
{
    private const string Branch = "eod_20260309";
    private static readonly LocalDate Day = CurveRig.Monday;

    private readonly CurveRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_workbook_that_passes_is_merged_under_a_tag_and_the_same_bytes_again_bring_nothing()
    {
        var load = await _rig.Load("pw", Day, []);
        Assert.Equal(("landed", "pass", null, load.Rows), (load.State, load.Gate, load.Tag, load.New));
        Assert.Equal("0", _rig.Ask("select count(*) from curve_observation"));
        Assert.Equal($"{load.Rows}", _rig.Ask($"select count(*) from curve_landing where branch = '{Branch}'"));

        var merged = _rig.Merge(Branch);
        Assert.Equal(("merged", "release/2026-03-09"), (merged.State, merged.Tag));
        Assert.Equal($"{load.Rows}", _rig.Ask("select count(*) from curve_observation where feed = 'pw/eod-curves'"));

        var again = await _rig.Load("pw", Day, []);
        Assert.Equal(("merged", "release/2026-03-09", load.Rows), (again.State, again.Tag, again.Identical));
        Assert.Equal($"{load.Rows}", _rig.Ask("select count(*) from curve_landing"));
        Assert.Equal("1", _rig.Ask("select count(*) from curve_branches"));
    }

    [Fact]
    public async Task A_workbook_that_is_laid_out_otherwise_than_those_before_is_drift_of_its_feed()
    {
        var feed = new RecordQuery { Feed = new FeedId("pw/eod-curves-landing") };
        IReadOnlyList<DriftRecord> Drift() => _rig.Platform.Store.Read.Drift(feed);
        await _rig.Load("pw", Day, []);
        await _rig.Load("pw", Day.PlusDays(1), []);
        Assert.Empty(Drift());

        _rig.Reopen();
        await _rig.Load("pw", Day.PlusDays(2), ["moved-label"]);
        Assert.All(Drift(), d => Assert.Matches("^(new|lost)-column$", d.Kind));
        Assert.Contains(Drift(), d => d.Subject.Contains("Mid!", StringComparison.Ordinal));
        var told = Drift().Count;
        await _rig.Load("pw", Day.PlusDays(3), ["truncated"]);
        Assert.Equal(told, Drift().Count);
    }

    [Fact]
    public async Task A_corrected_workbook_brings_a_revision_and_a_second_tag()
    {
        await _rig.Load("pw", Day, []);
        _rig.Merge(Branch);
        var corrected = await _rig.Load("pw", Day, ["open-side"]);
        Assert.Equal((0L, 1L, 0L), (corrected.New, corrected.Changed, corrected.Withdrawn));
        Assert.Equal("release/2026-03-09.2", _rig.Merge(Branch).Tag);
        Assert.Equal("1", _rig.Ask("select count(*) from curve_observation where revision = 2"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task One_failing_workbook_keeps_the_branch_of_all_and_says_why()
    {
        await _rig.Load("pw", Day, []);
        var load = await _rig.Load("eugp", Day, ["broken-strip"]);
        Assert.Equal("fail", load.Gate);
        var check = Assert.Single(load.Checks, c => c.Status == CheckStatus.Fail);
        Assert.Equal("expect_strips_to_equal_mean_of_months()", check.Name);
        Assert.Matches(@"^Strips - Mid!\w+\d+ .+ is [\d.]+, the mean of its \d+ months is [\d.]+", check.Examples[0]);

        var kept = _rig.Merge(Branch);
        Assert.Equal(("open", null), (kept.State, kept.Tag));
        Assert.Contains(check.Examples[0], kept.Why, StringComparison.Ordinal);
        Assert.Equal("0", _rig.Ask("select count(*) from curve_observation"));
        Assert.Equal(
            "Malformed", $"{_rig.Platform.Store.Ledger.Find(new FeedId("eugp/eod-curves"), Day)!.Outcome}");
        var findings = _rig.Platform.Store.Read.Findings(new RecordQuery { Feed = new FeedId("eugp/eod-curves") });
        Assert.Contains(findings, f => f.Finding.Expectation == CurveAlerts.Stopped && f.Finding.Reason == load.Why);

        var passing = _rig.Merge(Branch, MergeOptions.Plain with { PassingOnly = true });
        Assert.Equal(("merged", "pw"), (passing.State, Assert.Single(passing.Loads).Vendor));
        Assert.Equal("eugp", Assert.Single(_rig.Merges.All()[^1].Loads).Vendor);
        Assert.Equal("open", _rig.Merges.All()[^1].State);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task All_vendors_of_a_branch_become_known_in_one_transaction_at_one_instant()
    {
        await _rig.Load("pw", Day, []);
        await _rig.Load("eugp", Day, []);
        var merged = _rig.Merge(Branch);
        Assert.Equal(2, merged.Loads.Count);
        Assert.Equal("2", _rig.Ask("select count(distinct feed) from curve_observation"));
        Assert.Equal("1", _rig.Ask("select count(distinct known_at) from curve_observation"));
        Assert.Equal("true", _rig.Ask(
            "select bool_and(o.known_at = b.merged_at) from curve_observation o, curve_branches b where b.tag = 'release/2026-03-09'"),
            ignoreCase: true);
        Assert.All(Replay.Verify(_rig.Platform, CancellationToken.None), table => Assert.True(table.IsEqual, table.Table));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_counts_of_a_merged_load_are_those_of_its_merge()
    {
        await _rig.Load("pw", Day, []);
        _rig.Merge(Branch);
        await _rig.Load("pw", Day, ["open-side"]);
        _rig.Merge(Branch);
        var waiting = await _rig.Load("pw", Day, []);
        Assert.Equal(1, waiting.Changed);

        // What it would change is taken back before it is merged.
        _rig.Pass();
        var back = await _rig.Merges.RollBack(new RollbackRequest("release/2026-03-09", null, null, "as it was"), default);
        Assert.Equal(1, Assert.Single(back.Loads).Changed);
        var load = Assert.Single(_rig.Merge(Branch).Loads);
        Assert.Equal((0L, 0L, waiting.Rows), (load.New, load.Changed, load.Identical));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_hotfix_takes_the_place_of_what_was_stopped()
    {
        await _rig.Load("pw", Day, ["broken-strip"]);
        Assert.Equal("open", _rig.Merge(Branch).State);
        var fixedUp = await _rig.Load("pw", Day, [], new LoadOptions(Branch: "hotfix_pw"));
        Assert.Equal("hotfix_pw", fixedUp.Branch);
        Assert.Equal("release/2026-03-09", _rig.Merge("hotfix_pw").Tag);
        var stopped = _rig.Merges.All()[0];
        Assert.Equal(("dropped", "superseded by release/2026-03-09 of hotfix_pw"), (stopped.State, stopped.Why));
        Assert.DoesNotContain(
            _rig.Platform.Store.Read.Findings(new RecordQuery()), f => f.Finding.Expectation == CurveAlerts.Stopped);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_override_names_a_check_that_stops_the_branch_and_needs_a_reason()
    {
        await _rig.Load("pw", Day, ["broken-strip"]);
        var unknown = Assert.Throws<CurveRefusedException>(() => _rig.Merge(Branch, new MergeOptions(["nothing"], "x", false)));
        Assert.Contains("curve_arbitrage/expect_strips_to_equal_mean_of_months()", unknown.Message, StringComparison.Ordinal);
        const string Check = "expect_strips_to_equal_mean_of_months";
        Assert.Throws<CurveRefusedException>(() => _rig.Merge(Branch, new MergeOptions([Check], " ", false)));
        var merged = _rig.Merge(Branch, new MergeOptions([Check], "the vendor confirmed it", false));
        Assert.Equal(("merged", $"overridden: {Check}: the vendor confirmed it"), (merged.State, merged.Why));
    }

    [Fact]
    public async Task A_workbook_that_cannot_be_read_is_a_dead_letter_and_keeps_its_branch_open()
    {
        var load = await _rig.Load("pw", Day, ["truncated"]);
        Assert.Equal((LoadRecord.Unreadable, Branch), (load.Gate, load.Branch));
        Assert.Contains("a whole .xlsx workbook", load.Why, StringComparison.Ordinal);
        Assert.Equal("pw/eod-curves-landing", Assert.Single(_rig.Platform.Store.Read.DeadLetters(new RecordQuery())).Feed.Text);
        Assert.Equal("open", _rig.Merge(Branch).State);
        var line = await File.ReadAllTextAsync(
            Path.Combine(_rig.DataDirectory, "errors", "asof=2026-03-09", "pw.eod_20260309.jsonl"));
        Assert.Contains("\"severity\":\"ERROR\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing-month", "fail", "expect_months_to_be_contiguous()")]
    [InlineData("crossed", "pass", "expect_mid_between_bid_and_ask()")]
    [InlineData("jump", "pass", "expect_moves_from_previous_asof_to_be_usual()")]
    [InlineData("copied-forward", "pass", "expect_curves_to_differ_from_previous_asof()")]
    [Trait("Category", "Slow")]
    public async Task A_fault_is_told_of_by_the_check_that_is_made_for_it(string fault, string gate, string check)
    {
        var before = Day.PlusDays(-3);
        await _rig.Load("pw", before, []);
        _rig.Merge("eod_20260306");
        var load = await _rig.Load("pw", Day, [fault]);
        Assert.Equal(gate, load.Gate);
        Assert.Contains(load.Checks, c => c.Name == check);
        var clean = await _rig.Load("pw", Day, [], new LoadOptions(IsDryRun: true));
        Assert.Equal((LoadReport.DryRun, "pass"), (clean.State, clean.Gate));
        Assert.DoesNotContain(clean.Checks, c => c.Name == check);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_rollback_restores_what_was_known_and_takes_back_what_came_later()
    {
        await _rig.Load("pw", Day, []);
        var first = _rig.Merge(Branch).MergedAt!.Value;
        await _rig.Load("pw", Day, ["unknown-unit"]);
        Assert.Equal("release/2026-03-09.2", _rig.Merge(Branch).Tag);
        var withdrawn = long.Parse(_rig.Ask("select count(*) from curve_observation_current where mid is null"), null);
        Assert.True(withdrawn > 0);

        _rig.Pass();
        var back = await _rig.Merges.RollBack(new RollbackRequest("release/2026-03-09", null, null, "wrong list"), default);
        Assert.Equal(("merged", "release/2026-03-09.3", "wrong list"), (back.State, back.Tag, back.Why));
        Assert.Equal("0", _rig.Ask("select count(*) from curve_observation_current where mid is null"));
        var then = StoredQuotes.Read(_rig.Platform.Store.Read, new FeedId("pw/eod-curves"), Day, first);
        var now = StoredQuotes.Read(_rig.Platform.Store.Read, new FeedId("pw/eod-curves"), Day);
        Assert.Equal(then.Count, now.Count(n => !StoredQuotes.IsWithdrawn(n.Value)));
        Assert.All(then, t => Assert.True(StoredQuotes.AreSame(t.Value, now[t.Key])));
        await Assert.ThrowsAsync<CurveRefusedException>(
            () => _rig.Merges.RollBack(new RollbackRequest("release/2026-03-09", null, null, "again"), default));

        Assert.All(Replay.Verify(_rig.Platform, CancellationToken.None), table => Assert.True(table.IsEqual, table.Table));
    }

    [Fact]
    public async Task A_merge_that_a_kill_ended_is_finished_by_the_next_process()
    {
        var load = await _rig.Load("pw", Day, []);
        var waiting = Assert.Single(_rig.Platform.Store.Branches.Loads(Branch));
        _rig.Platform.Store.Branches.Commit(new CurveChanges()
            .Set(Branch, BranchState.Open, "release/2026-03-09", "")
            .Set(waiting.Id, LoadState.Landed, "release/2026-03-09", waiting.Counts));
        _rig.Pass();
        _rig.Reopen();
        Assert.Equal("merged", Assert.Single(_rig.Merges.All()).State);
        Assert.Equal($"{load.Rows}", _rig.Ask("select count(*) from curve_observation"));
    }

    [Fact]
    public async Task An_as_of_date_that_contradicts_the_workbook_is_told_of()
    {
        var other = Day.PlusDays(1);
        var load = await _rig.Load("pw", Day, [], new LoadOptions(AsOf: other));
        Assert.Equal((other, "eod_20260310"), (load.AsofDate, load.Branch));
        Assert.Contains(load.Messages, m => m.Contains("says that its prices are of 2026-03-09", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dropping_a_branch_keeps_the_reason()
    {
        await _rig.Load("pw", Day, ["truncated"]);
        Assert.Contains(_rig.Platform.Store.Read.Findings(new RecordQuery()), f => f.Finding.Expectation == CurveAlerts.Stopped);
        var dropped = _rig.Merges.Drop(Branch, "test file");
        Assert.Equal(("dropped", "test file"), (dropped.State, dropped.Why));
        Assert.DoesNotContain(_rig.Platform.Store.Read.Findings(new RecordQuery()), f => f.Finding.Expectation == CurveAlerts.Stopped);
        var refused = Assert.Throws<CurveRefusedException>(() => _rig.Merge(Branch));
        Assert.Equal($"no open branch '{Branch}'; none is open", refused.Message);
    }
}
