using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Truths;

/// <summary>What is really so: the rows that a perfect client of a sandbox world would have, feed by feed and day by day.</summary>
public sealed class Truth
{
    private readonly Dictionary<FeedId, TruthSource> _sources;

    internal Truth(World world, IEnumerable<TruthSource> sources)
    {
        World = world;
        _sources = sources.ToDictionary(s => s.Feed);
    }

    public World World { get; }

    /// <summary>The feeds that the sandbox can answer for.</summary>
    public IEnumerable<FeedId> Feeds => _sources.Keys;

    /// <summary>Exactly the rows that the publisher would give for a day at an instant, in the order of the publisher's file. Empty while
    /// nothing is published.</summary>
    /// <exception cref="ArgumentException">The sandbox does not have the feed, or its rows are of another kind.</exception>
    public IEnumerable<TRow> Rows<TRow>(FeedId feed, OperatingDay day, Instant knownAt)
        where TRow : struct =>
        Source(feed) is TruthSource<TRow> source
            ? source.Rows(day, knownAt)
            : throw new ArgumentException($"rows of {feed} are not {typeof(TRow).Name}", nameof(feed));

    /// <summary>The instants after the first complete publication at which values of a day change, in order.</summary>
    public IReadOnlyList<TruthRevision> Revisions(FeedId feed, OperatingDay day) => [.. Source(feed).Revisions(day).Order()];

    private TruthSource Source(FeedId feed) => _sources.TryGetValue(feed, out var source)
        ? source
        : throw new ArgumentException($"the sandbox has no feed '{feed}'; it has {string.Join(", ", _sources.Keys)}", nameof(feed));
}
