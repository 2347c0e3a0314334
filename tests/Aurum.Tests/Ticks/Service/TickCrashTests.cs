using System.Globalization;
using Aurum.Sandbox.Ticks;
using Xunit.Abstractions;

namespace Aurum.Tests.Ticks.Service;

/// <summary>A process that takes messages in is killed every fifth of a second, again and again: what it has acknowledged is
/// there once, and bars, latest prices and dead letters are those of a process that nobody killed.</summary>
public sealed class TickCrashTests(ITestOutputHelper told)
{
    private const int Rounds = 5;

    /// <summary>Rounds at the same time: a process that starts is waited for most of its life.</summary>
    private const int RoundsAtOnce = 2;

    /// <summary>Seconds of a round, unless <see cref="SecondsVariable"/> says how many.</summary>
    private const int RoundSeconds = 4;

    private const int ShortRoundSeconds = 2;

    /// <summary>Those of one piece.</summary>
    private const long LeastMessagesALife = 10;

    /// <summary>Set by <c>./test.sh --kill-seconds N</c>.</summary>
    private const string SecondsVariable = "AURUM_TEST_KILL_SECONDS";

    [Fact]
    [Trait("Category", "Brief")]
    public Task Killed_every_fifth_of_a_second_it_loses_nothing_and_takes_nothing_twice() => Live(6, ShortRoundSeconds);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Killed_for_five_rounds_it_loses_nothing_and_takes_nothing_twice()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), CultureInfo.InvariantCulture, out var set)
            ? set
            : RoundSeconds;
        return Parallel.ForEachAsync(
            Enumerable.Range(1, Rounds),
            new ParallelOptions { MaxDegreeOfParallelism = RoundsAtOnce },
            async (round, _) => await Live(round, seconds));
    }

    private async Task Live(int number, int seconds)
    {
        // A process that is killed leaves what it wrote to the system: no disk is needed, which others may keep busy.
        using var folder = TestFolder.InMemory();
        var mode = number % 2 == 0 ? TickMode.HighVolume : TickMode.Malformed;
        var round = new TickCrashRound(folder, (ulong)number, mode, seconds);
        await round.Live();
        await round.Check();
        told.WriteLine($"round {number}: {round}");
        Assert.True(round.Messages >= LeastMessagesALife * round.LateKills, $"expected load, found {round}");
    }
}
