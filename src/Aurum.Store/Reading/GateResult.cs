using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>What the gate made of a delivery.</summary>
/// <param name="Day">Operating day.</param>
/// <param name="Record">What it found.</param>
/// <param name="KnownAt">When the rows came.</param>
public sealed record GateResult(LocalDate Day, GateRecord Record, Instant KnownAt);
