namespace Aurum.Store.Lake.Projection;

/// <summary>The rows that deliveries $1 (not included) to $2 brought to a row table.</summary>
internal static class DeliveredRows
{
    /// <summary>Files are looked up first, so that only the blocks of rows that have them are read.</summary>
    public static string Of(string rows) => $"""
        SELECT r.* FROM {rows} r
        WHERE r.file_id IN (SELECT file_id FROM files WHERE delivery_id > $1 AND delivery_id <= $2)
          AND r.file_id BETWEEN (SELECT min(file_id) FROM files WHERE delivery_id > $1 AND delivery_id <= $2)
          AND (SELECT max(file_id) FROM files WHERE delivery_id > $1 AND delivery_id <= $2)
        """;
}
