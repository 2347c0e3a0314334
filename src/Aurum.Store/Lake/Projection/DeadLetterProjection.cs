using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary><c>market.curve_dead_letter</c>: workbooks that could not be read. Rows are only ever added.</summary>
internal static class DeadLetterProjection
{
    private const string Columns = """
        d.feed AS source, d.place || ': expected ' || d.expected || ', found ' || d.found AS error_message,
        map {'file': coalesce(x.file_name, ''), 'sha256': coalesce(x.sha256, ''), 'day': CAST(d.day AS VARCHAR), 'place': d.place,
          'delivery': CAST(d.delivery_id AS VARCHAR)} AS context,
        'ERROR' AS severity, 'ask the vendor for the workbook again and load it' AS recommended_action,
        d.known_at AS ingest_ts, d.found AS raw_payload, d.dead_letter_id, false AS is_revised, false AS is_gone
        FROM dead_letters d JOIN deliveries v ON v.delivery_id = d.delivery_id LEFT JOIN files x ON x.file_id = d.file_id
        WHERE v.table_name IN ('curve_landing', 'curve_observation')
        """;

    private const string Of = "WHERE delivery_id > $1 AND delivery_id <= $2";

    public static readonly LakeProjection Table = new(
        new LakeTableShape(
            new LakeName("market", "curve_dead_letter"),
            [
                new LakeField(1, "source", LakeType.String, Doc: "feed"),
                new LakeField(2, "error_message", LakeType.String, Doc: "place, what was expected, what was found"),
                new LakeField(3, "context", LakeType.Map(9, 10), Doc: "file, its SHA-256, day, place and delivery"),
                new LakeField(4, "severity", LakeType.String, Doc: "ERROR"),
                new LakeField(5, "recommended_action", LakeType.String, Doc: "what a person can do"),
                new LakeField(6, "ingest_ts", LakeType.TimestampTz, IsRequired: true, "when it was known"),
                new LakeField(7, "raw_payload", LakeType.String, Doc: "what was found"),
                new LakeField(8, "dead_letter_id", LakeType.Long, IsRequired: true, "number in the store"),
            ],
            ["dead_letter_id"],
            [("ingest_ts", Transform.Day)],
            ["ingest_ts", "source"]),
        ["curve_landing", "curve_observation"],
        "EXISTS (SELECT 1 FROM dead_letters l WHERE l.delivery_id = deliveries.delivery_id)",
        $"SELECT {Columns} AND d.delivery_id > $1 AND d.delivery_id <= $2")
    {
        Whole = $"SELECT {Columns}",
        Inputs =
        [
            new("dead_letters", $"SELECT * FROM dead_letters {Of}", "SELECT * FROM dead_letters"),
            new("deliveries", $"SELECT delivery_id, table_name FROM deliveries {Of}", "SELECT delivery_id, table_name FROM deliveries"),
            new("files", $"SELECT file_id, file_name, sha256 FROM files WHERE file_id IN (SELECT file_id FROM dead_letters {Of})",
                "SELECT file_id, file_name, sha256 FROM files WHERE file_id IN (SELECT file_id FROM dead_letters)"),
        ],
        Compared = ["dead_letter_id", "source", "error_message", "ingest_ts"],
    };
}
