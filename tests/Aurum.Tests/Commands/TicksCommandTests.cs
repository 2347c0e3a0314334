using System.Text.Json;

namespace Aurum.Tests.Commands;

/// <summary><c>aurum ticks</c> on files.</summary>
public sealed class TicksCommandTests
{
    private const string Columns = "instrument_id,interval,start_utc,open,high,low,close,volume,vwap,count,revision";

    [Theory]
    [InlineData("json")]
    [InlineData("json-a")]
    [InlineData("csv")]
    [InlineData("binary")]
    public async Task A_stream_gives_the_same_bars_in_every_form(string form)
    {
        using var folder = new TestFolder();
        var expected = await Bars(folder, "json", "first.json", []);
        Assert.Equal(Columns, expected[0]);
        Assert.True(expected.Count > 100);
        var file = form switch { "csv" => "second.csv", "binary" => "second.bin", _ => "second.json" };
        Assert.Equal(expected, await Bars(folder, form, file, []));
    }

    [Fact]
    public async Task Disorder_and_duplicates_change_no_bar()
    {
        using var folder = new TestFolder();
        var expected = await Bars(folder, "json", "first.json", []);
        Assert.Equal(expected, await Bars(folder, "json", "second.json", ["--disorder", "25"]));
    }

    [Fact]
    public async Task JSON_has_what_the_columns_leave_out_and_an_interval_can_be_chosen()
    {
        using var folder = new TestFolder();
        await Generate(folder, "json", "ticks.json", []);
        var run = (await CommandRun.Of(
            "ticks", "bars", "--from", Path.Combine(folder.Path, "ticks.json"), "--interval", "1d", "--format", "json")).Ended(0);
        Assert.Equal(8, run.Json.GetArrayLength());
        Assert.All(run.Json.EnumerateArray(), b =>
        {
            Assert.Equal("1d", b.GetProperty("interval").GetString());
            Assert.Equal(JsonValueKind.True, b.GetProperty("partial_end").ValueKind);
            Assert.Equal("default", b.GetProperty("tenant_id").GetString());
        });
        Assert.Equal("aurum: 2000 messages = 2000 accepted + 0 duplicate + 0 late + 0 dead letters\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Dead_letters_are_told_with_their_place()
    {
        using var folder = new TestFolder();
        await Generate(folder, "json", "ticks.json", ["--mode", "malformed"]);
        var run = (await CommandRun.Of("ticks", "bars", "--from", Path.Combine(folder.Path, "ticks.json"))).Ended(0);
        Assert.Contains("2000 messages = 1334 accepted + 0 duplicate + 0 late + 666 dead letters", run.Error, StringComparison.Ordinal);
        Assert.Contains("ticks.json: InvalidJson: byte ", run.Error, StringComparison.Ordinal);
        Assert.Contains("... 656 more dead letters", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_said()
    {
        Assert.Contains("--form json", (await CommandRun.Of("ticks", "generate", "--mode", "malformed", "--form", "csv")).Ended(2).Error,
            StringComparison.Ordinal);
        Assert.Contains("--start", (await CommandRun.Of("ticks", "generate", "--start", "noon")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("--delay", (await CommandRun.Of("ticks", "bars", "--from", "nothing.json", "--delay", "-1")).Ended(2).Error,
            StringComparison.Ordinal);
        (await CommandRun.Of("ticks", "bars", "--from", "nothing.json")).Ended(2);
    }

    private static async Task<IReadOnlyList<string>> Bars(TestFolder folder, string form, string file, string[] more)
    {
        await Generate(folder, form, file, more);
        return (await CommandRun.Of("ticks", "bars", "--from", Path.Combine(folder.Path, file), "--format", "csv")).Ended(0).Lines;
    }

    private static async Task Generate(TestFolder folder, string form, string file, string[] more) => (await CommandRun.Of(
        ["ticks", "generate", "--count", "2000", "--instruments", "8", "--form", form, "--to", Path.Combine(folder.Path, file), .. more]))
        .Ended(0);
}
