using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.Tests.Commands;

namespace Aurum.Tests.Ticks.Stages;

/// <summary>Stages in processes of their own, joined by pipes.</summary>
public sealed class StageRunTests
{
    private static readonly string[] Disordered = ["--disorder", "500", "--mode", "continuous", "--every", "1"];

    [Theory]
    [InlineData("--mode", "malformed", "--instruments", "30", "--duplicates", "0.05", "--disorder", "60")]
    [InlineData("--mode", "continuous", "--every", "1", "--instruments", "30", "--disorder", "500")]
    [InlineData("--mode", "continuous", "--every", "1", "--instruments", "30", "--disorder", "700", "--duplicates", "0.4")]
    [InlineData("--mode", "high-volume", "--instruments", "7", "--disorder", "0.5")]
    public async Task Four_stages_give_what_one_process_gives(params string[] stream)
    {
        var messages = (await Run([], ["generate", "--count", "4000", .. stream])).Out;
        var all = await Run(messages, ["run", "--stage", "all"]);
        var (normalized, enriched, aggregated, projected) = await Chain(messages);
        Assert.Equal([0, 0, 0, 0, 0], [all.Code, normalized.Code, enriched.Code, aggregated.Code, projected.Code]);

        Assert.Equal(Lines(all, "bar"), Lines(projected, "bar"));
        Assert.NotEmpty(Lines(all, "bar"));
        Assert.Equal(Lines(all, "dead_letter").Order(), Lines(projected, "dead_letter").Order());
        Assert.Equal(Last(all, "price"), Last(projected, "price"));
        Assert.Equal(Last(all, "curve"), Last(projected, "curve"));
        var counts = all.Error[all.Error.IndexOf(" messages = ", StringComparison.Ordinal)..];
        Assert.EndsWith(counts, projected.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_late_keeps_its_bytes_on_the_way()
    {
        var messages = (await Run([], ["generate", "--count", "4000", "--instruments", "30", .. Disordered])).Out;
        var (_, _, _, projected) = await Chain(messages);
        var text = Encoding.UTF8.GetString(messages);
        var late = Lines(projected, "dead_letter").Select(l => JsonDocument.Parse(l).RootElement.GetProperty("data")).ToList();
        Assert.NotEmpty(late);
        Assert.All(late, letter =>
        {
            Assert.Equal("TooLate", letter.GetProperty("reason").GetString());
            var bytes = Encoding.UTF8.GetString(letter.GetProperty("base64").GetBytesFromBase64());
            Assert.Equal(letter.GetProperty("position").GetInt32(), text.IndexOf(bytes, StringComparison.Ordinal));
            Assert.Equal(letter.GetProperty("length").GetInt32(), bytes.Length);
        });
    }

    [Fact]
    public async Task A_broken_frame_is_told_and_stops_the_stage()
    {
        var messages = (await Run([], ["generate", "--count", "100"])).Out;
        var frames = (await Run(messages, ["run", "--stage", "normalize"])).Out;
        frames[frames.Length / 2] ^= 1;
        var broken = await Run(frames, ["run", "--stage", "enrich"]);
        Assert.Equal(2, broken.Code);
        Assert.Contains("aurum: enrich: frame 1, byte 0 of the input: ", broken.Error, StringComparison.Ordinal);
        Assert.Empty(broken.Out);

        var noFrames = await Run(messages, ["run", "--stage", "project"]);
        Assert.Equal(2, noFrames.Code);
    }

    [Fact]
    public async Task Frames_that_end_too_early_are_no_end()
    {
        var messages = (await Run([], ["generate", "--count", "100"])).Out;
        var frames = (await Run(messages, ["run", "--stage", "normalize"])).Out;
        var cut = await Run(frames[..^5], ["run", "--stage", "aggregate"]);
        Assert.Equal(2, cut.Code);
        Assert.Contains("found the end of the input after", cut.Error, StringComparison.Ordinal);
        var ended = await Run([], ["run", "--stage", "aggregate"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("the stage before it was ended", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_is_asked_to_stop_completes_what_it_has_read()
    {
        var messages = (await Run([], ["generate", "--count", "10"])).Out;
        var pipe = new Pipe();
        using var stop = new CancellationTokenSource();
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(new Signal(output, stop), error, TimeProvider.System, false, false)
        {
            In = pipe.Reader.AsStream(),
        };
        await pipe.Writer.WriteAsync(messages);
        await pipe.Writer.WriteAsync("half a mess"u8.ToArray());
        Assert.Equal(0, await CommandLine.Run(["ticks", "run", "--stage", "normalize"], console, stop.Token));
        Assert.Contains("normalize: 10 messages = 10 ticks", error.ToString(), StringComparison.Ordinal);
        var projected = await Run(
            (await Run((await Run(output.ToArray(), ["run", "--stage", "enrich"])).Out,
                ["run", "--stage", "aggregate"])).Out, ["run", "--stage", "project"]);
        Assert.Equal(0, projected.Code);
        Assert.Equal(10, Lines(projected, "price").Count);
    }

    [Fact]
    public async Task Four_processes_are_joined_by_a_shell()
    {
        using var folder = new TestFolder();
        var messages = Path.Combine(folder.Path, "ticks.json");
        var results = Path.Combine(folder.Path, "results.jsonl");
        await Run([], ["generate", "--count", "2000", "--mode", "malformed", "--to", messages]);
        var run = await AurumProcess.Shell(
            "set -o pipefail; $AURUM ticks run --stage normalize <\"$1\" | $AURUM ticks run --stage enrich "
                + "| $AURUM ticks run --stage aggregate | $AURUM ticks run --stage project >\"$2\"",
            messages,
            results);
        Assert.Equal(0, run.Code);
        Assert.Contains("2000 messages = 1334 accepted + 0 duplicate + 0 late + 666 dead letters", run.Error, StringComparison.Ordinal);
        var all = await Run(await File.ReadAllBytesAsync(messages), ["run", "--stage", "all"]);
        var projected = new Ran(0, await File.ReadAllBytesAsync(results), "");
        Assert.Equal(Lines(all, "bar"), Lines(projected, "bar"));
        Assert.Equal(666, Lines(projected, "dead_letter").Count);
    }

    [Fact]
    public async Task A_stream_ends_when_nobody_reads_it_any_more()
    {
        var run = await AurumProcess.Shell(
            "$AURUM ticks generate --live --every 0.001 | $AURUM ticks run --stage normalize | head -c 1 >/dev/null; "
                + "echo ${PIPESTATUS[@]}");
        Assert.Equal("0 1 0", run.Lines[0]);
        Assert.Contains("the stage behind has gone", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_for_the_stages_that_read_messages()
    {
        var refused = await Run([], ["run", "--stage", "enrich", "ticks.json"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("no files", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<(Ran Normalized, Ran Enriched, Ran Aggregated, Ran Projected)> Chain(byte[] messages)
    {
        var normalized = await Run(messages, ["run", "--stage", "normalize"]);
        var enriched = await Run(normalized.Out, ["run", "--stage", "enrich"]);
        var aggregated = await Run(enriched.Out, ["run", "--stage", "aggregate"]);
        return (normalized, enriched, aggregated, await Run(aggregated.Out, ["run", "--stage", "project"]));
    }

    private static async Task<Ran> Run(byte[] input, string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(output, error, TimeProvider.System, IsTerminal: false, ShowsProgress: false)
        {
            In = new MemoryStream(input),
        };
        var code = await CommandLine.Run(["ticks", .. arguments], console);
        return new Ran(code, output.ToArray(), error.ToString());
    }

    private static List<string> Lines(Ran run, string kind) =>
        [.. Encoding.UTF8.GetString(run.Out).Split('\n').Where(l => l.StartsWith($$"""{"event":"{{kind}}",""", StringComparison.Ordinal))];

    /// <summary>The last line of each instrument.</summary>
    private static SortedDictionary<string, string> Last(Ran run, string kind)
    {
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(run, kind))
        {
            last[JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("instrument_id").GetString()!] = line;
        }

        return last;
    }

    private sealed record Ran(int Code, byte[] Out, string Error);

    /// <summary>Standard output that asks its program to stop when something is written.</summary>
    private sealed class Signal(MemoryStream inner, CancellationTokenSource stop) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
            inner.Flush();
            _ = stop.CancelAsync();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
