using System.Globalization;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;
using NodaTime;

namespace Aurum.Store.Lake.Writing;

/// <summary>Writes the manifests of a new snapshot and puts it into the table's metadata. Nothing of it is seen before that metadata is
/// committed.</summary>
internal sealed class SnapshotWriter(ILakeStorage storage, TableManifests manifests, Func<ulong> nextToken)
{
    /// <summary>Snapshot ids stay below 2^53: readers in JavaScript keep them whole.</summary>
    private const int SnapshotIdBits = 53;

    /// <summary>Manifests of one kind in a snapshot from which on they are put together.</summary>
    private const int MostManifests = 24;

    /// <summary>Snapshot numbers that later snapshots take over from the summaries before them begin so.</summary>
    public const string InheritedNotes = "aurum.";

    /// <param name="table">Metadata that it follows.</param>
    /// <param name="write">Branch and notes.</param>
    /// <param name="change">Files.</param>
    /// <param name="now">Time.</param>
    /// <param name="written">Receives the paths of what is written, for the case that the commit fails.</param>
    public (TableMetadata Table, Snapshot Snapshot) Write(
        TableMetadata table, LakeWrite write, SnapshotChange change, Instant now, List<string> written)
    {
        if (table.Refs.TryGetValue(write.Branch, out var named) && named.IsTag)
        {
            throw new LakeException($"{table.Location}: {write.Branch} is a tag, and tags do not move");
        }

        var parent = table.Head(write.Branch) ?? table.Current;
        var id = NewId(table);
        var sequence = table.LastSequenceNumber + 1;
        var before = manifests.Files(table, parent);
        var list = Carried(table, before, change, id, sequence, written);
        list.AddRange(Added(table, change, id, sequence, written));
        list = Merged(table, list, id, sequence, written);
        var path = string.Create(CultureInfo.InvariantCulture, $"{MetadataFiles.Folder}/snap-{id}-1-{nextToken():x16}.avro");
        Create(path, ManifestListCodec.Write(list, id, parent?.Id, sequence), written);
        var summary = Summary(write, change, before, list, parent);
        var snapshot = new Snapshot(
            id, parent?.Id, sequence, now, LakePaths.Address(table, path), summary, table.CurrentSchemaId);
        var properties = new Dictionary<string, string>(table.Properties, StringComparer.Ordinal);
        foreach (var (name, value) in write.Properties)
        {
            properties[name] = value;
        }

        var next = table with
        {
            LastSequenceNumber = sequence,
            Snapshots = [.. table.Snapshots, snapshot],
            Properties = properties,
        };
        return (next.With(write.Branch, (named ?? new SnapshotRef(id, IsTag: false)) with { SnapshotId = id }, now), snapshot);
    }

    /// <summary>The manifests before, where files are removed written anew.</summary>
    private List<ManifestFile> Carried(
        TableMetadata table, SnapshotFiles before, SnapshotChange change, long id, long sequence, List<string> written)
    {
        var carried = new List<ManifestFile>();
        var missing = new HashSet<string>(change.Removed, StringComparer.Ordinal);
        for (var i = 0; i < before.Manifests.Count; i++)
        {
            var (manifest, entries) = (before.Manifests[i], before.Entries[i]);
            if (!manifest.HasLiveFiles)
            {
                continue;
            }

            if (!entries.Any(e => e.IsLive && change.Removed.Contains(e.File.Path)))
            {
                carried.Add(manifest);
                continue;
            }

            carried.Add(Write(
                table,
                entries.Where(e => e.IsLive).Select(e => change.Removed.Contains(e.File.Path)
                    ? e with { Status = EntryStatus.Deleted, SnapshotId = id }
                    : e with { Status = EntryStatus.Existing }),
                manifest.SpecId,
                manifest.IsDeletes,
                id,
                sequence,
                written));
            missing.ExceptWith(entries.Where(e => e.IsLive).Select(e => e.File.Path));
        }

        return missing.Count == 0
            ? carried
            : throw new LakeConflictException($"{table.Location}: {missing.First()} is no longer part of the branch");
    }

    private IEnumerable<ManifestFile> Added(TableMetadata table, SnapshotChange change, long id, long sequence, List<string> written) =>
        change.Added.GroupBy(f => (f.SpecId, IsDeletes: f.Content != FileContent.Data)).OrderBy(g => g.Key.IsDeletes).Select(g => Write(
            table,
            g.Select(f => new ManifestEntry(EntryStatus.Added, id, null, null, f)),
            g.Key.SpecId,
            g.Key.IsDeletes,
            id,
            sequence,
            written));

    /// <summary>Puts many manifests of a kind together, so that a read opens few. The newest, which says what was added, stays.</summary>
    private List<ManifestFile> Merged(TableMetadata table, List<ManifestFile> list, long id, long sequence, List<string> written)
    {
        foreach (var group in list.Where(m => m.AddedSnapshotId != id).GroupBy(m => (m.SpecId, m.IsDeletes)).ToList())
        {
            if (group.Count() >= MostManifests)
            {
                var entries = group.SelectMany(m => manifests.Entries(table, m)).Where(e => e.IsLive)
                    .Select(e => e with { Status = EntryStatus.Existing });
                var merged = Write(table, entries, group.Key.SpecId, group.Key.IsDeletes, id, sequence, written);
                list = [merged, .. list.Except(group)];
            }
        }

        return list;
    }

    private ManifestFile Write(
        TableMetadata table,
        IEnumerable<ManifestEntry> entries,
        int specId,
        bool isDeletes,
        long id,
        long sequence,
        List<string> written)
    {
        var all = entries.ToList();
        var spec = table.Specs.First(s => s.Id == specId);
        var path = string.Create(
            CultureInfo.InvariantCulture, $"{MetadataFiles.Folder}/{nextToken():x16}-m{(isDeletes ? 1 : 0)}.avro");
        var bytes = ManifestCodec.Write(all, spec, table.Schema, isDeletes);
        Create(path, bytes, written);
        int Files(EntryStatus status) => all.Count(e => e.Status == status);
        long Rows(EntryStatus status) => all.Where(e => e.Status == status).Sum(e => e.File.Rows);
        return new ManifestFile
        {
            Path = LakePaths.Address(table, path),
            LengthBytes = bytes.Length,
            SpecId = specId,
            IsDeletes = isDeletes,
            SequenceNumber = sequence,
            MinSequenceNumber = all.Where(e => e.IsLive).Select(e => e.SequenceNumber ?? sequence).DefaultIfEmpty(sequence).Min(),
            AddedSnapshotId = id,
            AddedFiles = Files(EntryStatus.Added),
            ExistingFiles = Files(EntryStatus.Existing),
            DeletedFiles = Files(EntryStatus.Deleted),
            AddedRows = Rows(EntryStatus.Added),
            ExistingRows = Rows(EntryStatus.Existing),
            DeletedRows = Rows(EntryStatus.Deleted),
            Partitions = [.. spec.Fields.Select((f, i) => Summary(f.ResultType(table.Schema), [.. all.Select(e => e.File.Partition[i])]))],
        };
    }

    private static PartitionSummary Summary(LakeType type, List<IComparable?> values)
    {
        var known = values.OfType<IComparable>().Order(Comparer<IComparable>.Create(SingleValue.Compare)).ToList();
        return known.Count == 0
            ? new PartitionSummary(values.Count > 0, null, null)
            : new PartitionSummary(known.Count < values.Count, SingleValue.Encode(type, known[0]), SingleValue.Encode(type, known[^1]));
    }

    private static Dictionary<string, string> Summary(
        LakeWrite write, SnapshotChange change, SnapshotFiles before, List<ManifestFile> after, Snapshot? parent)
    {
        var summary = (parent?.Summary ?? new Dictionary<string, string>())
            .Where(n => n.Key.StartsWith(InheritedNotes, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        summary["operation"] = change.Operation;
        var removed = before.Live.Where(f => change.Removed.Contains(f.Path)).ToList();
        Count(summary, "added", "data-files", change.Added, FileContent.Data);
        Count(summary, "deleted", "data-files", removed, FileContent.Data);
        Count(summary, "added", "delete-files", change.Added, FileContent.PositionDeletes);
        Count(summary, "removed", "delete-files", removed, FileContent.PositionDeletes);
        void Set(string name, long value) => summary[name] = value.ToString(CultureInfo.InvariantCulture);
        var size = before.Live.Sum(f => f.SizeBytes) + change.Added.Sum(f => f.SizeBytes) - removed.Sum(f => f.SizeBytes);
        Set("changed-partition-count", change.Added.Concat(removed).Select(f => f.PartitionText).Distinct().Count());
        Set("total-data-files", after.Where(m => !m.IsDeletes).Sum(m => (long)m.AddedFiles + m.ExistingFiles));
        Set("total-records", after.Where(m => !m.IsDeletes).Sum(m => m.AddedRows + m.ExistingRows));
        Set("total-files-size", size);
        Set("total-delete-files", after.Where(m => m.IsDeletes).Sum(m => (long)m.AddedFiles + m.ExistingFiles));
        Set("total-position-deletes", after.Where(m => m.IsDeletes).Sum(m => m.AddedRows + m.ExistingRows));
        Set("total-equality-deletes", 0);
        foreach (var (name, value) in write.Notes)
        {
            summary[name] = value;
        }

        return summary;
    }

    private static void Count(
        Dictionary<string, string> summary, string what, string files, IEnumerable<DataFile> all, FileContent content)
    {
        var of = all.Where(f => f.Content == content).ToList();
        if (of.Count > 0)
        {
            var rows = content == FileContent.Data ? "records" : "position-deletes";
            summary[$"{what}-{files}"] = of.Count.ToString(CultureInfo.InvariantCulture);
            summary[$"{what}-{rows}"] = of.Sum(f => f.Rows).ToString(CultureInfo.InvariantCulture);
        }
    }

    private void Create(string path, byte[] bytes, List<string> written)
    {
        written.Add(path);
        if (!storage.CreateNew(path, bytes))
        {
            throw new LakeException($"{storage.NameOf(path)}: expected a new file, found one");
        }
    }

    private long NewId(TableMetadata table)
    {
        var id = (long)(nextToken() >> (64 - SnapshotIdBits)) | 1L << (SnapshotIdBits - 1);
        return table.Snapshots.Any(s => s.Id == id) ? NewId(table) : id;
    }
}
