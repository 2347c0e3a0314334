using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>A stretch of virtual time in which feeds were collected.</summary>
/// <param name="Feeds">The feeds.</param>
/// <param name="Start">From when.</param>
/// <param name="End">Until when.</param>
internal sealed record Stretch(IReadOnlyList<Feed> Feeds, Instant Start, Instant End);
