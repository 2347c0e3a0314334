using System.Globalization;

namespace Aurum.Cluster.Lineage;

/// <summary>Names of datasets by the naming rules of OpenLineage, so that what others tell of the same table meets ours.</summary>
public static class LineageNames
{
    private const int PostgresPort = 5432;
    private const int KafkaPort = 9092;
    private const int ClickHousePort = 8123;

    /// <summary><c>postgres://host:port</c>, <c>database.schema.table</c>.</summary>
    public static LineageDataset Postgres(string host, int port, string database, string schema, string table) =>
        new(Authority("postgres", host, port == 0 ? PostgresPort : port), $"{database}.{schema}.{table}");

    /// <summary><c>clickhouse://host:port</c>, <c>database.table</c>.</summary>
    public static LineageDataset ClickHouse(Uri server, string database, string table) =>
        new(Authority("clickhouse", server.Host, server.Port < 0 ? ClickHousePort : server.Port), $"{database}.{table}");

    /// <summary><c>redis://host:port</c>, <c>database.key</c>: the specification has no rule for Redis, this is its form for
    /// databases.</summary>
    /// <param name="host">Server.</param>
    /// <param name="port">Port.</param>
    /// <param name="database">Number of the database.</param>
    /// <param name="key">Key, with * for what differs from key to key.</param>
    public static LineageDataset Redis(string host, int port, int database, string key) =>
        new(Authority("redis", host, port), string.Create(CultureInfo.InvariantCulture, $"{database}.{key}"));

    /// <summary><c>s3://bucket</c>, the key without slashes at its ends.</summary>
    public static LineageDataset S3(string bucket, string key) => new($"s3://{bucket}", key.Trim('/'));

    /// <summary><c>kafka://first-broker:port</c>, the topic.</summary>
    /// <param name="servers">Brokers with commas between.</param>
    /// <param name="topic">Topic.</param>
    public static LineageDataset Kafka(string servers, string topic)
    {
        var first = servers.Split(',')[0].Trim();
        var colon = first.LastIndexOf(':');
        var hasPort = colon > 0 && int.TryParse(first[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new(hasPort ? $"kafka://{first}" : $"kafka://{first}:{KafkaPort}", topic);
    }

    /// <summary><c>file</c>, the absolute path with slashes.</summary>
    public static LineageDataset File(string path) => new("file", Path.GetFullPath(path).Replace('\\', '/'));

    /// <summary>What a web site publishes: its scheme and host, and the feed's id, as a feed is asked for under many addresses.</summary>
    public static LineageDataset Feed(Uri site, string feed) =>
        new(site.GetLeftPart(UriPartial.Authority), feed) { Source = new Uri(site.GetLeftPart(UriPartial.Authority)) };

    /// <summary>A table of the installation's own store.</summary>
    public static LineageDataset Store(string space, string table) => new(space, $"store.{table}");

    private static string Authority(string scheme, string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}");
}
