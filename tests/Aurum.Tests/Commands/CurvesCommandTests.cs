using Aurum.Tests.Curves;
using NodaTime;

namespace Aurum.Tests.Commands;

public sealed class CurvesCommandTests : IDisposable
{
    private static readonly LocalDate Day = CurveRig.Monday;

    private readonly TestFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_daily_job_loads_shows_compares_and_repairs()
    {
        (await Run("load", Write(Day.PlusDays(-3)))).Ended(0);
        var load = (await Run("load", Write(Day))).Ended(0);
        Assert.Equal(
            "file,vendor,asof_date,branch,tag,state,rows,new,changed,identical,withdrawn,quarantined,gate", load.Lines[0]);
        Assert.StartsWith(
            "EOD_PW_20260309_1430.xlsx,pw,2026-03-09,eod_20260309,release/2026-03-09,merged,", load.Lines[1], StringComparison.Ordinal);
        var list = (await Run("list", "--format", "json")).Ended(0).Json;
        Assert.NotEqual(0, list.GetArrayLength());
        var key = list[0].GetProperty("curve_key").GetString()!;
        var shown = (await Run("show", key[..12], "--as-of", "2026-03-09", "--tenor-type", "MONTHLY")).Ended(0);
        Assert.StartsWith("asof_date,source_file,sheet_name,asset_class,", shown.Lines[0], StringComparison.Ordinal);
        Assert.Equal(list[0].GetProperty("months").GetInt32(), shown.Lines.Count - 1);
        Assert.True((await Run("strips", key[..12], "--as-of", "2026-03-09")).Ended(0).Lines.Count > 1);
        Assert.Contains("market_move", (await Run("diff", "2026-03-06", "2026-03-09", key[..12])).Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal("no rows\n", (await Run("diff", "release/2026-03-09", "2026-03-09", "--format", "table")).Ended(0).Out);

        var stopped = (await Run("load", Write(Day.PlusDays(1), "broken-strip"))).Ended(1);
        Assert.Contains("eod_20260310 stays open: EOD_PW_20260310_1430.xlsx: curve_arbitrage/", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("open", (await Run("branches")).Ended(0).Lines[^1], StringComparison.Ordinal);
        Assert.Contains("Fail", (await Run("check", "--as-of", "2026-03-10")).Ended(0).Out, StringComparison.Ordinal);
        var error = (await Run("errors", "--as-of", "2026-03-10")).Ended(0).Lines[1];
        Assert.StartsWith("pw/eod-curves,ERROR,EOD_PW_20260310_1430.xlsx,eod_20260310,", error, StringComparison.Ordinal);
        (await Run("merge", "eod_20260310")).Ended(1);
        var merged = (await Run(
            "merge", "eod_20260310", "--override", "expect_strips_to_equal_mean_of_months", "--why", "seen")).Ended(0);
        Assert.StartsWith("eod_20260310 of 2026-03-10: merged as release/2026-03-10; overridden: ", merged.Out, StringComparison.Ordinal);
        Assert.Contains("curves_20260310.parquet", (await Run("export", "--as-of", "2026-03-10")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_exported_after_each_merge_where_the_settings_say_so()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "aurum.json"), """{"CurveExports": {"AfterMerge": true, "Tenant": "desk", "Formats": ["csv"]}}""");
        (await Run("load", Write(Day))).Ended(0);
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(Data, "exports", "desk", "asof=2026-03-09", "curves_20260309.csv"));
        Assert.StartsWith("asof_date,source_file,", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 1);
    }

    [Fact]
    public async Task Bad_input_is_named()
    {
        Assert.Contains("there is no such file", (await Run("load", "nothing.xlsx")).Ended(2).Error, StringComparison.Ordinal);
        var odd = _folder["odd.xlsx"];
        await File.WriteAllTextAsync(odd, "no workbook");
        Assert.Contains("expected a workbook of eugp, rp, pw", (await Run("load", odd)).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("no open branch 'eod_20260309'", (await Run("merge", "eod_20260309")).Ended(2).Error, StringComparison.Ordinal);
        var main = (await Run("load", Write(Day), "--branch", "main")).Ended(2);
        Assert.Contains("expected eod_YYYYMMDD", main.Error, StringComparison.Ordinal);
    }

    /// <summary>Each vendor's recorded workbooks: exactly their rows, what is held back by reason, and nothing the second time.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task All_recorded_workbooks_are_loaded_pass_and_merge()
    {
        string[] files = [.. Samples.Files("workbooks").Where(f => Path.GetFileName(f).StartsWith("EOD_", StringComparison.Ordinal))];
        var loads = (await Run(["load", .. files, "--format", "json"])).Ended(0).Json.EnumerateArray().ToList();
        Assert.Equal(
            [
                "EUGP_20250212 11483/11483 ", "EUGP_20250701 11483/11483 ", "EUGP_20250916 11483/11483 ", "EUGP_20250917 11483/11483 ",
                "RP_20250212 26980/18924 missing_units_raw=8056", "RP_20250218 27816/19532 missing_units_raw=8284",
                "RP_20250711 27816/19532 missing_units_raw=8284", "RP_20250917 27816/19532 missing_units_raw=8284",
            ],
            loads.Select(l => $"{l.GetProperty("file").GetString()![4..^10]} {l.GetProperty("rows")}/{l.GetProperty("new")} "
                + string.Join(' ', l.GetProperty("quarantined").EnumerateObject().Select(q => $"{q.Name}={q.Value}")))
            .Order(StringComparer.Ordinal));
        Assert.All(loads, l => Assert.Equal(
            ("merged", "pass"), (l.GetProperty("state").GetString(), l.GetProperty("gate").GetString())));

        var again = (await Run(["load", .. files, "--format", "json"])).Ended(0).Json.EnumerateArray().ToList();
        Assert.All(again, l => Assert.Equal(
            (0L, 0L, 0L), (l.GetProperty("new").GetInt64(), l.GetProperty("changed").GetInt64(), l.GetProperty("withdrawn").GetInt64())));
        Assert.Equal(6 + 1, (await Run("branches")).Ended(0).Lines.Count);
        (await CommandRun.Of("replay", "--verify", "--data", Data)).Ended(0);
    }

    /// <summary>A load is killed at any moment: the next one finishes it, and nothing is there twice or in part.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_load_that_is_killed_is_finished_by_the_next_one()
    {
        string[] files = [Write(Day.PlusDays(-3)), Write(Day)];
        await KillLoads(files, rounds: 4, spins: 40_000_000);

        (await Run(["load", .. files])).Ended(0);
        await AllIsMergedOnce();
    }

    /// <summary>Several vendors share a date's branch and are merged in one transaction: whenever a kill comes, a vendor's quotes are all
    /// there with the other's or not at all, and have one tag and one instant.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_load_of_several_vendors_that_is_killed_never_shows_one_without_the_other()
    {
        string[] files = [Write(Day), WriteEugp(Day), Write(Day.PlusDays(1)), WriteEugp(Day.PlusDays(1))];
        await KillLoads(files, rounds: 3, spins: 30_000_000, async () =>
        {
            var halves = (await Ask("""
                select asof_date from curve_observation group by asof_date
                having count(distinct feed) <> 2 or count(distinct known_at) <> 1
                """)).Json;
            Assert.Equal(0, halves.GetArrayLength());
        });

        (await Run(["load", .. files])).Ended(0);
        await AllIsMergedOnce();
        var tags = (await Ask("select distinct asof_date, tag from curve_loads where state = 'merged' order by all")).Json;
        Assert.Equal(
            ["release/2026-03-09", "release/2026-03-10"],
            tags.EnumerateArray().Select(static t => t.GetProperty("tag").GetString()).Where(static t => t!.Length > 0).Distinct());
    }

    /// <summary>Starts loads of the files and kills each some time after it began.</summary>
    private async Task KillLoads(string[] files, int rounds, int spins, Func<Task>? look = null)
    {
        var random = new Random(5);
        for (var round = 0; round < rounds; round++)
        {
            await using (var process = AurumProcess.Start(["curves", "load", .. files, "--data", Data, "--format", "csv"]))
            {
                var folder = Path.Combine(Data, round % 2 == 0 ? "archive" : "errors");
                SpinWait.SpinUntil(() => Directory.Exists(folder), TimeSpan.FromSeconds(20));
                for (var left = random.Next(spins); left > 0; left--)
                {
                    Thread.SpinWait(1);
                }

                await process.Signal("KILL");
            }

            if (look is not null && File.Exists(Path.Combine(Data, "aurum.duckdb")))
            {
                await look();
            }
        }
    }

    private async Task AllIsMergedOnce()
    {
        Assert.All(
            (await Run("branches", "--format", "json")).Ended(0).Json.EnumerateArray(),
            branch => Assert.Equal("merged", branch.GetProperty("state").GetString()));
        var counts = await Ask("""
            select (select count(*) from curve_observation)
                = (select sum(rows_new) from deliveries where table_name = 'curve_observation')
              and (select count(*) from curve_observation)
                = (select count(*) from curve_landing where quarantine_reason = '' and branch like 'eod_%') as ok
            """);
        Assert.True(counts.Json[0].GetProperty("ok").GetBoolean());
        (await CommandRun.Of("replay", "--verify", "--data", Data)).Ended(0);
    }

    private async Task<CommandRun> Ask(string sql) => (await CommandRun.Of("sql", sql, "--data", Data, "--format", "json")).Ended(0);

    private string Write(LocalDate asOf, params string[] faults)
    {
        var path = _folder[CurveRig.NameOf("pw", asOf)];
        File.WriteAllBytes(path, CurveRig.Book("pw", asOf, faults));
        return path;
    }

    private string WriteEugp(LocalDate asOf)
    {
        var path = _folder[CurveRig.NameOf("eugp", asOf)];
        File.WriteAllBytes(path, CurveRig.Book("eugp", asOf));
        return path;
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(["curves", .. arguments, "--data", Data]);
}
