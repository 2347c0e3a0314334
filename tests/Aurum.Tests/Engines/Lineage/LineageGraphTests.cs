using System.Text.Json;
using Aurum.App.Commands;
using Aurum.Cluster.Lineage;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

public sealed class LineageGraphTests : IDisposable
{
    private static readonly LineageDataset Site = new("https://oasis.caiso.com", "caiso/day-ahead-lmp");
    private static readonly LineageDataset Rows = new("aurum", "store.iso_lmp");
    private static readonly LineageDataset Lake = new("s3://aurum-curated", "iceberg/market/iso_lmp");

    private readonly TestFolder _folder = new();

    public LineageGraphTests()
    {
        var json = new LineageJson(new LineageOptions { File = "lineage.ndjson" });
        LineageEvent[] events =
        [
            Event(LineageState.Start, 1, "ingest.caiso/day-ahead-lmp", [Site], []),
            Event(LineageState.Complete, 2, "ingest.caiso/day-ahead-lmp", [Site], [Rows]),
            Event(LineageState.Fail, 3, "ingest.caiso/day-ahead-lmp", [Site], []),
            Event(LineageState.Complete, 4, "lake.market.iso_lmp", [Rows], [Lake]),
        ];
        File.WriteAllLines(
            _folder["events.ndjson"],
            [.. events.Select(e => System.Text.Encoding.UTF8.GetString(json.Write(e))), "{\"no\":\"event\"}", ""]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_comes_from_its_site_and_goes_to_the_lake()
    {
        var graph = LineageGraph.Read(File.ReadLines(_folder["events.ndjson"]));
        Assert.Equal((4, 1), (graph.Events, graph.Damaged));
        var lake = Assert.Single(graph.Find("market/iso_lmp"));
        Assert.Equal(
            [(1, "aurum/store.iso_lmp", "COMPLETE"), (2, "https://oasis.caiso.com/caiso/day-ahead-lmp", "FAIL")],
            graph.Upstream(lake, 20).Select(static s => (s.Depth, s.Dataset.ToString(), s.State)));
        Assert.Single(graph.Upstream(lake, 1));
        Assert.Empty(graph.Downstream(lake, 20));
        Assert.Equal(2, graph.Find("iso_lmp").Count);
    }

    [Fact]
    public void Jobs_of_one_name_in_two_namespaces_are_two_and_the_latest_event_counts_whatever_its_clock()
    {
        static string Line(string space, string at, string state, string from, string to) =>
            $$"""
            {"eventType": "{{state}}", "eventTime": "{{at}}", "job": {"namespace": "{{space}}", "name": "load"},
             "inputs": [{"namespace": "n", "name": "{{from}}"}], "outputs": [{"namespace": "n", "name": "{{to}}"}]}
            """.ReplaceLineEndings(" ");
        var graph = LineageGraph.Read(
        [
            Line("one", "2025-11-02T03:30:00Z", "COMPLETE", "a", "b"), Line("one", "2025-11-02T04:00:00+01:00", "START", "a", "b"),
            Line("two", "2025-11-02T03:00:00Z", "FAIL", "c", "d"), Line("two", "yesterday", "COMPLETE", "c", "d"),
            """{"eventTime": "2025-11-02T03:00:00Z", "job": {"namespace": "two", "name": null}}""",
        ]);

        Assert.Equal((3, 2), (graph.Events, graph.Damaged));
        var step = Assert.Single(graph.Upstream(new LineageNode("n", "b"), 20));
        Assert.Equal(("n/a", "load", "COMPLETE"), (step.Dataset.ToString(), step.Job, step.State));
        Assert.Equal("FAIL", Assert.Single(graph.Upstream(new LineageNode("n", "d"), 20)).State);
    }

    [Fact]
    public void The_command_prints_both_ways_as_text_and_as_JSON()
    {
        var text = Printed("store.iso_lmp", isJson: false);
        Assert.Equal(
            """
            aurum/store.iso_lmp
            is made of
              https://oasis.caiso.com/caiso/day-ahead-lmp  (ingest.caiso/day-ahead-lmp, FAIL 2025-11-02T03:00:00Z)
            goes to
              s3://aurum-curated/iceberg/market/iso_lmp  (lake.market.iso_lmp, COMPLETE 2025-11-02T04:00:00Z)

            """,
            text);
        var json = JsonSerializer.Deserialize<JsonElement>(Printed("store.iso_lmp", isJson: true));
        Assert.Equal("caiso/day-ahead-lmp", json.GetProperty("upstream")[0].GetProperty("name").GetString());
        Assert.Equal(1, json.GetProperty("downstream")[0].GetProperty("depth").GetInt32());
        Assert.Equal(3, Printed(null, isJson: false).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("iso_lmp", "found several: aurum/store.iso_lmp, s3://aurum-curated/iceberg/market/iso_lmp")]
    [InlineData("store.iso_lmb", "found none; did you mean store.iso_lmp?")]
    public void A_name_that_means_none_or_several_is_refused(string name, string why)
    {
        var error = Assert.Throws<CommandException>(() => Printed(name, isJson: false));
        Assert.Equal($"expected one dataset for '{name}', {why}", error.Message);
    }

    private string Printed(string? dataset, bool isJson)
    {
        using var output = new MemoryStream();
        var console = new CommandConsole(output, TextWriter.Null, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
        var asked = new ShowArguments(_folder.Path, dataset, [_folder["events.ndjson"]], 20, isJson);
        Assert.Equal(0, LineageCommand.Show(asked, console));
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static LineageEvent Event(
        LineageState state, int hour, string job, IReadOnlyList<LineageDataset> inputs, IReadOnlyList<LineageDataset> outputs) =>
        new(state, Instant.FromUtc(2025, 11, 2, hour, 0), LineageRunId.Of("aurum", job, "1"), new LineageJob(job, "Does it.", "src"))
        {
            Inputs = inputs, Outputs = outputs,
        };
}
