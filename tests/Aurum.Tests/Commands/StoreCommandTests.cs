namespace Aurum.Tests.Commands;

/// <summary>Commands that fill and ask a data directory, against the sandbox and with recorded files.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_day_that_is_fetched_twice_is_new_and_then_identical()
    {
        string[] fetch = ["fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-02", "--sandbox"];
        Assert.Equal("nyiso/day-ahead-lmp-zone 2025-11-02: 375 new\n", (await Aurum(fetch)).Ended(0).Out);
        Assert.Equal("nyiso/day-ahead-lmp-zone 2025-11-02: 375 identical\n", (await Aurum(fetch)).Ended(0).Out);
        Assert.Equal("n\n375\n", (await Aurum("sql", "select count(*) as n from iso_lmp")).Ended(0).Out);
        var replay = (await Aurum("replay", "--verify")).Ended(0);
        Assert.Contains("every hash holds", replay.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERENT", replay.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_not_there_yet_ends_with_1_and_is_a_gap()
    {
        var fetch = (await Aurum("fetch", "nyiso/load-integrated", "--day", "2025-11-20", "--sandbox")).Ended(1);
        Assert.Contains("nyiso/load-integrated 2025-11-20: no rows; NotYetPublished: ", fetch.Out, StringComparison.Ordinal);
        var gaps = (await Aurum("gaps")).Ended(0);
        Assert.Equal("feed,day,outcome,attempts,last_tried_utc,next_try_utc,why", gaps.Lines[0]);
        Assert.StartsWith(
            "nyiso/load-integrated,2025-11-20,NotYetPublished,1,2025-11-04T20:00:00Z,", gaps.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backfill_prints_its_cost_first_fetches_what_is_missing_and_is_done_the_second_time()
    {
        string[] backfill = ["backfill", "nyiso/day-ahead-lmp-zone", "--from", "2025-11-01", "--to", "2025-11-03", "--sandbox"];
        var plan = (await Aurum([.. backfill, "--dry-run"])).Ended(0);
        Assert.Contains("3 days asked for, 0 already there; 3 requests", plan.Error, StringComparison.Ordinal);
        Assert.Equal("n\n0\n", (await Aurum("sql", "select count(*) as n from iso_lmp")).Ended(0).Out);
        await Aurum("fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-02", "--sandbox");

        var run = (await Aurum(backfill)).Ended(0);
        Assert.Contains("3 days asked for, 1 already there; 2 requests", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("720 rows new, 0 changed, 0 identical, 0 quarantined; ", run.Out, StringComparison.Ordinal);
        var again = (await Aurum(backfill)).Ended(0);
        Assert.Contains("3 days asked for, 3 already there; 0 requests", again.Error, StringComparison.Ordinal);

        var status = (await Aurum("status")).Ended(0);
        Assert.Equal("feed,watermark,complete_days,missing_days,rows,warnings,last_outcome,last_tried_utc,why", status.Lines[0]);
        Assert.Equal("nyiso/day-ahead-lmp-zone,2025-11-03,3,0,1095,0,Data,2025-11-04T20:00:00Z,", status.Lines[1]);
        Assert.Equal(["feed,day,outcome,attempts,last_tried_utc,next_try_utc,why"], (await Aurum("gaps")).Ended(0).Lines);
        var ledger = (await Aurum("gaps", "--all")).Ended(0);
        Assert.Equal(4, ledger.Lines.Count);
        Assert.StartsWith("nyiso/day-ahead-lmp-zone,2025-11-02,Data,true,375,1,Data,", ledger.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_month_and_of_a_day_and_a_forecast_are_stored_by_their_days_and_only_once()
    {
        string[] ingest =
        [
            "ingest", Samples.PathOf("caiso", "20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv"),
            Samples.PathOf("nyiso", "20250309damlbmp_zone_reduced.csv"), Samples.PathOf("nyiso", "20250219isolf.csv"),
            Samples.PathOf("caiso", "sld_forecast.xml"),
        ];
        var first = (await Aurum(ingest)).Ended(0);
        Assert.Equal(31 + 3, first.Lines.Count);
        Assert.Contains("caiso/day-ahead-lmp 2019-03-10: 69 new", first.Lines);
        Assert.Contains(first.Lines, line => line.StartsWith("nyiso/day-ahead-lmp-zone 2025-03-09: 69 new", StringComparison.Ordinal));
        Assert.Contains(first.Lines, line => line.StartsWith("nyiso/load-forecast 2025-02-19: 1,728 new", StringComparison.Ordinal));
        Assert.Contains(
            first.Lines, line => line.StartsWith("caiso/load-forecast-real-time 2014-05-08: 3 new", StringComparison.Ordinal));
        (await Aurum("replay", "--verify")).Ended(0);
        Assert.Equal("n\n2298\n", (await Aurum("sql", "select count(*) as n from iso_lmp")).Ended(0).Out);
        var second = (await Aurum(ingest)).Ended(0);
        Assert.All(second.Lines, line => Assert.Contains(" identical", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ingest_tells_of_each_file_that_it_can_not_take_and_takes_the_others()
    {
        var run = (await Aurum(
            "ingest",
            Samples.PathOf("caiso", "systemconditions.html"),
            Samples.PathOf("caiso", "ene_slrs.xml"),
            Samples.PathOf("caiso", "SLD_REN_FCST_no_data_ERR1000.xml"),
            Path.Combine(_data.Path, "nowhere.csv"),
            Samples.PathOf("nyiso", "20251102palIntegrated_reduced.csv"))).Ended(2);
        Assert.Contains("systemconditions.html: no feed reads this file; it looks like a web page", run.Error, StringComparison.Ordinal);
        Assert.Contains("caiso/system-schedules: no rows; Malformed: ene_slrs.xml:78", run.Error, StringComparison.Ordinal);
        Assert.Contains("no rows; ProvenEmpty: OASIS error 1000", run.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv: there is no such file", run.Error, StringComparison.Ordinal);
        Assert.Contains("nyiso/load-integrated 2025-11-02: 12 new", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nyiso", "20251102pal_reduced.csv", "nyiso/load 2025-11-02: 60 new")]
    [InlineData("nyiso", "20160119rtfuelmix.csv", "nyiso/fuel-mix 2016-01-19: 2,030 new")]
    public async Task Readings_at_midnight_make_no_day_of_their_own(string publisher, string file, string line)
    {
        var run = (await Aurum("ingest", Samples.PathOf(publisher, file))).Ended(0);
        Assert.StartsWith(line, Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "a,b,c\n1.5,\"x,\"\"y\",\n")]
    [InlineData("json", "[\n  {\"a\": 1.5, \"b\": \"x,\\\"y\", \"c\": null}\n]\n")]
    [InlineData("table", "  a  b     c\n1.5  x,\"y\n")]
    public async Task A_query_prints_in_three_formats(string format, string printed)
    {
        await Aurum("ingest", Samples.PathOf("nyiso", "20251102palIntegrated_reduced.csv"));
        var run = (await Aurum("sql", "select 1.5::double as a, 'x,\"y' as b, null::varchar as c", "--format", format)).Ended(0);
        Assert.Equal(printed, run.Out);
    }

    [Theory]
    [InlineData("drop table iso_lmp", "only queries can be run here")]
    [InlineData("select nothing from nowhere", "nowhere")]
    public async Task A_query_that_is_refused_ends_with_2_and_says_why(string sql, string why)
    {
        await Aurum("ingest", Samples.PathOf("nyiso", "20251102palIntegrated_reduced.csv"));
        Assert.Contains(why, (await Aurum("sql", sql)).Ended(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sql", "select 1")]
    [InlineData("status", null)]
    [InlineData("gaps", null)]
    [InlineData("jobs", null)]
    public async Task A_directory_without_data_ends_with_1_and_says_what_fills_it(string command, string? argument)
    {
        var run = (await Aurum(argument is null ? [command] : [command, argument])).Ended(1);
        Assert.Contains("nothing is stored here yet; 'aurum up' or 'aurum fetch FEED' fills it", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Path));
    }

    private Task<CommandRun> Aurum(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _data.Path]);
}
