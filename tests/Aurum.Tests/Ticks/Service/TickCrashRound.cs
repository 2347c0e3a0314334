using System.Diagnostics;
using System.Globalization;
using Aurum.Sandbox.Ticks;

namespace Aurum.Tests.Ticks.Service;

/// <summary>A process that is started and killed until the time of the round is over, and what must have become of what it took
/// in.</summary>
/// <param name="folder">Takes messages and data.</param>
/// <param name="seed">Chance of messages and kills.</param>
/// <param name="mode">What the messages are like.</param>
/// <param name="seconds">Seconds of the round.</param>
internal sealed class TickCrashRound(TestFolder folder, ulong seed, TickMode mode, int seconds)
{
    /// <summary>One life in so many is ended while it begins.</summary>
    private const int EarlyKillEvery = 5;

    private const int EarlyKillMilliseconds = 400;
    private const int LeastKills = 4;
    private const int MessageBytes = 400;
    private const int SpareMessages = 100_000;

    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(200);

    private readonly Random _chance = new((int)seed);
    private readonly string _messages = folder["messages.json"];
    private readonly string _data = folder["data"];
    private readonly Stopwatch _watch = new();
    private int _earlyKills;
    private long _acknowledged;
    private long _checked;

    public int Kills { get; private set; }

    /// <summary>Kills behind which something had been acknowledged.</summary>
    public int LateKills => Kills - _earlyKills;

    /// <summary>Messages that were taken in.</summary>
    public long Messages { get; private set; }

    /// <summary>Kills until the time is over.</summary>
    public async Task Live()
    {
        // Half of the time at most is lived: a process needs as long to start.
        var count = (TickCrashWriter.MostBytesASecond / MessageBytes * seconds / 2) + SpareMessages;
        await TickHome.WriteAsync(_messages, count, seed, mode, disorder: 60);
        _watch.Start();
        while (_watch.Elapsed.TotalSeconds < seconds || Kills < LeastKills)
        {
            var isEarly = Kills % EarlyKillEvery == EarlyKillEvery - 1;
            await LiveAndDie(isEarly ? TimeSpan.FromMilliseconds(_chance.Next(EarlyKillMilliseconds)) : null);
            Kills++;
            _earlyKills += isEarly ? 1 : 0;
        }

        _watch.Stop();
    }

    /// <summary>Goes on without being killed, and holds all against a pipeline that took the stream in one go.</summary>
    public async Task Check()
    {
        using var home = new TickHome(TickCrashWriter.Options, _data);
        var position = home.Service.CheckpointOf(TickCrashWriter.Stream);
        Assert.InRange(position, _acknowledged, new FileInfo(_messages).Length);
        await home.Finish();
        using var expected = new TickTruth(_messages, position, TickCrashWriter.Options.Pipeline);
        Messages = expected.Counters.Received;
        Assert.Equal(expected.Counters, home.Service.Status.Counters);
        TickHome.AssertSame(expected.Bars, home.Bars());
        _checked = expected.Bars.Count;
        Assert.Equal(expected.Ticks, home.Count("select count(*) from ticks"));
        Assert.Equal(expected.Ticks, home.Count("select count(*) from (select distinct frame, index from ticks)"));
        Assert.Equal(expected.Counters.DeadLettered, home.Count("select count(*) from tick_dead_letters"));
        Assert.Equal(expected.Counters.DeadLettered, home.Count("select count(distinct position) from tick_dead_letters"));
        Assert.Equal(
            expected.LetterBytes, home.Count("select coalesce(sum(octet_length(message)), 0)::bigint from tick_dead_letters"));
        foreach (var (instrument, price) in expected.Prices())
        {
            Assert.True(home.Service.TryLatest(instrument.Tenant, instrument.Name, out var shown));
            Assert.Equal((price.EventMicros, price.Price, price.Key), (shown.Price.EventMicros, shown.Price.Price, shown.Price.Key));
            Assert.Equal(
                price.EventMicros,
                home.Count($"select epoch_us(event_time) from latest_prices where instrument_id = '{instrument.Name}'"));
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {_earlyKills} of them while it started, in {_watch.Elapsed.TotalSeconds:F0} s; {Messages} messages taken in, "
        + $"{_checked} bars with revisions checked, {_acknowledged} bytes acknowledged");

    /// <summary>One life of the writer.</summary>
    /// <param name="early">When it is ended after its start; null: a while after it has found out where it was.</param>
    private async Task LiveAndDie(TimeSpan? early)
    {
        using var writer = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(TickCrashRound).Assembly.Location, TickCrashWriter.Verb, _data, _messages])
            {
                RedirectStandardOutput = true,
            })!;
        try
        {
            if (early is { } soon)
            {
                await Task.Delay(soon);
            }
            else if (await writer.StandardOutput.ReadLineAsync() is { } found)
            {
                Hear(found);
                await Live(writer);
            }

            writer.Kill();
            while (await writer.StandardOutput.ReadLineAsync() is { } line)
            {
                Hear(line);
            }
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }

    /// <summary>A fifth of a second, or longer where the machine is so busy that nothing was acknowledged yet.</summary>
    private async Task Live(Process writer)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            Hear(await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the writer ended by itself"));
        }
        while (Stopwatch.GetElapsedTime(began) < Life);
    }

    /// <summary>It never finds itself before what it has acknowledged.</summary>
    private void Hear(string line)
    {
        var position = long.Parse(line, CultureInfo.InvariantCulture);
        Assert.True(position >= _acknowledged, $"expected to go on at {_acknowledged} or behind, found {position}");
        _acknowledged = position;
    }
}
