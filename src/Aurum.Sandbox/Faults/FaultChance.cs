namespace Aurum.Sandbox.Faults;

/// <summary>How often a kind of fault happens.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Probability">Share of requests, 0 to 1.</param>
/// <param name="Publisher">At this publisher alone; null: at all.</param>
public sealed record FaultChance(FaultKind Kind, double Probability, string? Publisher = null);
