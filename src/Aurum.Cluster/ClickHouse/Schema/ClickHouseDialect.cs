namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>What a server understands. Stored by name with each migration.</summary>
public enum ClickHouseDialect
{
    /// <summary>18.16: no codecs, no TTL, no microseconds, no maps, no LowCardinality.</summary>
    Legacy = 1,

    /// <summary>22 and later.</summary>
    Modern = 2,
}
