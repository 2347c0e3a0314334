using Aurum.Store.Engines;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;

namespace Aurum.Store.Lake.Writing;

/// <summary>When files of a partition are put together, and how large they get.</summary>
public sealed record CompactionOptions
{
    /// <summary>Size that files are filled up to, bytes. 1 MiB to 4 GiB; default 512 MiB.</summary>
    public long TargetBytes { get; init; } = 512L << 20;

    /// <summary>Small files of a partition from which on they are put together; default 24. At least 2.</summary>
    public int MinDataFiles { get; init; } = 24;

    /// <summary>Files of deletes of a partition from which on its files are written anew without the deleted rows; default
    /// 250.</summary>
    public int MinDeleteFiles { get; init; } = 250;

    /// <summary>Puts together whatever can be.</summary>
    public static CompactionOptions Everything => new() { MinDataFiles = 2, MinDeleteFiles = 1 };

    internal CompactionOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TargetBytes, 1 << 20, nameof(TargetBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TargetBytes, 4L << 30, nameof(TargetBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinDataFiles, 2, nameof(MinDataFiles));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinDeleteFiles, 1, nameof(MinDeleteFiles));
        return this;
    }
}

/// <summary>Writes small files of a partition together, without deleted rows.</summary>
internal sealed class Compaction(ILakeStorage storage, TableManifests manifests, FileWriter writer, CompactionOptions options)
{
    /// <summary>A file of this part of the target is large enough, in percent.</summary>
    private const int LargePercent = 75;

    /// <summary>What to replace by what in a snapshot; null: nothing is worth it.</summary>
    public SnapshotChange? Plan(EngineConnection connection, TableMetadata table, Snapshot head)
    {
        var files = manifests.Files(table, head).Live;
        var (added, removed) = (new List<DataFile>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var partition in files.Where(f => f.SpecId == table.DefaultSpecId).GroupBy(f => f.PartitionText))
        {
            var deletes = partition.Where(f => f.Content == FileContent.PositionDeletes).ToList();
            var data = partition.Where(f => f.Content == FileContent.Data).ToList();
            foreach (var group in Groups(data, deletes.Count >= options.MinDeleteFiles))
            {
                var scan = new FileScan(group, deletes, [], 0);
                var rewritten = writer.WriteOnePartition(
                    connection, scan.Sql(storage, table, table.Schema), table, group[0].Partition);
                if (rewritten.Rows > 0)
                {
                    added.Add(rewritten);
                }

                removed.UnionWith(group.Select(f => f.Path));
            }
        }

        removed.UnionWith(Obsolete(connection, table, files, removed));
        return removed.Count == 0 ? null : new SnapshotChange(SnapshotChange.Replace, added, removed);
    }

    /// <summary>Files to write together: small ones, in bins of the target size; all of them, where deletes are to be taken
    /// out.</summary>
    private IEnumerable<List<DataFile>> Groups(List<DataFile> data, bool takesOutDeletes)
    {
        var small = data.Where(f => takesOutDeletes || f.SizeBytes < options.TargetBytes * LargePercent / 100)
            .OrderByDescending(f => f.SizeBytes).ThenBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (small.Count < options.MinDataFiles && !takesOutDeletes)
        {
            yield break;
        }

        // First fit, largest first.
        var bins = new List<(List<DataFile> Files, long Bytes)>();
        foreach (var file in small)
        {
            var bin = bins.FindIndex(b => b.Bytes + file.SizeBytes <= options.TargetBytes);
            if (bin < 0)
            {
                bins.Add(([file], file.SizeBytes));
            }
            else
            {
                bins[bin].Files.Add(file);
                bins[bin] = (bins[bin].Files, bins[bin].Bytes + file.SizeBytes);
            }
        }

        foreach (var (files, _) in bins.Where(b => takesOutDeletes || b.Files.Count > 1))
        {
            yield return files;
        }
    }

    /// <summary>Files of deletes that are only about data files which are gone.</summary>
    private List<string> Obsolete(
        EngineConnection connection, TableMetadata table, IReadOnlyList<DataFile> files, HashSet<string> removed)
    {
        var live = files.Where(f => f.Content == FileContent.Data && !removed.Contains(f.Path)).Select(f => f.Path)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. files.Where(f => f.Content == FileContent.PositionDeletes).Where(f => !About(connection, table, f).Overlaps(live))
                .Select(f => f.Path),
        ];
    }

    private HashSet<string> About(EngineConnection connection, TableMetadata table, DataFile deletes)
    {
        using var statement = connection.Prepare(
            $"SELECT DISTINCT file_path FROM read_parquet({FileScan.Files(storage, table, [deletes])})");
        using var rows = statement.Query();
        var about = new HashSet<string>(StringComparer.Ordinal);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                about.Add(rows.String(0, i));
            }
        }

        return about;
    }
}
