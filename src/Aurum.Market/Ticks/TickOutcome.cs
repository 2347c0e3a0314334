namespace Aurum.Market.Ticks;

/// <summary>What became of a message; each has exactly one. Stored by number.</summary>
public enum TickOutcome
{
    /// <summary>It is a tick, and its minute was still open.</summary>
    Accepted = 1,

    /// <summary>Its event id was taken in before; nothing changed.</summary>
    Duplicate = 2,

    /// <summary>It is a tick of a minute that was closed, whose bars are revised.</summary>
    LateAmended = 3,

    /// <summary>It is kept aside with a reason.</summary>
    DeadLettered = 4,
}
