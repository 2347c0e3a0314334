namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>Which rows of one key stay when the server puts parts together.</summary>
internal enum TableEngine
{
    /// <summary>All.</summary>
    Plain,

    /// <summary>One: with the highest version where there is one, else any of them, as they are equal.</summary>
    Replacing,

    /// <summary>One, with the states put together.</summary>
    Aggregating,
}

/// <summary>How rows lie in pieces that can be dropped at once.</summary>
internal enum PartitionBy
{
    None,
    Month,
    Day,

    /// <summary>A text column, then the month.</summary>
    NameAndMonth,
}

/// <summary>A table, once for all dialects.</summary>
/// <param name="Name">Name.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Key">Columns by which rows are sorted, and by which they are the same.</param>
internal sealed record ClickHouseTable(string Name, IReadOnlyList<ClickHouseColumn> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Whether it is in the database of operations.</summary>
    public bool IsOperations { get; init; }

    public TableEngine Engine { get; init; } = TableEngine.Replacing;

    /// <summary>Column whose highest value stays; empty: none.</summary>
    public string Version { get; init; } = "";

    public PartitionBy Partition { get; init; }

    /// <summary>Column of time that partitions are of, or a text column with dates such as 2025-09-17.</summary>
    public string PartitionColumn { get; init; } = "";

    /// <summary>Text column before the month.</summary>
    public string PartitionName { get; init; } = "";

    /// <summary>Days that rows stay after the end of their partition; 0: for good.</summary>
    public int KeptDays { get; init; }

    /// <summary>Rows with this <see cref="PartitionName"/> stay for another number of days.</summary>
    public (string Name, int Days)? KeptLonger { get; init; }

    public ClickHouseColumn this[string name] => Columns.First(c => c.Name == name);

    /// <summary>The columns that are written, as the server has them.</summary>
    public IEnumerable<(string Name, string Type)> Wire(ClickHouseDialect dialect) =>
        Columns.SelectMany(c => c.In(dialect)).Select(static c => (c.Name, c.Type));

    /// <summary>Days that rows of a partition stay; 0: for good.</summary>
    public int DaysOf(string partition) =>
        KeptLonger is var (name, days) && partition.Contains($"'{name}'", StringComparison.Ordinal) ? days : KeptDays;
}

/// <summary>A materialised view: what each block that is written to a table adds to another.</summary>
/// <param name="Name">Name.</param>
/// <param name="From">Table that is written to.</param>
/// <param name="To">Table that it adds to.</param>
/// <param name="Select">The query, without FROM and what follows.</param>
/// <param name="GroupBy">Columns to group by; empty: none.</param>
internal sealed record ClickHouseFeed(
    string Name, ClickHouseTable From, ClickHouseTable To, Func<ClickHouseDialect, string> Select, string GroupBy = "");

/// <summary>A view for those who read.</summary>
/// <param name="Name">Name.</param>
/// <param name="IsOperations">Whether it is in the database of operations.</param>
/// <param name="Query">The query, given the dialect and how a table of the same database is named.</param>
internal sealed record ClickHouseView(string Name, bool IsOperations, Func<ClickHouseDialect, Func<string, string>, string> Query);
