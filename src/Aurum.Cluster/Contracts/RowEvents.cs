using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>All events of a row: which contracts the rows of a table and feed are of.</summary>
internal sealed class RowEvents : IDisposable
{
    public const string Lmp = "iso_lmp";
    public const string Load = "iso_load";
    public const string Generation = "iso_genmix";
    public const string Ancillary = "iso_asm";
    public const string Observation = "timeseries_observation";
    public const string Catalog = "series_catalog";
    public const string Curve = "curve_observation";

    private const string Eia = "eia";
    private const string Fred = "fred";
    private const string Rates = "ecb/reference-rates";

    public static readonly IReadOnlyList<string> Tables = [Lmp, Load, Generation, Ancillary, Observation, Catalog, Curve];

    private readonly IReadOnlyList<IRowEvents> _all;

    public RowEvents(OutboxEntry entry, Feed? feed, IReadOnlyList<ResultColumn> columns, Places places, EventSchemaIds ids) =>
        _all = Of(entry.Table, entry.Feed, feed, columns, places, ids);

    /// <summary>Topics of a feed's rows.</summary>
    public static IReadOnlyList<string> TopicsOf(string table, FeedId feed) => table switch
    {
        Lmp or Load or Generation or Ancillary =>
            [$"aurum.iso.{feed.Publisher}.{table[(table.IndexOf('_', StringComparison.Ordinal) + 1)..]}.v1"],
        Observation when feed.Publisher == Eia => [EventTopics.ObservationTopic, EiaEvents.TopicOf(feed).Name],
        Observation when feed.Publisher == Fred => [EventTopics.ObservationTopic, EventTopics.FredTopic],
        Observation when feed.Text == Rates => [EventTopics.ObservationTopic, EventTopics.RateTopic],
        Observation => [EventTopics.ObservationTopic],
        Catalog => [EventTopics.CatalogTopic],
        Curve => [EventTopics.CurveTopic],
        _ => [],
    };

    /// <summary>False where the row has not all of its events.</summary>
    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var isWhole = true;
        foreach (var events in _all)
        {
            isWhole &= events.Write(rows, row, output);
        }

        return isWhole;
    }

    public void Dispose()
    {
        foreach (var events in _all)
        {
            (events as IDisposable)?.Dispose();
        }
    }

    private static IReadOnlyList<IRowEvents> Of(
        string table, FeedId id, Feed? feed, IReadOnlyList<ResultColumn> columns, Places places, EventSchemaIds ids) => table switch
        {
            Lmp => [new LmpEvents(Known(feed, id), columns, places, ids)],
            Load or Generation => [new PowerEvents(Known(feed, id), columns, ids)],
            Ancillary => [new AncillaryEvents(Known(feed, id), columns, ids)],
            Observation when id.Publisher == Eia =>
                [new ObservationEvents(id, feed, columns, ids), new EiaEvents(id, columns, ids)],
            Observation when id.Publisher == Fred =>
                [new ObservationEvents(id, feed, columns, ids), new FredEvents(id, columns, ids)],
            Observation when id.Text == Rates => [new ObservationEvents(id, feed, columns, ids), new RateEvents(id, columns, ids)],
            Observation => [new ObservationEvents(id, feed, columns, ids)],
            Catalog => [new CatalogEvents(id, columns, ids)],
            Curve => [new CurveEvents(columns, ids)],
            _ => [],
        };

    private static Feed Known(Feed? feed, FeedId id) =>
        feed ?? throw new ArgumentException($"expected a feed of the catalog, found {id}: its rows have no contract");
}
