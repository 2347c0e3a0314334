namespace Aurum.Store.Sql;

/// <summary>What processes count together that have one database; a process that is alone counts in memory.</summary>
internal static class CounterSql
{
    public const string Create = "CREATE TABLE IF NOT EXISTS store_counters (name VARCHAR NOT NULL PRIMARY KEY, value BIGINT NOT NULL)";

    /// <summary>Counters of files and loads: their numbers are given out before the commit.</summary>
    public const string Files = "file";
    public const string Loads = "load";

    /// <summary>The last numbers by the tables: kind of number, number.</summary>
    public static readonly string LastIds = string.Join("\nUNION ALL\n", new (StoreId Id, string Column, string Table)[]
    {
        (StoreId.Delivery, "delivery_id", "deliveries"),
        (StoreId.Quarantined, "quarantine_id", "quarantine"),
        (StoreId.DeadLetter, "dead_letter_id", "dead_letters"),
        (StoreId.Drift, "drift_id", "drift"),
        (StoreId.Residual, "residual_id", "balance_rows"),
        (StoreId.Warning, "warning_id", "warnings"),
    }.Select(last => $"SELECT {(int)last.Id}, coalesce(max({last.Column}), 0) FROM {last.Table}"));

    public const string LastFile = "SELECT coalesce(max(file_id), 0) FROM files";

    public const string Find = "SELECT name, value FROM store_counters WHERE name NOT LIKE 'feed %'";

    /// <summary>$1 number, $2 counter.</summary>
    public const string Update = "UPDATE store_counters SET value = $1 WHERE name = $2";

    /// <summary>Makes a counter where it is not there. $1 counter, $2 number.</summary>
    public const string Insert = """
        INSERT INTO store_counters (name, value)
        SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM store_counters WHERE name = $1)
        """;

    /// <summary>Reserves numbers and gives the last one of them. $1 how many, $2 counter.</summary>
    public const string Reserve = "UPDATE store_counters SET value = value + $1 WHERE name = $2 RETURNING value";

    /// <summary>$1 counter.</summary>
    public const string Value = "SELECT value FROM store_counters WHERE name = $1";

    /// <summary>Counts a change on from where this process knows it to be. $1 counter, $2 its number.</summary>
    public const string Claim = "UPDATE store_counters SET value = value + 1 WHERE name = $1 AND value = $2";

    public static string NameOf(StoreId id) => id switch
    {
        StoreId.Delivery => "delivery",
        StoreId.Quarantined => "quarantined",
        StoreId.DeadLetter => "dead letter",
        StoreId.Drift => "drift",
        StoreId.Residual => "residual",
        StoreId.Warning => "warning",
        _ => "locations",
    };

    /// <summary>The counter of a feed's commits.</summary>
    public static string NameOf(string feed) => "feed " + feed;
}
