using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Truths;

/// <summary>The true rows of one feed.</summary>
internal abstract record TruthSource(FeedId Feed, Func<OperatingDay, IEnumerable<TruthRevision>> Revisions);

/// <param name="Feed">Which feed.</param>
/// <param name="Rows">Rows of a day as known at an instant, in the order of the file.</param>
/// <param name="Revisions">Corrections of a day.</param>
internal sealed record TruthSource<TRow>(
    FeedId Feed, Func<OperatingDay, Instant, IEnumerable<TRow>> Rows, Func<OperatingDay, IEnumerable<TruthRevision>> Revisions)
    : TruthSource(Feed, Revisions)
    where TRow : struct;
