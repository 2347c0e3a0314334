using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources;

/// <summary>What is asked for where somebody wants other than the feeds' own requests: other series, all nodes. Everything that asks or
/// counts requests takes them from here.</summary>
public sealed class RequestChoices(SeriesLists series, AllNodes nodes)
{
    /// <summary>The feeds' own requests.</summary>
    public static readonly RequestChoices Default = new(SeriesLists.Default, AllNodes.Nowhere);

    public AllNodes Nodes { get; } = nodes;

    /// <summary>The requests that bring a day of a feed.</summary>
    public IReadOnlyList<FeedRequest> Requests(Feed feed, OperatingDay day, Instant now) =>
        series.Requests(Nodes.Widened(feed), day, now);
}
