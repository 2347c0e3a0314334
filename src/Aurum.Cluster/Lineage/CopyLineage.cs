using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.Redis;

namespace Aurum.Cluster.Lineage;

/// <summary>Copies of the store in ClickHouse and Redis, as lineage tells them: a run is a process that copies, as there are thousands of
/// writes a minute.</summary>
/// <param name="world">Names of the store's tables.</param>
public sealed class CopyLineage(LineageWorld world)
{
    private const string Deliveries = "deliveries";

    /// <summary>Stands in names of keys for what differs from key to key.</summary>
    private const string Any = "*";

    /// <summary>Columns of copied rows that the store's have not.</summary>
    private static readonly string[] Own = ["store", "delivery"];

    /// <summary>Tables of real-time prices in the store, and what they become.</summary>
    private static readonly (string From, ClickHouseTable To)[] Market =
    [
        ("tick_rows", MarketTables.Ticks), ("bar_rows", MarketTables.Bars), ("curve_point_rows", MarketTables.CurvePoints),
    ];

    /// <summary>Tables of latest prices and of the last quotes of curves.</summary>
    private static readonly string[] Latest = ["latest_price_rows", "curve_point_rows"];

    /// <summary>Rows of deliveries, and a line for each delivery.</summary>
    public StreamWork ClickHouseDeliveries(ClickHouseOptions options, Func<IReadOnlyDictionary<string, object>> figures) => new(
        Job("clickhouse.deliveries", "Copies rows of deliveries to ClickHouse.", "ClickHouse/ClickHouseSink.cs"),
        [.. DeliveredTables.Followed.Append(Deliveries).Select(world.TableOf)],
        [
            .. DeliveredTables.Followed.Select(t => Rows(options, t)),
            LineageNames.ClickHouse(new Uri(options.Url), options.OpsDatabase, OperationsTables.IngestActivity.Name),
        ],
        figures);

    /// <summary>Ticks, bars and points of curves.</summary>
    public StreamWork ClickHouseTicks(ClickHouseOptions options, Func<IReadOnlyDictionary<string, object>> figures) => new(
        Job("clickhouse.ticks", "Copies real-time prices to ClickHouse.", "ClickHouse/Following/TickFollower.cs"),
        [.. Market.Select(t => world.TableOf(t.From))],
        [.. Market.Select(t => LineageNames.ClickHouse(new Uri(options.Url), options.Database, t.To.Name))],
        figures);

    /// <summary>The newest delivery of each table.</summary>
    public StreamWork RedisDeliveries(RedisOptions options, Func<IReadOnlyDictionary<string, object>> figures) => new(
        Job("redis.deliveries", "Tells those who follow Redis of deliveries.", "Redis/RedisSink.cs"),
        [world.TableOf(Deliveries)],
        [Keys(options, static k => k.Deliveries(Any))],
        figures);

    /// <summary>Latest prices, and curves as their last quotes have them.</summary>
    public StreamWork RedisPrices(RedisOptions options, Func<IReadOnlyDictionary<string, object>> figures) => new(
        Job("redis.prices", "Sends latest prices and points of curves to Redis.", "Redis/Prices/RedisPrices.cs"),
        [.. Latest.Select(world.TableOf)],
        [Keys(options, static k => k.LatestPrice(Any, Any)), Keys(options, static k => k.CurveSnapshot(Any, Any))],
        figures);

    /// <summary>Answers of the API.</summary>
    /// <param name="options">Where they are kept.</param>
    /// <param name="tables">Tables that they are made from.</param>
    /// <param name="figures">What was done so far.</param>
    public StreamWork RedisAnswers(
        RedisOptions options, IEnumerable<string> tables, Func<IReadOnlyDictionary<string, object>> figures) => new(
        Job("redis.answers", "Keeps answers of the API in Redis.", "Redis/Cache/RedisCache.cs"),
        [.. tables.Select(world.TableOf)],
        [Keys(options, static k => k.Slice(Any, Any, Any, Any))],
        figures);

    private static LineageJob Job(string name, string description, string path) =>
        new($"copy.{name}", description, $"src/Aurum.Cluster/{path}") { IsStream = true };

    /// <summary>Rows of a table, with the columns that are there as the store has them: instants have another name in old
    /// servers.</summary>
    private LineageDataset Rows(ClickHouseOptions options, string table)
    {
        var (from, to) = (world.TableOf(table), DeliveredTables.Find(table));
        return LineageNames.ClickHouse(new Uri(options.Url), options.Database, to.Name) with
        {
            Origins =
            [
                .. to.Columns.Where(static c => c.Kind != ColumnKind.Instant && !Own.Contains(c.Name))
                    .Select(c => new ColumnOrigin(c.Name, from, c.Name)),
            ],
        };
    }

    private static LineageDataset Keys(RedisOptions options, Func<RedisKeys, string> key) =>
        LineageNames.Redis(options.Host, options.Port, options.Database, key(new RedisKeys(options.Namespace)));
}
