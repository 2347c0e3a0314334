using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Projection;

namespace Aurum.Tests.Deploy;

/// <summary>The lake's tables and views as statements of Trino, from the shapes that the program creates.</summary>
internal static class TrinoDdl
{
    private const string Catalog = TrinoViews.Catalog;

    public static string Text()
    {
        var spaces = LakeProjections.All.Select(static p => p.Shape.Name.Namespace)
            .Concat(TrinoViews.All.Select(static v => v.Name.Split('.')[0])).Distinct();
        string[] head =
        [
            "-- The lake's tables and views for Trino. Aurum makes the tables itself: run these only where Trino is to make them.",
            string.Join('\n', spaces.Select(static s => $"CREATE SCHEMA IF NOT EXISTS {Catalog}.{s};")),
        ];
        return string.Join("\n\n", head.Concat(LakeProjections.All.Select(static p => Table(p.Shape)))
            .Concat(TrinoViews.All.Select(TrinoViews.Statement))) + "\n";
    }

    private static string Table(LakeTableShape shape)
    {
        var columns = shape.Fields.Select(static f => $"  {f.Name} {TypeOf(f.Type)}{(f.IsRequired ? " NOT NULL" : "")}{Comment(f.Doc)}");
        List<string> settings = ["format = 'PARQUET'", "format_version = 2", "compression_codec = 'ZSTD'"];
        if (shape.Partitions.Count > 0)
        {
            settings.Add($"partitioning = ARRAY[{Quoted(shape.Partitions.Select(static p => Partition(p.Column, p.Transform)))}]");
        }

        if (shape.Sort.Count > 0)
        {
            settings.Add($"sorted_by = ARRAY[{Quoted(shape.Sort)}]");
        }

        return $"CREATE TABLE IF NOT EXISTS {Catalog}.{shape.Name} (\n{string.Join(",\n", columns)}\n)\n"
            + $"WITH (\n  {string.Join(",\n  ", settings)}\n);";
    }

    private static string Comment(string doc) =>
        doc.Length == 0 ? "" : $" COMMENT '{doc.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static n => $"'{n}'"));

    private static string Partition(string column, Transform transform) =>
        transform == Transform.Identity ? column : $"{transform.ToString().ToLowerInvariant()}({column})";

    private static string TypeOf(LakeType type) => type.Kind switch
    {
        LakeKind.Boolean => "boolean",
        LakeKind.Int => "integer",
        LakeKind.Long => "bigint",
        LakeKind.Float => "real",
        LakeKind.Double => "double",
        LakeKind.Decimal => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"decimal({type.Precision}, {type.Scale})"),
        LakeKind.Date => "date",
        LakeKind.Timestamp => "timestamp(6)",
        LakeKind.TimestampTz => "timestamp(6) with time zone",
        LakeKind.Map => "map(varchar, varchar)",
        _ => "varchar",
    };
}
