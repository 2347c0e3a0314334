using System.IO.Compression;

namespace Aurum.Tests.Commands;

/// <summary><c>aurum ticks replay</c> and <c>aurum ticks bars --data</c>.</summary>
public sealed class TicksReplayCommandTests
{
    [Theory]
    [InlineData("json", "ticks.json")]
    [InlineData("csv", "ticks.csv")]
    [InlineData("binary", "ticks.bin")]
    public async Task A_replayed_file_has_the_bars_of_the_file_and_is_taken_once(string form, string name)
    {
        using var folder = TestFolder.InMemory();
        await Generate(folder[name], form, 20_000);
        var expected = (await CommandRun.Of("ticks", "bars", "--from", folder[name], "--format", "csv")).Ended(0).Out;
        await Replay(folder, 20_000, folder[name]);
        Assert.Equal(expected, await Bars(folder));
        await Replay(folder, 0, folder[name]);
        Assert.Equal(expected, await Bars(folder));
    }

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_names_and_in_any_pieces()
    {
        using var folder = TestFolder.InMemory();
        await Generate(folder["all.json"], "json", 6_000);
        var lines = await File.ReadAllLinesAsync(folder["all.json"]);
        Directory.CreateDirectory(folder["parts"]);
        for (var part = 0; part < 3; part++)
        {
            var text = string.Concat(lines[(part * 2_000)..((part + 1) * 2_000)].Select(l => l + "\n"));
            await using var file = File.Create(Path.Combine(folder["parts"], $"{part}.json.gz"));
            await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        }

        await Replay(folder, 6_000, folder["parts"], "--batch-messages", "37");
        Assert.Equal(
            (await CommandRun.Of("ticks", "bars", "--from", folder["all.json"], "--format", "csv")).Ended(0).Out, await Bars(folder));
        var some = (await CommandRun.Of(
            "ticks", "bars", "--data", folder["data"], "--interval", "1h", "--start", "2026-03-02T15:00:00Z",
            "--end", "2026-03-02T16:00:00Z", "--format", "json")).Ended(0);
        Assert.All(some.Json.EnumerateArray(), b => Assert.Equal("2026-03-02T15:00:00Z", b.GetProperty("start_utc").GetString()));
        var before = (await CommandRun.Of(
            "ticks", "bars", "--data", folder["data"], "--as-of", "2025-01-01T00:00:00Z", "--format", "json")).Ended(0);
        Assert.Equal(0, before.Json.GetArrayLength());
    }

    [Fact]
    public async Task A_replay_keeps_to_its_speed_and_says_what_it_expects()
    {
        using var folder = TestFolder.InMemory();
        await Generate(folder["ticks.json"], "json", 200);
        var wrong = await CommandRun.Of("ticks", "replay", folder["ticks.json"], "--data", folder["data"], "--speed", "0");
        Assert.Contains("--speed: expected 1 to 1000 or max, found '0'", wrong.Ended(2).Error, StringComparison.Ordinal);
        var missing = await CommandRun.Of("ticks", "replay", folder["none.json"], "--data", folder["data"]);
        Assert.Contains("expected a file or a folder, found nothing", missing.Ended(2).Error, StringComparison.Ordinal);
        await Replay(folder, 200, folder["ticks.json"], "--speed", "1000", "--batch-messages", "100");
        string[] again = ["ticks", "replay", folder["ticks.json"], "--data", folder["data"]];
        Assert.StartsWith(
            "0 messages = 0 accepted + 0 duplicate + 0 late + 0 dead letters; 1 files, 1 of them known; ",
            (await CommandRun.Of(again)).Ended(0).Out,
            StringComparison.Ordinal);
        var csv = (await CommandRun.Of([.. again, "--format", "csv"])).Ended(0);
        Assert.Equal("files,files_known,bytes,received,accepted,duplicate,late_amended,dead_lettered,seconds", csv.Lines[0]);
        Assert.StartsWith("1,1,0,0,0,0,0,0,", csv.Lines[1], StringComparison.Ordinal);
        var json = (await CommandRun.Of([.. again, "--format", "json"])).Ended(0).Json;
        Assert.Equal((1, 1), (json.GetProperty("files").GetInt32(), json.GetProperty("files_known").GetInt32()));
    }

    [Fact]
    public async Task A_replay_keeps_ticks_as_long_as_a_server_does()
    {
        using var folder = TestFolder.InMemory();
        await Generate(folder["ticks.json"], "json", 200);
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllTextAsync(Path.Combine(folder["data"], "aurum.json"), """{"StoreTickDays": 1}""");
        string[] replay = ["ticks", "replay", folder["ticks.json"], "--data", folder["data"]];
        (await CommandRun.At(CommandRun.Now, replay)).Ended(0);
        Assert.Equal("200", await Ticks(folder));
        var bars = await Bars(folder);
        (await CommandRun.At(CommandRun.Now + NodaTime.Duration.FromHours(25), replay)).Ended(0);
        Assert.Equal("0", await Ticks(folder));
        Assert.Equal(bars, await Bars(folder));
    }

    private static async Task<string> Ticks(TestFolder folder) => (await CommandRun.Of(
        "sql", "select count(*) from ticks", "--data", folder["data"], "--format", "csv")).Ended(0).Lines[1];

    private static async Task Generate(string file, string form, int count) => (await CommandRun.Of(
        "ticks", "generate", "--to", file, "--form", form, "--count", $"{count}", "--instruments", "8", "--disorder", "20")).Ended(0);

    private static async Task<string> Bars(TestFolder folder) =>
        (await CommandRun.Of("ticks", "bars", "--data", folder["data"], "--format", "csv")).Ended(0).Out;

    private static async Task Replay(TestFolder folder, int received, params string[] arguments)
    {
        var run = (await CommandRun.Of(["ticks", "replay", "--data", folder["data"], "--json", .. arguments])).Ended(0);
        Assert.Equal(received, run.Json.GetProperty("received").GetInt64());
        Assert.Equal(received, run.Json.GetProperty("accepted").GetInt64());
    }
}
