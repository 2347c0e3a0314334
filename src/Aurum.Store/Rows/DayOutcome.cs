using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>What came of trying a feed's operating day.</summary>
/// <param name="Outcome">The one outcome.</param>
/// <param name="Why">The publisher's words or ours; empty for data.</param>
/// <param name="IsComplete">Whether all that the day should have is there now. Only then may the watermark move over it.</param>
/// <param name="NextDue">When to look again; null: never.</param>
public sealed record DayOutcome(Outcome Outcome, string Why, bool IsComplete, Instant? NextDue = null);
