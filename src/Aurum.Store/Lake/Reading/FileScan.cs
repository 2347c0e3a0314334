using System.Globalization;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Reading;

/// <summary>The files that hold what a read asks for, and the SQL that reads them: columns by field id, without deleted rows.</summary>
/// <param name="Data">Data files.</param>
/// <param name="Deletes">Files of deleted positions that may be about them.</param>
/// <param name="Ranges">What rows are asked for.</param>
/// <param name="Skipped">Data files that hold none of these, by their partition or bounds.</param>
internal sealed record FileScan(
    IReadOnlyList<DataFile> Data, IReadOnlyList<DataFile> Deletes, IReadOnlyList<ColumnRange> Ranges, int Skipped)
{
    /// <summary>Column of the engine: the file that a row is from.</summary>
    public const string FileName = "filename";

    /// <summary>Column of the engine: the row's place in its file.</summary>
    public const string RowNumber = "file_row_number";

    /// <summary>Plans a read of a snapshot.</summary>
    public static FileScan Plan(SnapshotFiles files, TableMetadata table, LakeSchema schema, IReadOnlyList<ColumnRange> ranges)
    {
        var data = files.Live.Where(f => f.Content == FileContent.Data)
            .Where(f => ranges.All(r => r.MayMatch(f, table.Specs.First(s => s.Id == f.SpecId), schema)))
            .ToList();
        var partitions = data.Select(f => f.PartitionText).ToHashSet(StringComparer.Ordinal);
        return new FileScan(
            data,
            [.. files.Live.Where(f => f.Content == FileContent.PositionDeletes && partitions.Contains(f.PartitionText))],
            ranges,
            files.Live.Count(f => f.Content == FileContent.Data) - data.Count);
    }

    /// <summary>A query of the rows with the columns of a schema.</summary>
    /// <param name="storage">Where the files are.</param>
    /// <param name="table">Table.</param>
    /// <param name="schema">Columns, whatever they were called when a file was written.</param>
    /// <param name="more">Further columns: <see cref="FileName"/>, <see cref="RowNumber"/>.</param>
    public string Sql(ILakeStorage storage, TableMetadata table, LakeSchema schema, params IReadOnlyList<string> more)
    {
        var names = schema.Fields.Select(f => "d." + SqlText.Name(f.Name)).Concat(more.Select(m => "d." + m));
        var columns = string.Join(", ", names);
        if (Data.Count == 0)
        {
            var nothing = schema.Fields.Select(f => $"CAST(NULL AS {f.Type.Sql}) AS {SqlText.Name(f.Name)}")
                .Concat(more.Select(m => $"CAST(NULL AS {(m == RowNumber ? "BIGINT" : "VARCHAR")}) AS {m}"));
            return $"SELECT {string.Join(", ", nothing)} WHERE false";
        }

        var rows = $"SELECT {columns} FROM read_parquet({Files(storage, table, Data)}, schema = {Columns(schema)}) d";
        if (Deletes.Count > 0)
        {
            rows += $" ANTI JOIN ({DeletedPositions(storage, table)}) x ON x.file = d.{FileName} AND x.pos = d.{RowNumber}";
        }

        return Ranges.Count == 0 ? rows : $"{rows} WHERE {string.Join(" AND ", Ranges.Select(r => r.Sql(schema)))}";
    }

    /// <summary>The columns as the engine finds them by field id.</summary>
    public static string Columns(LakeSchema schema)
    {
        var columns = schema.Fields.Select(f => string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Id}: {{name: {SqlText.Text(f.Name)}, type: {SqlText.Text(f.Type.Sql)}, default_value: NULL}}"));
        return $"map {{{string.Join(", ", columns)}}}";
    }

    /// <summary>Files as the engine reads them; they are there for it.</summary>
    public static string Files(ILakeStorage storage, TableMetadata table, IEnumerable<DataFile> files)
    {
        var paths = files.Select(f => LakePaths.Relative(table, f.Path)).ToList();
        storage.Bring(paths);
        return SqlText.List(paths.Select(storage.EnginePath));
    }

    /// <summary>Deleted positions: <c>file</c> as the engine names it, <c>pos</c>.</summary>
    public string DeletedPositions(ILakeStorage storage, TableMetadata table)
    {
        // What is between the table's address and the name of a file is the same in the engine's path.
        var root = storage.EnginePath("x")[..^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT {SqlText.Text(root)} || substr(file_path, {table.Location.Length + 2}) AS file, pos
            FROM read_parquet({Files(storage, table, Deletes)}, schema = {Columns(PositionDeletes.Schema)})
            """);
    }
}
