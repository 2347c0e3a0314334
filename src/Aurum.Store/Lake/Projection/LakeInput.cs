namespace Aurum.Store.Lake.Projection;

/// <summary>A table or view of the store that a projection reads. Where the store's engine writes no Parquet, these rows go to one
/// that does, under the same name, so that the projection's queries are the same.</summary>
/// <param name="Name">Name in the projection's queries.</param>
/// <param name="Delivered">What the deliveries $1 (not included) to $2 need of it, in the SQL that all engines share; null:
/// nothing.</param>
/// <param name="Whole">What the whole table needs of it; null: nothing.</param>
internal sealed record LakeInput(string Name, string? Delivered, string? Whole)
{
    /// <summary>All feeds.</summary>
    public static readonly LakeInput Feeds = All("feeds");

    /// <summary>Files of the deliveries.</summary>
    public static readonly LakeInput Files =
        new("files", "SELECT file_id, delivery_id FROM files WHERE delivery_id > $1 AND delivery_id <= $2", null);

    /// <summary>All of a small table.</summary>
    public static LakeInput All(string name) => new(name, $"SELECT * FROM {name}", $"SELECT * FROM {name}");

    /// <summary>The rows that deliveries brought to a row table, and the latest of all.</summary>
    public static LakeInput[] Rows(string table) =>
    [
        Feeds, Files, new($"{table}_rows", DeliveredRows.Of($"{table}_rows"), null),
        new($"{table}_current", null, $"SELECT * FROM {table}_current"),
    ];
}
