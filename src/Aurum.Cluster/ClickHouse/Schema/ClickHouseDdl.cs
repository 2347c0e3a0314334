using System.Globalization;
using System.Text;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>Statements that make tables, materialised views and views, in a dialect. Each may run twice.</summary>
internal sealed class ClickHouseDdl(ClickHouseDialect dialect, string database, string operations)
{
    public static IReadOnlyList<string> Databases(string database, string operations) =>
    [
        $"CREATE DATABASE IF NOT EXISTS {ClickHouseSql.Name(database)}",
        $"CREATE DATABASE IF NOT EXISTS {ClickHouseSql.Name(operations)}",
    ];

    public string Of(ClickHouseTable table)
    {
        var text = new StringBuilder($"CREATE TABLE IF NOT EXISTS {Place(table.IsOperations, table.Name)}\n(\n");
        var columns = table.Columns.SelectMany(c => c.In(dialect).Select(p => $"    {Column(p, c.Default)}"));
        text.AppendJoin(",\n", columns).Append("\n)\nENGINE = ").Append(Engine(table));
        if (table.Partition != PartitionBy.None)
        {
            text.Append("\nPARTITION BY ").Append(Partition(table));
        }

        text.Append("\nORDER BY (").AppendJoin(", ", table.Key.Select(k => Physical(table[k]))).Append(')');
        if (dialect == ClickHouseDialect.Modern && table.KeptDays > 0)
        {
            text.Append("\nTTL ").Append(Ttl(table)).Append("\nSETTINGS ttl_only_drop_parts = 1");
        }

        return text.ToString();
    }

    public string Of(ClickHouseFeed feed)
    {
        var operations = feed.From.IsOperations;
        var text = new StringBuilder($"CREATE MATERIALIZED VIEW IF NOT EXISTS {Place(operations, feed.Name)}")
            .Append("\nTO ").Append(Place(operations, feed.To.Name))
            .Append("\nAS SELECT\n").Append(feed.Select(dialect))
            .Append("\nFROM ").Append(Place(operations, feed.From.Name));
        return (feed.GroupBy.Length == 0 ? text : text.Append("\nGROUP BY ").Append(feed.GroupBy)).ToString();
    }

    public string Of(ClickHouseView view) =>
        $"CREATE VIEW IF NOT EXISTS {Place(view.IsOperations, view.Name)}\nAS "
        + view.Query(dialect, name => Place(view.IsOperations, name));

    public string Place(ClickHouseTable table) => Place(table.IsOperations, table.Name);

    private string Place(bool isOperations, string name) => ClickHouseSql.Table(isOperations ? operations : database, name);

    private string Column((string Name, string Type, string Codec) column, string value)
    {
        var text = $"{ClickHouseSql.Name(column.Name)} {column.Type}";
        if (value.Length > 0)
        {
            text += $" DEFAULT {value}";
        }

        return dialect == ClickHouseDialect.Modern && column.Codec.Length > 0 ? $"{text} CODEC({column.Codec})" : text;
    }

    private static string Engine(ClickHouseTable table) => table.Engine switch
    {
        TableEngine.Plain => "MergeTree()",
        TableEngine.Aggregating => "AggregatingMergeTree()",
        _ => $"ReplacingMergeTree({(table.Version.Length == 0 ? "" : ClickHouseSql.Name(table.Version))})",
    };

    private string Partition(ClickHouseTable table) => table.Partition switch
    {
        PartitionBy.Day => $"toYYYYMMDD({Time(table)})",
        PartitionBy.Month => $"toYYYYMM({Time(table)})",
        _ => $"({ClickHouseSql.Name(table.PartitionName)}, toYYYYMM({Time(table)}))",
    };

    private string Time(ClickHouseTable table)
    {
        var column = table[table.PartitionColumn];
        return column.Kind switch
        {
            ColumnKind.Instant => ColumnKindTime(column.Name),
            ColumnKind.Seconds => ClickHouseSql.Name(column.Name),
            _ => $"toDate({ClickHouseSql.Name(column.Name)})",
        };
    }

    private string ColumnKindTime(string name) => ClickHouseColumn.Time(dialect, name);

    private string Ttl(ClickHouseTable table)
    {
        var time = table[table.PartitionColumn].Kind == ColumnKind.Instant ? $"toDateTime({Time(table)})" : Time(table);
        var plain = string.Create(CultureInfo.InvariantCulture, $"{time} + INTERVAL {table.KeptDays} DAY");
        if (table.KeptLonger is not var (name, days))
        {
            return plain;
        }

        var longer = string.Create(CultureInfo.InvariantCulture, $"{time} + INTERVAL {days} DAY");
        var column = ClickHouseSql.Name(table.PartitionName);
        return $"{plain} DELETE WHERE {column} != '{name}', {longer} DELETE WHERE {column} = '{name}'";
    }

    private string Physical(ClickHouseColumn column) => ClickHouseSql.Name(column.In(dialect)[0].Name);
}
