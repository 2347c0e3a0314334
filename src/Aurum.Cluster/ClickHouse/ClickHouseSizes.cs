namespace Aurum.Cluster.ClickHouse;

/// <summary>How large a table is at the server.</summary>
/// <param name="Table">With its database.</param>
/// <param name="Rows">Rows, those included that merges will put together.</param>
/// <param name="Bytes">On disk.</param>
/// <param name="Partitions">Partitions.</param>
public sealed record ClickHouseTableSize(string Table, long Rows, long Bytes, long Partitions);

/// <summary>How large the tables are.</summary>
public static class ClickHouseSizes
{
    /// <summary>All tables that have rows, by name.</summary>
    public static async Task<IReadOnlyList<ClickHouseTableSize>> Of(ClickHouseClient client, CancellationToken cancel) => await client.Rows(
        """
        SELECT concat(database, '.', table) AS name, toInt64(sum(rows)), toInt64(sum(bytes_on_disk)), toInt64(uniqExact(partition))
        FROM system.parts WHERE active AND database IN
        """
        + " " + ClickHouseSql.Texts([client.Options.Database, client.Options.OpsDatabase]) + " GROUP BY name ORDER BY name",
        static (r, i) => new ClickHouseTableSize(ClickHouseClient.Text(r, 0, i), r[1].Whole(i), r[2].Whole(i), r[3].Whole(i)),
        cancel);
}
