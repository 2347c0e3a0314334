using Aurum.App.Configuration;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks;

/// <summary>The tick service: settings <c>Ticks:QueueMiB</c> and its like.</summary>
internal sealed record TickServiceOptions
{
    /// <summary>Bytes of submissions that may wait, MiB. 1 to 4,096. Who submits more waits.</summary>
    public int QueueMiB { get; init; } = 32;

    /// <summary>Size at which a frame of the journal is closed, KiB. 16 to 16,384. It is closed earlier where the disk is
    /// free.</summary>
    public int FrameKiB { get; init; } = 1_024;

    /// <summary>Size at which the journal begins another file, MiB. 1 to 1,024.</summary>
    public int SegmentMiB { get; init; } = 256;

    /// <summary>Longest time from acknowledgement to the tables, seconds. 0.05 to 60.</summary>
    public double SettleSeconds { get; init; } = 1;

    /// <summary>Ticks after which that does not wait for the time. 1,000 to 4,000,000.</summary>
    public int SettleTicks { get; init; } = 100_000;

    /// <summary>Memory of what is acknowledged and not in the tables yet, MiB. 8 to 16,384. When it is full, submissions
    /// wait.</summary>
    public int UnsettledMiB { get; init; } = 256;

    /// <summary>Events that are kept in memory for those who follow them; who is further behind reads the tables. 1,024 to
    /// 16,777,216.</summary>
    public int SubscriberEvents { get; init; } = 65_536;

    /// <summary>Who may follow events at the same time. 1 to 100,000.</summary>
    public int MaxSubscribers { get; init; } = 1_000;

    /// <summary>Dead letters told in an answer. 0 to 1,000.</summary>
    public int LettersTold { get; init; } = 20;

    /// <summary>Answers that are remembered by idempotency key. 16 to 1,000,000.</summary>
    public int IdempotencyKeys { get; init; } = 100_000;

    /// <summary>Streams that may be open at the same time. 1 to 100,000.</summary>
    public int MaxStreams { get; init; } = 10_000;

    /// <summary>How far ticks may come out of order without being late, seconds. 0 to 3,600.</summary>
    public int DelaySeconds { get; init; } = new AggregateOptions().DelaySeconds;

    /// <summary>How long after its end a bar still takes late ticks, seconds. 0 to 86,400.</summary>
    public int LatenessSeconds { get; init; } = new AggregateOptions().LatenessSeconds;

    /// <summary>Time without any message after which the clock closes bars, seconds. 0 to 86,400; 0: never. Only where the newest
    /// tick is younger than an hour, so that history is not cut off.</summary>
    public int QuietSeconds { get; init; } = 120;

    /// <summary>Time from one try to write after a failure to the next, seconds. 0.01 to 3,600.</summary>
    public double RetrySeconds { get; init; } = 5;

    /// <summary>Where workers fill the tables: time from one look for what is new to the next, while somebody follows, seconds. 0.05 to
    /// 60.</summary>
    public double FollowSeconds { get; init; } = 0.5;

    /// <summary>What is known of instruments, as CSV; a path from the data directory on. Read again when it changes.</summary>
    public string InstrumentsFile { get; init; } = "instruments.csv";

    /// <summary>What normalisation takes for granted.</summary>
    internal NormalizeOptions Normalize { get; init; } = new();

    /// <summary>These options for files: bars wait for late ticks instead of being revised, and no clock closes them.</summary>
    public TickServiceOptions ForReplay() => this with
    {
        DelaySeconds = Math.Min(3_600, DelaySeconds + LatenessSeconds),
        LatenessSeconds = 0,
        QuietSeconds = 0,
    };

    /// <summary>Limits of the journal, but for the size of its segments.</summary>
    internal TickJournalOptions Journal { get; init; } = new();

    internal TickPipelineOptions Pipeline => new()
    {
        Normalize = Normalize,
        Aggregate = new AggregateOptions(DelaySeconds, LatenessSeconds),
    };

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public void Check()
    {
        AurumOptions.Range("Ticks:QueueMiB", QueueMiB, 1, 4_096, "MiB");
        AurumOptions.Range("Ticks:FrameKiB", FrameKiB, 16, 16_384, "KiB");
        AurumOptions.Range("Ticks:SegmentMiB", SegmentMiB, 1, 1_024, "MiB");
        AurumOptions.Range("Ticks:SettleSeconds", SettleSeconds, 0.05, 60, "seconds");
        AurumOptions.Range("Ticks:SettleTicks", SettleTicks, 1_000, 4_000_000, "ticks");
        AurumOptions.Range("Ticks:UnsettledMiB", UnsettledMiB, 8, 16_384, "MiB");
        AurumOptions.Range("Ticks:SubscriberEvents", SubscriberEvents, 1_024, 1 << 24, "events");
        AurumOptions.Range("Ticks:MaxSubscribers", MaxSubscribers, 1, 100_000, "");
        AurumOptions.Range("Ticks:LettersTold", LettersTold, 0, 1_000, "");
        AurumOptions.Range("Ticks:IdempotencyKeys", IdempotencyKeys, 16, 1_000_000, "keys");
        AurumOptions.Range("Ticks:MaxStreams", MaxStreams, 1, 100_000, "");
        AurumOptions.Range("Ticks:DelaySeconds", DelaySeconds, 0, 3_600, "seconds");
        AurumOptions.Range("Ticks:LatenessSeconds", LatenessSeconds, 0, 86_400, "seconds");
        AurumOptions.Range("Ticks:QuietSeconds", QuietSeconds, 0, 86_400, "seconds");
        AurumOptions.Range("Ticks:RetrySeconds", RetrySeconds, 0.01, 3_600, "seconds");
        AurumOptions.Range("Ticks:FollowSeconds", FollowSeconds, 0.05, 60, "seconds");
    }
}
