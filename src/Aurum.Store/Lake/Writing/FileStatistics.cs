using System.Globalization;
using System.Numerics;
using Aurum.Store.Engines;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Writing;

/// <summary>The statistics of a Parquet file by field id, from its footer.</summary>
internal static class FileStatistics
{
    /// <summary>Expressions of a column in the query of the footer.</summary>
    private const int Width = 6;

    /// <param name="connection">Where to ask.</param>
    /// <param name="localFile">File.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="file">What is known of it already; texts are bounds of data files shortened, of delete files whole.</param>
    public static DataFile Read(EngineConnection connection, string localFile, LakeSchema schema, DataFile file)
    {
        var fields = schema.Fields.Where(f => f.Type.Kind != LakeKind.Map).ToList();
        var columns = string.Join(", ", fields.Select(Expressions));
        using var statement = connection.Prepare($"SELECT {columns} FROM parquet_metadata({SqlText.Text(localFile)})");
        using var row = statement.Query();
        row.NextChunk();
        var (sizes, values, nulls) = (new Dictionary<int, long>(), new Dictionary<int, long>(), new Dictionary<int, long>());
        var (lower, upper) = (new Dictionary<int, byte[]>(), new Dictionary<int, byte[]>());
        var unbounded = new List<LakeField>();
        for (var i = 0; i < fields.Count; i++)
        {
            var (field, at) = (fields[i], i * Width);
            sizes[field.Id] = row.Integer(at, 0);
            values[field.Id] = row.Integer(at + 1, 0);
            nulls[field.Id] = row.Integer(at + 2, 0);
            if (row.Boolean(at + 3, 0) && !row.IsNull(at + 4, 0))
            {
                AddBounds(field, Value(row, field.Type, at + 4), Value(row, field.Type, at + 5), file.Content, lower, upper);
            }
            else if (nulls[field.Id] < values[field.Id])
            {
                unbounded.Add(field);
            }
        }

        return file with
        {
            SizeBytes = new FileInfo(localFile).Length,
            ColumnSizes = sizes,
            ValueCounts = values,
            NullCounts = nulls,
            NanCounts = NanCounts(connection, localFile, fields, unbounded),
            LowerBounds = lower,
            UpperBounds = upper,
            SplitOffsets = SplitOffsets(connection, localFile),
        };
    }

    /// <summary>Bytes, values, nulls, whether every row group has bounds, lowest and highest value.</summary>
    private static string Expressions(LakeField field)
    {
        var of = $"FILTER (path_in_schema = {SqlText.Text(field.Name)})";
        return $"""
            CAST(sum(total_compressed_size) {of} AS BIGINT), CAST(sum(num_values) {of} AS BIGINT),
            CAST(sum(stats_null_count) {of} AS BIGINT),
            bool_and(stats_min_value IS NOT NULL OR stats_null_count = num_values) {of},
            {Typed(field.Type, $"min({Cast(field.Type, "stats_min_value")}) {of}")},
            {Typed(field.Type, $"max({Cast(field.Type, "stats_max_value")}) {of}")}
            """;
    }

    private static string Cast(LakeType type, string text) => $"TRY_CAST({text} AS {type.Sql})";

    private static string Typed(LakeType type, string value) => type.Kind switch
    {
        LakeKind.Date => $"CAST({value} - DATE '1970-01-01' AS BIGINT)",
        LakeKind.Timestamp or LakeKind.TimestampTz => $"epoch_us({value})",
        LakeKind.Int or LakeKind.Long => $"CAST({value} AS BIGINT)",
        LakeKind.Float or LakeKind.Double => $"CAST({value} AS DOUBLE)",
        LakeKind.Decimal => $"CAST({value} AS VARCHAR)",
        _ => value,
    };

    private static IComparable Value(EngineRows row, LakeType type, int column) => type.Kind switch
    {
        LakeKind.Boolean => row.Boolean(column, 0),
        LakeKind.Int or LakeKind.Date => checked((int)row.Integer(column, 0)),
        LakeKind.Long or LakeKind.Timestamp or LakeKind.TimestampTz => row.Integer(column, 0),
        LakeKind.Float => (float)row.Double(column, 0),
        LakeKind.Double => row.Double(column, 0),
        LakeKind.Decimal => BigInteger.Parse(
            row.String(column, 0).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
        _ => row.String(column, 0),
    };

    private static void AddBounds(
        LakeField field,
        IComparable low,
        IComparable high,
        FileContent content,
        Dictionary<int, byte[]> lower,
        Dictionary<int, byte[]> upper)
    {
        if (low is string lowest && high is string highest && content == FileContent.Data)
        {
            (low, high) = (SingleValue.LowerBound(lowest), SingleValue.UpperBound(highest)!);
        }

        lower[field.Id] = SingleValue.Encode(field.Type, low);
        if (high is not null)
        {
            upper[field.Id] = SingleValue.Encode(field.Type, high);
        }
    }

    /// <summary>The engine leaves out the bounds of a column with NaN: only such columns have to be read.</summary>
    private static Dictionary<int, long> NanCounts(
        EngineConnection connection, string localFile, List<LakeField> fields, List<LakeField> unbounded)
    {
        static bool CanBeNan(LakeField field) => field.Type.Kind is LakeKind.Float or LakeKind.Double;
        var counts = fields.Where(CanBeNan).ToDictionary(f => f.Id, static _ => 0L);
        var read = unbounded.Where(CanBeNan).ToList();
        if (read.Count > 0)
        {
            var columns = read.Select(f => $"count(*) FILTER (isnan({SqlText.Name(f.Name)}))");
            using var statement = connection.Prepare(
                $"SELECT {string.Join(", ", columns)} FROM read_parquet({SqlText.Text(localFile)})");
            using var row = statement.Query();
            row.NextChunk();
            for (var i = 0; i < read.Count; i++)
            {
                counts[read[i].Id] = row.Integer(i, 0);
            }
        }

        return counts;
    }

    private static List<long> SplitOffsets(EngineConnection connection, string localFile)
    {
        using var statement = connection.Prepare($"""
            SELECT CAST(min(least(data_page_offset, coalesce(dictionary_page_offset, data_page_offset))) AS BIGINT)
            FROM parquet_metadata({SqlText.Text(localFile)}) GROUP BY row_group_id ORDER BY row_group_id
            """);
        using var rows = statement.Query();
        var offsets = new List<long>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                offsets.Add(rows.Integer(0, i));
            }
        }

        return offsets;
    }
}
