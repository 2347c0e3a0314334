using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>All events of a row: those of each contract that the rows of its table and feed are of.</summary>
internal sealed class RowEvents : IDisposable
{
    public static readonly IReadOnlySet<string> Tables = RowContracts.All.Select(static c => c.Table).ToHashSet(StringComparer.Ordinal);

    private readonly List<(IRowEvents Events, bool IsPart)> _all;

    public RowEvents(string table, RowWorld world) =>
        _all = [.. RowContracts.All.Where(c => c.IsOf(table, world.Id)).Select(c => (c.Open(world), c.IsPart))];

    /// <summary>Topics that all rows of a feed go to.</summary>
    public static IReadOnlyList<string> TopicsOf(string table, FeedId feed) =>
        [.. RowContracts.All.Where(c => !c.IsPart && c.IsOf(table, feed)).Select(c => c.Topic(feed))];

    /// <summary>False where the row has not all of its events.</summary>
    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var isWhole = true;
        foreach (var (events, isPart) in _all)
        {
            isWhole &= events.Write(rows, row, output) || isPart;
        }

        return isWhole;
    }

    public void Dispose()
    {
        foreach (var (events, _) in _all)
        {
            (events as IDisposable)?.Dispose();
        }
    }
}
