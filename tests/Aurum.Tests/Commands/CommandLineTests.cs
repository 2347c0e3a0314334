namespace Aurum.Tests.Commands;

/// <summary>What every command has in common.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Without_arguments_it_shows_help_with_every_verb()
    {
        var run = (await CommandRun.Of()).Ended(0);
        string[] verbs =
        [
            "up", "serve", "fetch", "backfill", "jobs", "parse", "ingest", "feeds", "status", "gaps", "replay", "sql", "sandbox",
            "simulate", "bench", "doctor",
        ];
        Assert.All(verbs, verb => Assert.Matches($@"(?m)^  {verb}\b", run.Out));
    }

    [Theory]
    [InlineData("statsu", "did you mean 'aurum status'?")]
    [InlineData("pars x.csv", "did you mean 'aurum parse'?")]
    [InlineData("qqqqqqqq", "'aurum --help' lists what it takes")]
    [InlineData("fetch", "'aurum fetch --help' lists what it takes")]
    [InlineData("fetch caiso/day-ahead-lpm", "there is no feed 'caiso/day-ahead-lpm'; did you mean caiso/day-ahead-lmp?")]
    [InlineData("fetch qqq", "'aurum feeds' lists all")]
    [InlineData("fetch nyiso/load --day 2025-13-01", "--day: expected a date like 2026-11-20, found '2025-13-01'")]
    [InlineData("backfill nyiso/load --from yesterday", "--from: expected a date like 2026-11-20, found 'yesterday'")]
    [InlineData("backfill nyiso/load --from 2025-11-02 --to 2025-11-01", "give the first day first")]
    [InlineData("backfill nyiso/load --from 2025-11-01 --dry-run --detach", "a dry run leaves no job")]
    [InlineData("parse nowhere.csv", "nowhere.csv: there is no such file")]
    [InlineData("parse nowhere.csv --format xml", "--format: expected csv, json or table, found 'xml'")]
    [InlineData("bench no-such-benchmark", "there is no benchmark 'no-such-benchmark': ")]
    [InlineData("simulate --days 0", "--days 1 to 366")]
    [InlineData("simulate --faults some", "--faults heavy or none")]
    [InlineData("curves list --vendor pw", "expected an option of 'aurum curves list', found '--vendor'")]
    [InlineData("curves list --as-off=2026-06-15", "'aurum curves list' such as --as-of, found '--as-off=2026-06-15'")]
    [InlineData("curves branches x", "'aurum curves branches --help' lists what it takes")]
    [InlineData("archive push --parallel x", "--parallel: expected a whole number, found 'x'")]
    [InlineData("s3 uploads --older-hours soon", "--older-hours: expected a number, found 'soon'")]
    [InlineData("backfill nyiso/load --from 2025-11-01 --priority 1.5", "--priority: expected a whole number, found '1.5'")]
    [InlineData("scenario redrive --tenant acme", "'aurum scenario redrive --help' lists what it takes")]
    [InlineData("kafka tail x --count 0", "--count: expected 1 message or more, found 0")]
    [InlineData("sandbox --nodes -1", "--nodes: expected 0 to 100000, found -1")]
    [InlineData("sandbox --faults nowhere.txt", "--faults: expected none, heavy or a file, found 'nowhere.txt'")]
    public async Task Wrong_usage_ends_with_2_and_says_how_to_go_on(string arguments, string message)
    {
        var run = (await CommandRun.Of(arguments.Split(' '))).Ended(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("parse")]
    [InlineData("sql")]
    [InlineData("status")]
    [InlineData("gaps")]
    [InlineData("jobs")]
    [InlineData("feeds")]
    public async Task Help_names_formats_in_lower_case(string command) =>
        Assert.Contains("--format <csv|json|table>", (await CommandRun.Of(command, "--help")).Ended(0).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Feeds_are_listed_with_their_facts()
    {
        var csv = (await CommandRun.Of("feeds")).Ended(0);
        Assert.Equal("feed,title,table,zone,source", csv.Lines[0]);
        Assert.Equal(Aurum.Sources.FeedCatalog.All.Count, csv.Lines.Count - 1);
        var json = (await CommandRun.Of("feeds", "--format", "Json")).Ended(0).Json;
        Assert.All(json.EnumerateArray(), feed => Assert.NotEmpty(feed.GetProperty("revisions").GetString()!));
        Assert.StartsWith("feed ", (await CommandRun.Of("feeds", "--format", "TABLE")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_looks_at_machine_store_disk_port_and_credentials()
    {
        using var data = new DataFolder();
        data.Write("aurum.json", "{ \"Port\": 0 }");
        var run = (await CommandRun.Of("doctor", "--data", data.Path)).Ended(0);
        Assert.All(
            [".NET", "time zones", "data directory", "store", "disk space", "port", "nodes", "credentials"],
            check => Assert.Contains($"\n{check} ", run.Out, StringComparison.Ordinal));
        Assert.Contains("nothing stored yet", run.Out, StringComparison.Ordinal);
        Assert.Contains("hubs, zones and named places of caiso, pjm", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n').Where(line => line.TrimStart().Contains(' ')), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task Doctor_tells_of_which_publishers_all_nodes_are_asked_for()
    {
        using var data = new DataFolder();
        data.Write("aurum.json", "{ \"Port\": 0, \"AllNodes\": [\"caiso\"] }");
        var run = (await CommandRun.Of("doctor", "--data", data.Path)).Ended(0);
        Assert.Contains("all of caiso; hubs, zones and named places of pjm", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_fails_where_the_data_directory_can_not_be_written()
    {
        using var data = new DataFolder();
        var file = data.Write("file", "");
        var run = (await CommandRun.Of("doctor", "--data", Path.Combine(file, "below"))).Ended(1);
        var words = run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("name another with --data DIR", string.Join(' ', words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_prints_counts_by_law_and_ends_with_0_where_all_hold()
    {
        var json = (await CommandRun.Of("simulate", "--seed", "3", "--days", "1", "--faults", "none")).Ended(0).Json;
        Assert.True(json.GetProperty("holds").GetBoolean());
        Assert.NotEmpty(json.GetProperty("laws").EnumerateObject());
        Assert.All(json.GetProperty("laws").EnumerateObject(), law => Assert.Equal(0, law.Value.GetProperty("broken").GetInt64()));
        Assert.Contains(json.GetProperty("laws").EnumerateObject(), law => law.Value.GetProperty("checked").GetInt64() > 0);
    }
}
