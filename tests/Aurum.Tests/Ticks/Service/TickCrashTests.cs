using System.Diagnostics;
using System.Globalization;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;

namespace Aurum.Tests.Ticks.Service;

/// <summary>A process that takes messages in is killed every fifth of a second, again and again: what it has acknowledged is
/// there once, and bars, latest prices and dead letters are those of a process that nobody killed.</summary>
[Trait("Category", "Slow")]
public sealed class TickCrashTests
{
    private const int Rounds = 5;
    private const int KillsPerRound = 8;
    private const int Messages = 150_000;

    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Killed_every_fifth_of_a_second_it_loses_nothing_and_takes_nothing_twice()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var folder = new TestFolder();
            var mode = round % 2 == 0 ? TickMode.HighVolume : TickMode.Malformed;
            var bytes = TickHome.Messages(Messages, (ulong)(round + 1), mode, disorder: 60);
            await File.WriteAllBytesAsync(folder["messages.json"], bytes);
            long acknowledged = 0;
            for (var kill = 0; kill < KillsPerRound; kill++)
            {
                var (found, reached) = await LiveAndDie(folder["data"], folder["messages.json"]);
                Assert.InRange(found, acknowledged, bytes.Length);
                acknowledged = reached;
            }

            Assert.True(acknowledged > 100_000);
            await Check(folder["data"], bytes, acknowledged);
        }
    }

    /// <summary>Goes on without being killed, and holds all against a pipeline that took the stream in one go.</summary>
    private static async Task Check(string data, byte[] bytes, long acknowledged)
    {
        using var home = new TickHome(TickCrashWriter.Options, data);
        var position = (int)home.Service.CheckpointOf(TickCrashWriter.Stream);
        Assert.InRange(position, acknowledged, bytes.Length);
        if (position < bytes.Length)
        {
            await home.Service.SubmitAsync(TickCrashWriter.Piece(bytes, position, bytes.Length), default);
        }

        await home.Finish();
        using var expected = new TickPipeline(TickCrashWriter.Options.Pipeline, InstrumentBook.Empty);
        expected.OnBytes(expected.Open(new TickStreamOptions()), bytes, 0, isEnd: true);
        Assert.Equal(expected.Counters, home.Service.Status.Counters);
        TickHome.AssertSame(TickHome.BarsOf(bytes, TickCrashWriter.Options), home.Bars());
        Assert.Equal(expected.Output.Ticks.Count, home.Count("select count(*) from ticks"));
        Assert.Equal(expected.Output.Ticks.Count, home.Count("select count(*) from (select distinct frame, index from ticks)"));
        Assert.Equal(expected.Counters.DeadLettered, home.Count("select count(*) from tick_dead_letters"));
        Assert.Equal(expected.Counters.DeadLettered, home.Count("select count(distinct position) from tick_dead_letters"));
        Assert.Equal(
            expected.Output.DeadLetters.Items.ToArray().Sum(l => (long)l.Length),
            home.Count("select coalesce(sum(octet_length(message)), 0)::bigint from tick_dead_letters"));
        for (var i = 0; i < expected.Instruments.Count; i++)
        {
            Assert.True(expected.Project.TryLatest(i, out var price));
            var instrument = expected.Instruments[i];
            Assert.True(home.Service.TryLatest(instrument.Tenant, instrument.Name, out var shown));
            Assert.Equal((price.EventMicros, price.Price, price.Key), (shown.Price.EventMicros, shown.Price.Price, shown.Price.Key));
            Assert.Equal(
                price.EventMicros,
                home.Count($"select epoch_us(event_time) from latest_prices where instrument_id = '{instrument.Name}'"));
        }
    }

    /// <summary>One life of the writer.</summary>
    /// <returns>Where it found itself at the start, and what it had acknowledged in the end.</returns>
    private static async Task<(long Found, long Acknowledged)> LiveAndDie(string data, string messages)
    {
        using var writer = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(TickCrashTests).Assembly.Location, TickCrashWriter.Verb, data, messages])
            {
                RedirectStandardOutput = true,
            })!;
        try
        {
            var found = await writer.StandardOutput.ReadLineAsync();
            var lived = Stopwatch.GetTimestamp();
            var last = found;
            var next = writer.StandardOutput.ReadLineAsync();
            while (Stopwatch.GetElapsedTime(lived) < Life && await next is { } line)
            {
                last = line;
                next = writer.StandardOutput.ReadLineAsync();
            }

            writer.Kill();
            while (await next is { } line)
            {
                last = line;
                next = writer.StandardOutput.ReadLineAsync();
            }

            return (long.Parse(found!, CultureInfo.InvariantCulture), long.Parse(last!, CultureInfo.InvariantCulture));
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }
}
