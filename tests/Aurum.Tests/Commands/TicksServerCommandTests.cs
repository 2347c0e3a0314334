using System.Text.Json;
using Aurum.Tests.Api.Ticks;

namespace Aurum.Tests.Commands;

/// <summary><c>aurum ticks</c> with a running server, and with the data directory where none runs.</summary>
public sealed class TicksServerCommandTests
{
    [Fact]
    public async Task Messages_are_sent_once_and_followed()
    {
        await using var server = await TickServer.StartAsync();
        using var folder = new TestFolder();
        var file = await Generate(folder, "ticks.csv", "--form", "csv", "--count", "500");
        var url = server.Http.BaseAddress!.ToString();

        var sent = (await CommandRun.Of("ticks", "send", file, "--batch", "120", "--gzip", "--url", url)).Ended(0);
        Assert.Contains("500 messages = 500 accepted + 0 duplicate + 0 late + 0 dead letters", sent.Error, StringComparison.Ordinal);
        Assert.Contains("5 requests in ", sent.Error, StringComparison.Ordinal);
        var again = (await CommandRun.Of("ticks", "send", file, "--batch", "120", "--url", url)).Ended(0);
        Assert.Contains("500 of them had been sent before", again.Error, StringComparison.Ordinal);
        var others = (await CommandRun.Of("ticks", "send", file, "--batch", "500", "--url", url)).Ended(0);
        Assert.Contains("500 messages = 0 accepted + 500 duplicate", others.Error, StringComparison.Ordinal);

        var all = (await CommandRun.Of("ticks", "tail", "--after", "0.0", "--count", "500", "--format", "json", "--url", url)).Ended(0);
        Assert.Equal(500, all.Lines.Distinct().Count());
        var id = JsonDocument.Parse(all.Lines[299]).RootElement.GetProperty("id").GetString()!;
        var rest = (await CommandRun.Of("ticks", "tail", "--after", id, "--count", "200", "--format", "json", "--url", url)).Ended(0);
        Assert.Equal(all.Lines.Skip(300), rest.Lines);
        var bars = (await CommandRun.Of(
            "ticks", "tail", "--interval", "5m", "--after", "0.0", "--count", "3", "--format", "csv", "--url", url)).Ended(0);
        Assert.StartsWith("id,tenant_id,instrument_id,interval,start_utc,", bars.Lines[0], StringComparison.Ordinal);
        Assert.Equal(4, bars.Lines.Count);
    }

    [Fact]
    public async Task Dead_letters_of_a_server_are_shown_and_sent_again_once()
    {
        await using var server = await TickServer.StartAsync();
        using var folder = new TestFolder();
        var url = server.Http.BaseAddress!.ToString();
        var file = await Malformed(folder);
        var third = (await File.ReadAllLinesAsync(file))[..2].Sum(static l => l.Length + 1);
        var sent = (await CommandRun.Of("ticks", "send", file, "--url", url)).Ended(0);
        Assert.Contains($"malformed.json: byte {third}: InvalidJson: expected ", sent.Error, StringComparison.Ordinal);
        await Redrive(folder, "--url", url);
    }

    [Fact]
    public async Task Dead_letters_of_a_directory_are_shown_and_sent_again_once()
    {
        using var folder = new TestFolder();
        var data = Path.Combine(folder.Path, "data");
        (await CommandRun.Of("ticks", "replay", await Malformed(folder), "--data", data)).Ended(0);
        await Redrive(folder, "--data", data);
        var status = (await CommandRun.Of("status", "--data", data)).Ended(0);
        Assert.Contains("aurum: real-time prices: 32 messages = 21 accepted", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_a_line_a_command_and_tells_more_of_one()
    {
        var all = (await CommandRun.Of("ticks", "--help")).Ended(0);
        Assert.Contains("Send real-time prices to a running server.", all.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Examples:", all.Out, StringComparison.Ordinal);
        var send = (await CommandRun.Of("ticks", "send", "--help")).Ended(0);
        Assert.Contains("aurum ticks generate --live | aurum ticks send -", send.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_said()
    {
        using var folder = new TestFolder();
        var data = Path.Combine(folder.Path, "data");
        Assert.Contains("no server has it open", (await CommandRun.Of(
            "ticks", "send", await Malformed(folder), "--data", data)).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("there is no such file", (await CommandRun.Of(
            "ticks", "send", "nothing.json", "--data", data)).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("--rate", (await CommandRun.Of("ticks", "send", "-", "--rate", "-1", "--data", data)).Ended(2).Error,
            StringComparison.Ordinal);
        Assert.Contains("nothing is stored here yet", (await CommandRun.Of("ticks", "dlq", "--data", data)).Ended(1).Error,
            StringComparison.Ordinal);
        Assert.Contains("expected ids of dead letters, or a filter", (await CommandRun.Of(
            "ticks", "redrive", "--data", data)).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("--format csv", (await CommandRun.Of(
            "ticks", "tail", "--kind", "bar", "--kind", "tick", "--url", "http://127.0.0.1:1")).Ended(2).Error, StringComparison.Ordinal);
    }

    /// <summary>Lists, shows and sends again: what fails again, what is mended, what was sent before.</summary>
    private static async Task Redrive(TestFolder folder, params string[] where)
    {
        var letters = (await CommandRun.Of(["ticks", "dlq", "--format", "json", .. where])).Ended(0).Json;
        Assert.Equal(10, letters.GetArrayLength());
        var missing = letters.EnumerateArray().First(l => l.GetProperty("field").GetString() == "event_id");
        var id = missing.GetProperty("id").GetString()!;

        var shown = (await CommandRun.Of(["ticks", "dlq", "show", id, .. where])).Ended(0);
        Assert.Contains("reason          MissingField", shown.Out, StringComparison.Ordinal);
        var raw = (await CommandRun.Of(["ticks", "dlq", "show", id, "--raw", .. where])).Ended(0).Out.TrimEnd();
        Assert.Equal(missing.GetProperty("text").GetString(), raw);

        string[] missingOnly = ["ticks", "redrive", "--reason", "MissingField", "--format", "csv", .. where];
        var trial = (await CommandRun.Of([.. missingOnly, "--dry-run"])).Ended(0);
        Assert.Equal(3, trial.Lines.Count);
        var mended = Path.Combine(folder.Path, "mended.json");
        await File.WriteAllTextAsync(mended, "");
        (await CommandRun.Of(["ticks", "redrive", id, "--mended", mended, .. where])).Ended(2);
        await File.WriteAllTextAsync(mended, raw.Replace("\"id\":", "\"event_id\":", StringComparison.Ordinal));
        string[] mend = ["ticks", "redrive", id, "--mended", mended, "--format", "csv", .. where];
        Assert.StartsWith($"{id},accepted,", (await CommandRun.Of(mend)).Ended(0).Lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{id},redriven-before,", (await CommandRun.Of(mend)).Ended(0).Lines[1], StringComparison.Ordinal);

        var again = (await CommandRun.Of(missingOnly)).Ended(1);
        Assert.Contains(",dead-lettered,", again.Lines[1], StringComparison.Ordinal);
        Assert.Contains("1 dead letters: 1 dead-lettered", again.Error, StringComparison.Ordinal);
        var pending = (await CommandRun.Of(["ticks", "dlq", "list", "--pending", "--format", "csv", .. where])).Ended(0);
        Assert.Equal(1 + 9, pending.Lines.Count(l => l.Length > 0));
        (await CommandRun.Of(["ticks", "dlq", "show", "99.7", .. where])).Ended(2);
    }

    private static Task<string> Malformed(TestFolder folder) =>
        Generate(folder, "malformed.json", "--mode", "malformed", "--count", "30", "--instruments", "4", "--seed", "5");

    private static async Task<string> Generate(TestFolder folder, string name, params string[] options)
    {
        var file = Path.Combine(folder.Path, name);
        (await CommandRun.Of(["ticks", "generate", .. options, "--to", file])).Ended(0);
        return file;
    }
}
