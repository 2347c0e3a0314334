using NodaTime;

namespace Aurum.Sandbox.Ticks;

/// <summary>A made-up stream.</summary>
/// <param name="Seed">Same seed, same stream.</param>
/// <param name="Mode">What it is like.</param>
/// <param name="Count">Messages.</param>
/// <param name="Instruments">Instruments, 1 to 1,000,000.</param>
/// <param name="Start">Event time of the first tick.</param>
public sealed record MadeStreamOptions(ulong Seed, TickMode Mode, long Count, int Instruments, Instant Start)
{
    /// <summary>Share of messages that are sent twice, 0 to 1.</summary>
    public double Duplicates { get; init; }

    /// <summary>How far ticks come out of order, seconds of event time.</summary>
    public double DisorderSeconds { get; init; }

    /// <summary>Microseconds of event time from tick to tick; 0: as the mode says.</summary>
    public long StepMicros { get; init; }

    /// <summary>Whether ticks have a bid and an ask, cents away from the price.</summary>
    public bool HasQuotes { get; init; }

    /// <summary>Whose they are.</summary>
    public string Tenant { get; init; } = "default";
}
