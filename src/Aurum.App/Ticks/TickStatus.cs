using Aurum.Market.Ticks;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks;

/// <summary>How the tick service is.</summary>
internal sealed record TickStatus
{
    public required TickServiceState State { get; init; }

    /// <summary>Why it does not run; empty where it does.</summary>
    public required string Reason { get; init; }

    /// <summary>Messages on disk, since the data directory was made; by what became of them.</summary>
    public required TickCounters Counters { get; init; }

    /// <summary>Dead letters since the service was opened, by reason.</summary>
    public required IReadOnlyDictionary<DeadLetterReason, long> Letters { get; init; }

    /// <summary>Messages a second, acknowledged; mean of the last ten seconds.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>Bytes that wait to be read.</summary>
    public required long QueueBytes { get; init; }

    public required long QueueLimitBytes { get; init; }

    /// <summary>Last frame on disk; 0 before the first.</summary>
    public required long Frame { get; init; }

    /// <summary>Last frame whose ticks and bars are in the tables.</summary>
    public required long SettledFrame { get; init; }

    public required long JournalBytes { get; init; }

    /// <summary>Event time before which bars are closed, microseconds since 1970 UTC; null before the first tick.</summary>
    public required long? WatermarkMicros { get; init; }

    /// <summary>The newest event time; null before the first tick since the service was opened.</summary>
    public required long? NewestEventMicros { get; init; }

    /// <summary>Now less the newest event time, seconds; null before the first tick.</summary>
    public required double? EventLagSeconds { get; init; }

    /// <summary>When the last frame was committed less when the newest of its ticks was taken in by its connector, seconds; null
    /// before the first tick.</summary>
    public required double? IngestLagSeconds { get; init; }

    public required int Instruments { get; init; }

    /// <summary>Instruments that the instrument book knows.</summary>
    public required int KnownInstruments { get; init; }

    /// <summary>What is wrong with the file of the instrument book, while the book before it stays; empty where nothing is.</summary>
    public required string InstrumentsFault { get; init; }

    /// <summary>Those who follow the events now.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Partitions whose workers fill the tables; empty where this process takes ticks in.</summary>
    public IReadOnlyList<LaneRecord> Lanes { get; init; } = [];

    public long UnsettledFrames => Frame - SettledFrame;
}

internal enum TickServiceState
{
    Running,

    /// <summary>The journal cannot be written: submissions fail; tried again every few seconds.</summary>
    Waiting,

    /// <summary>Stopped by a defect; only a restart helps.</summary>
    Failed,

    Closed,
}
