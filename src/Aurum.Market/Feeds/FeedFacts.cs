namespace Aurum.Market.Feeds;

/// <summary>The five facts that every feed documents, one sentence each. Shown by
/// <c>/v1/feeds</c> and <c>aurum status</c>.</summary>
/// <param name="Source">Report, endpoint, who publishes it.</param>
/// <param name="Shape">How many rows a day, in what order.</param>
/// <param name="Units">Units, decimals, signs.</param>
/// <param name="Time">What the labels mean, which clock, what happens at clock changes.</param>
/// <param name="Revisions">Whether and how long values change after the fact.</param>
public sealed record FeedFacts(string Source, string Shape, string Units, string Time, string Revisions);
