using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.App.Running;

/// <summary>A feed's operating day that has to be asked for.</summary>
internal readonly record struct WorkItem(Feed Feed, OperatingDay Day)
{
    public override string ToString() => $"{Feed.Id} {Day}";
}
