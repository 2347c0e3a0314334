using Aurum.Ticks;

namespace Aurum.App.Ticks.Lanes;

/// <summary>How a worker takes its lanes.</summary>
/// <param name="Stage">One of <see cref="LaneStages.All"/>.</param>
internal sealed record TickWorkerOptions(string Stage)
{
    /// <summary>Consumer group, without the environment; null: <c>aurum-ticks-{stage}</c>.</summary>
    public string? Group { get; init; }

    /// <summary>Who holds the lanes, for people.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Time over which messages are gathered before they are committed, milliseconds. 1 to 60,000.</summary>
    public int CommitMilliseconds { get; init; } = 250;

    /// <summary>Bytes of messages at which they are committed at the latest, KiB. 64 to 1,048,576. Also bounds memory: four times as
    /// much waits at most.</summary>
    public int CommitKiB { get; init; } = 8_192;

    /// <summary>Time after which what a lane remembers is stored again, seconds. 0 (each commit) to 3,600. A lane that moves without notice
    /// reads this much again.</summary>
    public int StateSeconds { get; init; } = 15;

    /// <summary>Time without messages after which a lane's bars are closed by the clock, seconds. 0: never. To 86,400.</summary>
    public int QuietSeconds { get; init; } = 60;

    /// <summary>How long one that was asked to stop still waits for a store that does not answer, seconds. 0 to 300.</summary>
    public int StopSeconds { get; init; } = 8;

    /// <summary>Lanes that are worked on at once. 1 to 256.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Delays and limits of the stages.</summary>
    public TickPipelineOptions Pipeline { get; init; } = new();

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public TickWorkerOptions Checked()
    {
        if (!LaneStages.All.Contains(Stage))
        {
            throw new ArgumentException($"--stage: expected {string.Join(", ", LaneStages.All)}, found '{Stage}'");
        }

        Range("--commit-ms", CommitMilliseconds, 1, 60_000);
        Range("--commit-kib", CommitKiB, 64, 1 << 20);
        Range("--state-seconds", StateSeconds, 0, 3_600);
        Range("--quiet-seconds", QuietSeconds, 0, 86_400);
        Range("--stop-seconds", StopSeconds, 0, 300);
        Range("--threads", Threads, 1, 256);
        return this;
    }

    private static void Range(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected {least:N0} to {most:N0}, found {value:N0}"));
        }
    }
}
