using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Tests.Api.Ppa;
using Aurum.Tests.Curves;
using NodaTime;

namespace Aurum.Tests.Commands;

/// <summary>Contracts on the command line, in a data directory of one's own.</summary>
[Trait("Category", "Slow")]
public sealed class PpaCommandTests(PpaFolder folder) : IClassFixture<PpaFolder>
{
    [Fact]
    public async Task A_newcomer_gets_from_the_sandbox_to_the_value_of_a_contract()
    {
        var example = (await Aurum("ppa", "example", "--start", "2027-01-01")).Ended(0);
        Assert.Equal(PpaWorld.Solar, example.Out);
        var file = folder.Write("c.json", example.Out);
        var words = (await Aurum("ppa", "check", file)).Ended(0);
        Assert.Contains("Caprock Solar", words.Out, StringComparison.Ordinal);

        var value = (await Aurum("ppa", "value", file, "--format", "table", "--paths", "100", "--seed", "5")).Ended(0);
        string[] parts = ["net present value", "Cash flows by year", "Value, part by part", "Risk: 100 paths, seed 5", "manifest "];
        foreach (var part in parts)
        {
            Assert.Contains(part, value.Out, StringComparison.Ordinal);
        }

        Assert.Contains("100 of 100 % of the paths", value.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("stored as", value.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Years_and_months_have_one_sum()
    {
        var file = folder.Write("sums.json", PpaWorld.Solar);
        var years = (await Aurum("ppa", "value", file, "--format", "csv")).Ended(0).Lines;
        var months = (await Aurum("ppa", "value", file, "--format", "csv", "--months")).Ended(0).Lines;
        Assert.Equal((6, 61), (years.Count, months.Count));
        Assert.StartsWith("year,expected_mwh,", years[0], StringComparison.Ordinal);
        Assert.Equal(Net(months), Net(years));
        var json = (await Aurum("ppa", "value", file, "--format", "json")).Ended(0).Json;
        Assert.Equal(
            Net(years), json.GetProperty("result").GetProperty("cashflows").EnumerateArray().Sum(c => c.GetProperty("net").GetDecimal()));
    }

    [Fact]
    public async Task What_is_wrong_with_a_contract_ends_with_2_and_a_line_for_each_field()
    {
        var wrong = folder.Write("wrong.json", PpaWorld.Peak().Replace("\"buyer\"", "\"byer\"", StringComparison.Ordinal)
            .Replace("\"capacity_mw\":10", "\"capacity_mw\":-10", StringComparison.Ordinal));
        var run = (await Aurum("ppa", "check", wrong)).Ended(2);
        Assert.Contains("$.side: expected one of buyer, seller (nearest: buyer), found 'byer'", run.Error, StringComparison.Ordinal);
        Assert.Contains("$.volume.capacity_mw: expected a number", run.Error, StringComparison.Ordinal);
        Assert.Contains("$.terms.side: ", (await Aurum("ppa", "value", wrong)).Ended(2).Error, StringComparison.Ordinal);
        (await Aurum("ppa", "check", folder.Write("none.json", "{"))).Ended(2);
        Assert.Contains("there is no such file", (await Aurum("ppa", "value", "missing.json")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("'000'", (await Aurum("ppa", "value", "000")).Ended(1).Error, StringComparison.Ordinal);
        var good = folder.Write("good.json", PpaWorld.Peak());
        var run2 = (await Aurum("ppa", "value", good, "--as-of", "2020-01-02")).Ended(2);
        Assert.Contains("'aurum curves load FILE'", run2.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_contract_is_listed_shown_valued_and_removed_for_its_tenant_alone()
    {
        var file = folder.Write("stored.json", PpaWorld.Peak());
        var id = (await Aurum("ppa", "add", file, "--instrument", "WEST-1", "--tenant", "cli")).Ended(0).Out.Trim();
        var listed = (await Aurum("ppa", "list", "--tenant", "cli", "--format", "csv")).Ended(0);
        Assert.StartsWith(
            $"{id},1,WEST-1,Peak strip,buyer,Alamo Power,gas,2027-01-01,2027-12-31,", listed.Lines[1], StringComparison.Ordinal);
        Assert.Contains("never valued", (await Aurum("ppa", "show", id, "--tenant", "cli")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Single((await Aurum("ppa", "list", "--format", "csv")).Ended(0).Lines);
        (await Aurum("ppa", "show", id)).Ended(1);

        var value = (await Aurum("ppa", "value", id, "--tenant", "cli", "--format", "json")).Ended(0).Json;
        var stored = value.GetProperty("valuation_id").GetString()!;
        Assert.Contains(stored, (await Aurum("ppa", "show", id, "--tenant", "cli")).Ended(0).Out, StringComparison.Ordinal);
        var count = await Aurum("sql", "select count(*) as n from ppa_cashflows where tenant_id = 'cli'", "--format", "csv");
        Assert.Equal("12", count.Ended(0).Lines[1]);
        (await Aurum("ppa", "remove", id)).Ended(1);
        (await Aurum("ppa", "remove", id, "--tenant", "cli")).Ended(0);
        (await Aurum("ppa", "show", id, "--tenant", "cli")).Ended(1);
    }

    [Fact]
    public async Task A_manifest_is_done_again_to_the_byte_or_says_what_is_otherwise()
    {
        var file = folder.Write("again.json", PpaWorld.Peak());
        var manifest = Path.Combine(folder.Path, "manifest.json");
        (await Aurum("ppa", "value", file, "--paths", "100", "--manifest", manifest)).Ended(0);
        var same = (await Aurum("ppa", "repeat", manifest)).Ended(0);
        Assert.StartsWith("the same to the byte: ", same.Out, StringComparison.Ordinal);

        var text = JsonNode.Parse(await File.ReadAllTextAsync(manifest))!;
        text["manifest"]!["inputs"]!["terms"]!["volume"]!["capacity_mw"] = 11;
        var changed = folder.Write("changed.json", text.ToJsonString());
        Assert.StartsWith("not the same: ", (await Aurum("ppa", "repeat", changed)).Ended(1).Out, StringComparison.Ordinal);
        (await Aurum("ppa", "repeat", file)).Ended(2);
    }

    [Fact]
    public async Task A_change_between_two_dates_is_explained()
    {
        var file = folder.Write("explain.json", PpaWorld.Solar);
        string[] dates = ["--from", $"{PpaWorld.Friday:uuuu-MM-dd}", "--to", $"{PpaWorld.Monday:uuuu-MM-dd}"];
        var table = (await Aurum(["ppa", "explain", file, .. dates, "--format", "table"])).Ended(0);
        Assert.Contains($"value on {PpaWorld.Monday:uuuu-MM-dd}", table.Out, StringComparison.Ordinal);
        var json = (await Aurum(["ppa", "explain", file, .. dates, "--format", "json"])).Ended(0).Json;
        Assert.Equal(
            json.GetProperty("change").GetDecimal(),
            json.GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("value").GetDecimal()));
    }

    [Fact]
    public async Task The_schema_is_printed_and_options_come_from_flags_or_a_file()
    {
        Assert.Equal(JsonValueKind.Object, (await Aurum("ppa", "schema")).Ended(0).Json.ValueKind);
        var file = folder.Write("options.json", PpaWorld.Peak());
        var options = folder.Write("o.json", """{"discount_percent": 0, "simulation": {"paths": 100, "seed": 9}}""");
        var run = (await Aurum("ppa", "value", file, "--options", options, "--paths", "150", "--format", "json")).Ended(0).Json;
        var inputs = run.GetProperty("manifest").GetProperty("inputs").GetProperty("options");
        Assert.Equal((150, 9), (inputs.GetProperty("simulation").GetProperty("paths").GetInt32(), inputs.GetProperty("simulation")
            .GetProperty("seed").GetInt32()));
        Assert.All(
            run.GetProperty("result").GetProperty("cashflows").EnumerateArray(),
            c => Assert.Equal(c.GetProperty("net").GetDecimal(), c.GetProperty("present_value").GetDecimal()));
        Assert.Contains(
            "$.options.discount", (await Aurum("ppa", "value", file, "--options", folder.Write("p.json", """{"discount": 1}"""))).Ended(2)
                .Error, StringComparison.Ordinal);
    }

    private static decimal Net(IReadOnlyList<string> lines)
    {
        var column = lines[0].Split(',').ToList().IndexOf("net");
        return lines.Skip(1).Sum(l => decimal.Parse(l.Split(',')[column], CultureInfo.InvariantCulture));
    }

    private Task<CommandRun> Aurum(params string[] arguments) => folder.Aurum(arguments);
}

/// <summary>The same against a running server: it values, the command prints.</summary>
[Trait("Category", "Slow")]
public sealed class PpaServerCommandTests(PpaWorld world) : IClassFixture<PpaWorld>
{
    [Fact]
    public async Task Commands_ask_the_server_that_has_the_directory_open_and_print_the_same()
    {
        using var folder = new DataFolder();
        var file = folder.Write("c.json", PpaWorld.Peak());
        var known = $"{world.Rig.Clock.Now}";
        var value = (await Aurum("ppa", "value", file, "--known-at", known, "--paths", "100", "--format", "json")).Ended(0).Json;
        var direct = await world.Post(
            "/v1/ppa/preview",
            $$"""{"terms": {{PpaWorld.Peak()}}, "known_at": "{{known}}", "options": {"simulation": {"paths": 100} } }""", "cli");
        Assert.Equal((string)direct["version_hash"]!, value.GetProperty("version_hash").GetString());

        var id = (await Aurum("ppa", "add", file, "--tenant", "cli")).Ended(0).Out.Trim();
        Assert.Contains(id, (await Aurum("ppa", "list", "--tenant", "cli", "--format", "csv")).Ended(0).Out, StringComparison.Ordinal);
        var table = (await Aurum("ppa", "value", id, "--tenant", "cli", "--format", "table")).Ended(0);
        Assert.Contains("stored as ", table.Out, StringComparison.Ordinal);
        Assert.Contains("Peak strip", (await Aurum("ppa", "show", id, "--tenant", "cli")).Ended(0).Out, StringComparison.Ordinal);
        var manifest = Path.Combine(folder.Path, "m.json");
        (await Aurum("ppa", "value", id, "--tenant", "cli", "--manifest", manifest)).Ended(0);
        Assert.StartsWith("the same to the byte", (await Aurum("ppa", "repeat", manifest)).Ended(0).Out, StringComparison.Ordinal);
        (await Aurum(
            "ppa", "explain", id, "--tenant", "cli", "--from", $"{PpaWorld.Friday:uuuu-MM-dd}", "--to", $"{PpaWorld.Monday:uuuu-MM-dd}"))
            .Ended(0);
        (await Aurum("ppa", "remove", id, "--tenant", "cli")).Ended(0);
        Assert.Contains("'" + id, (await Aurum("ppa", "show", id, "--tenant", "cli")).Ended(1).Error, StringComparison.Ordinal);
        var wrong = folder.Write("w.json", PpaWorld.Peak().Replace("\"buyer\"", "\"byer\"", StringComparison.Ordinal));
        Assert.Contains("$.terms.side: expected one of", (await Aurum("ppa", "value", wrong)).Ended(2).Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> Aurum(params string[] arguments) =>
        CommandRun.At(world.Rig.Clock.Now, [.. arguments, "--data", world.Rig.DataDirectory]);
}

/// <summary>A data directory with the curves of two dates.</summary>
public sealed class PpaFolder : IAsyncLifetime, IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 20, 0);

    private readonly DataFolder _folder = new();

    internal string Path => _folder.Path;

    public async Task InitializeAsync()
    {
        foreach (var day in new[] { PpaWorld.Friday, PpaWorld.Monday })
        {
            var book = System.IO.Path.Combine(Path, CurveRig.NameOf("pw", day));
            await File.WriteAllBytesAsync(book, CurveRig.Book("pw", day));
            (await Aurum("curves", "load", book)).Ended(0);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    internal string Write(string name, string text) => _folder.Write(name, text);

    internal Task<CommandRun> Aurum(params string[] arguments) =>
        CommandRun.At(Now, [.. arguments, "--data", System.IO.Path.Combine(Path, "data")]);
}
