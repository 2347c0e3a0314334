using Aurum.Store.Engines;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Writing;

/// <summary>Finds the rows that have given keys and writes their positions to delete files, one for each partition.</summary>
/// <remarks>Positions rather than rewritten files: a correction touches a few rows of a day's file, and costs as much as it
/// changes. Compaction takes the deleted rows out later.</remarks>
internal sealed class KeyDeletes(ILakeStorage storage, TableManifests manifests, FileWriter writer)
{
    private const string Keys = "lake_keys";
    private const string Positions = "lake_deleted_positions";

    /// <param name="connection">Where to ask.</param>
    /// <param name="keysSql">A query with at least the key columns.</param>
    /// <param name="table">Table.</param>
    /// <param name="head">Snapshot in which to find them; null: there are no rows yet.</param>
    /// <returns>The files of deleted positions, and data files of which no row is left.</returns>
    public (List<DataFile> Deletes, HashSet<string> Removed) Find(
        EngineConnection connection, string keysSql, TableMetadata table, Snapshot? head)
    {
        var schema = table.Schema with { Fields = [.. KeysOf(table)] };
        var names = schema.Fields.Select(f => SqlText.Name(f.Name)).ToList();
        var columns = schema.Fields.Select((f, i) => $"CAST({names[i]} AS {f.Type.Sql}) AS {names[i]}");
        connection.Execute(
            $"CREATE OR REPLACE TEMPORARY TABLE {Keys} AS SELECT DISTINCT {string.Join(", ", columns)} FROM ({keysSql})");
        try
        {
            var scan = FileScan.Plan(manifests.Files(table, head), table, table.Schema, Ranges(connection, schema));
            if (scan.Data.Count == 0)
            {
                return ([], []);
            }

            // Ranges choose the files; the keys choose the rows.
            var rows = (scan with { Ranges = [] }).Sql(storage, table, schema, FileScan.FileName, FileScan.RowNumber);
            connection.Execute($"""
                CREATE OR REPLACE TEMPORARY TABLE {Positions} AS
                SELECT r.{FileScan.FileName} AS file, r.{FileScan.RowNumber} AS pos FROM ({rows}) r
                SEMI JOIN {Keys} k ON {string.Join(" AND ", names.Select(n => $"r.{n} IS NOT DISTINCT FROM k.{n}"))}
                """);
            return Write(connection, table, scan);
        }
        finally
        {
            connection.Execute($"DROP TABLE IF EXISTS {Positions}; DROP TABLE IF EXISTS {Keys}");
        }
    }

    /// <exception cref="LakeException">The table has no key.</exception>
    private static IEnumerable<LakeField> KeysOf(TableMetadata table) => table.Schema.KeyIds.Count > 0
        ? table.Schema.Keys
        : throw new LakeException($"{table.Location}: rows are found by the table's key, and it has none");

    /// <summary>Between which values the keys lie: files outside of them need not be read.</summary>
    private static List<ColumnRange> Ranges(EngineConnection connection, LakeSchema keys)
    {
        var fields = keys.Fields.Where(f => f.Type.Kind
            is LakeKind.String or LakeKind.Date or LakeKind.TimestampTz or LakeKind.Timestamp or LakeKind.Int or LakeKind.Long).ToList();
        if (fields.Count == 0)
        {
            return [];
        }

        var columns = fields.SelectMany(
            f => new[] { $"min({AsNumber(f)})", $"max({AsNumber(f)})", $"count(*) - count({SqlText.Name(f.Name)})" });
        using var statement = connection.Prepare($"SELECT {string.Join(", ", columns)} FROM {Keys}");
        using var row = statement.Query();
        row.NextChunk();
        var ranges = new List<ColumnRange>();
        for (var i = 0; i < fields.Count; i++)
        {
            var at = i * 3;
            if (!row.IsNull(at, 0) && row.Integer(at + 2, 0) == 0)
            {
                ranges.Add(new ColumnRange(fields[i].Name, Value(row, fields[i].Type, at), Value(row, fields[i].Type, at + 1)));
            }
        }

        return ranges;
    }

    private static string AsNumber(LakeField field) => field.Type.Kind switch
    {
        LakeKind.Date => $"CAST({SqlText.Name(field.Name)} - DATE '1970-01-01' AS BIGINT)",
        LakeKind.Timestamp or LakeKind.TimestampTz => $"epoch_us({SqlText.Name(field.Name)})",
        LakeKind.Int => $"CAST({SqlText.Name(field.Name)} AS BIGINT)",
        _ => SqlText.Name(field.Name),
    };

    private static IComparable Value(EngineRows row, LakeType type, int column) => type.Kind switch
    {
        LakeKind.String => row.String(column, 0),
        LakeKind.Date or LakeKind.Int => checked((int)row.Integer(column, 0)),
        _ => row.Integer(column, 0),
    };

    private (List<DataFile> Deletes, HashSet<string> Removed) Write(EngineConnection connection, TableMetadata table, FileScan scan)
    {
        var byPath = scan.Data.ToDictionary(f => storage.EnginePath(LakePaths.Relative(table, f.Path)), StringComparer.Ordinal);
        var touched = Touched(connection, byPath);
        var removed = touched.Where(t => t.Rows == t.File.Rows).Select(t => t.File.Path).ToHashSet(StringComparer.Ordinal);
        var deletes = new List<DataFile>();
        foreach (var partition in touched.Where(t => !removed.Contains(t.File.Path)).GroupBy(t => t.File.PartitionText))
        {
            var files = SqlText.List(partition.Select(t => t.EnginePath));
            var root = storage.EnginePath("x")[..^1];
            deletes.Add(writer.WriteDeletes(
                connection,
                $"""
                SELECT {SqlText.Text(table.Location + "/")} || substr(file, {root.Length + 1}) AS file_path, pos
                FROM {Positions} WHERE list_contains({files}, file) ORDER BY file_path, pos
                """,
                table,
                partition.First().File));
        }

        return (deletes, removed);
    }

    private static List<(string EnginePath, DataFile File, long Rows)> Touched(
        EngineConnection connection, Dictionary<string, DataFile> byPath)
    {
        using var statement = connection.Prepare($"SELECT file, count(*) FROM {Positions} GROUP BY file ORDER BY file");
        using var rows = statement.Query();
        var touched = new List<(string, DataFile, long)>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var path = rows.String(0, i);
                touched.Add((path, byPath[path], rows.Integer(1, i)));
            }
        }

        return touched;
    }
}
