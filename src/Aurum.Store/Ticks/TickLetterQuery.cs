using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Which dead letters to read. Null leaves a filter out.</summary>
public sealed record TickLetterQuery
{
    public string? Tenant { get; init; }

    public DeadLetterReason? Reason { get; init; }

    public string? Stream { get; init; }

    /// <summary>Only letters that came in then or later.</summary>
    public Instant? Since { get; init; }

    /// <summary>Only letters that were not sent again.</summary>
    public bool PendingOnly { get; init; }

    /// <summary>Only letters behind this id.</summary>
    public TickToken? After { get; init; }

    /// <summary>Largest number of letters, 1 to 1,000,000.</summary>
    public int Limit { get; init; } = 1_000;
}
