namespace Aurum.Tests.Commands;

/// <summary>Scenarios over curves of a made-up workbook, on the command line, where no server runs.</summary>
public sealed class ScenarioCommandTests(LoadedCurves loaded) : IClassFixture<LoadedCurves>
{
    private const string Growth = """
        {"name": "More load", "assumptions": [{"driver_type": "load_growth", "payload": {"annual_growth_pct": PCT}}],
         "parameters": {"curves": [{"words": "German power", "location": "German", "block": "PEAK"}]}}
        """;

    [Fact]
    public async Task A_scenario_is_created_run_read_compared_and_computed_again()
    {
        using var folder = new DataFolder();
        var slow = await Create(folder, "1");
        var fast = await Create(folder, "3");
        var run = (await loaded.Aurum("scenario", "run", slow, "--format", "json")).Ended(0);
        Assert.Equal("succeeded", run.Json[0].GetProperty("status").GetString());
        (await loaded.Aurum("scenario", "run", fast)).Ended(0);
        var id = run.Json[0].GetProperty("id").GetString()!;

        var outputs = (await loaded.Aurum("scenario", "outputs", slow, "--tenor-type", "monthly")).Ended(0);
        Assert.Equal(122, outputs.Lines.Count);
        Assert.StartsWith("asof_date,curve_name,tenor_type,tenor_label,metric,base,value,", outputs.Lines[0], StringComparison.Ordinal);
        var table = (await loaded.Aurum("scenario", "outputs", slow, "--tenor-type", "calendar", "--format", "table")).Ended(0);
        Assert.Contains("load_growth +", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("delta", table.Out, StringComparison.Ordinal);
        var diff = (await loaded.Aurum("scenario", "diff", slow, fast, "--tenor-type", "calendar", "--format", "json")).Ended(0);
        Assert.All(diff.Json.EnumerateArray(), static d => Assert.True(d.GetProperty("diff_abs").GetDouble() >= 0));

        var again = (await loaded.Aurum("scenario", "rerun", slow, id)).Ended(0);
        Assert.Contains("the outputs are the same to the byte", again.Error, StringComparison.Ordinal);
        var manifest = folder.Write("manifest.json", (await loaded.Aurum("scenario", "manifest", id)).Ended(0).Out);
        Assert.Equal(again.Out, (await loaded.Aurum("scenario", "run", "--manifest", manifest)).Ended(0).Out);

        Assert.Equal(2, (await loaded.Aurum("scenario", "runs", slow)).Ended(0).Lines.Count);
        Assert.Contains("expected a run that is queued or running", (await loaded.Aurum("scenario", "cancel", id)).Ended(2).Error,
            StringComparison.Ordinal);
        (await loaded.Aurum("scenario", "delete", slow)).Ended(0);
        Assert.DoesNotContain(slow, (await loaded.Aurum("scenario", "list")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_document_ends_with_2_and_a_line_for_each_field()
    {
        using var folder = new DataFolder();
        var file = folder.Write("wrong.json", """{"assumptions": 7, "parameters": {"paths": "many"}}""");
        var run = (await loaded.Aurum("scenario", "create", file)).Ended(2);
        Assert.Contains("$.name: expected ", run.Error, StringComparison.Ordinal);
        Assert.Contains("$.assumptions", run.Error, StringComparison.Ordinal);
        Assert.Contains("$.parameters.paths: expected a whole number", run.Error, StringComparison.Ordinal);
        var told = (await loaded.Aurum(
            "scenario", "validate", folder.Write("right.json", Growth.Replace("PCT", "2", StringComparison.Ordinal)))).Ended(0);
        Assert.StartsWith("1 curve, 121 months", told.Lines[0], StringComparison.Ordinal);
    }

    private async Task<string> Create(DataFolder folder, string percent)
    {
        var file = folder.Write($"growth-{percent}.json", Growth.Replace("PCT", percent, StringComparison.Ordinal));
        return (await loaded.Aurum("scenario", "create", file)).Ended(0).Lines[0];
    }
}
