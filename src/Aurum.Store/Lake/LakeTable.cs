using Aurum.Store.Engines;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Lake.Writing;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Store.Lake;

/// <summary>An Iceberg table, format version 2. Rows come and go as queries of the lake's engine, which reads files of the lake and
/// of its scratch folder. Each commit is seen whole or not at all; safe from several threads and processes.</summary>
public sealed class LakeTable
{
    private readonly LakeOptions _options;
    private readonly StoreEngine _engine;
    private readonly ILakeStorage _storage;
    private readonly ILakeCommits _commits;
    private readonly TableManifests _manifests;
    private readonly FileWriter _writer;

    internal LakeTable(LakeName name, LakeHome home, StoreEngine engine, LakeOptions options)
    {
        (Name, _engine, _options) = (name, engine, options);
        (_storage, _commits) = (home.Storage, home.Commits);
        _manifests = new TableManifests(_storage);
        _writer = new FileWriter(_storage, options.Scratch, options.NextToken);
    }

    public LakeName Name { get; }

    /// <summary>The newest metadata, read anew.</summary>
    /// <exception cref="LakeException">There is no such table, or it is damaged.</exception>
    public TableMetadata Metadata => Load().Table;

    /// <summary>The current metadata file: a path, or an address where it is not local.</summary>
    public string MetadataFile => Load().File;

    internal bool IsThere => _commits.Load() is not null;

    /// <summary>Adds rows.</summary>
    /// <param name="rowsSql">A query with the table's columns by name.</param>
    /// <param name="write">Branch and notes.</param>
    public Snapshot Append(string rowsSql, LakeWrite? write = null) =>
        Written(rowsSql, write, (_, _, added) => new SnapshotChange(SnapshotChange.Append, added, SnapshotChange.Nothing));

    /// <summary>Adds rows in place of those with the same key.</summary>
    /// <param name="rowsSql">A query with the table's columns by name.</param>
    /// <param name="keysSql">Keys to remove; null: those of the rows.</param>
    /// <param name="write">Branch and notes.</param>
    public Snapshot Upsert(string rowsSql, string? keysSql = null, LakeWrite? write = null)
    {
        var deletes = new KeyDeletes(_storage, _manifests, _writer);
        return Written(rowsSql, write, (lease, from, added) =>
        {
            var head = from.Head((write ?? new LakeWrite()).Branch) ?? from.Current;
            var (positions, removed) = deletes.Find(lease, keysSql ?? rowsSql, from, head);
            var operation = positions.Count + removed.Count == 0 ? SnapshotChange.Append
                : added.Count == 0 ? SnapshotChange.Delete
                : SnapshotChange.Overwrite;
            return new SnapshotChange(operation, [.. added, .. positions], removed);
        });
    }

    /// <summary>Removes the rows with given keys.</summary>
    public Snapshot DeleteKeys(string keysSql, LakeWrite? write = null)
    {
        var nothing = Metadata.Schema.Fields.Select(f => $"CAST(NULL AS {f.Type.Sql}) AS {Sql.SqlText.Name(f.Name)}");
        return Upsert($"SELECT {string.Join(", ", nothing)} WHERE false", keysSql, write);
    }

    /// <summary>Puts rows in place of all rows of the partitions that they are in.</summary>
    public Snapshot ReplacePartitions(string rowsSql, LakeWrite? write = null) => Written(rowsSql, write, (_, from, added) =>
    {
        var partitions = added.Select(f => f.PartitionText).ToHashSet(StringComparer.Ordinal);
        var head = from.Head((write ?? new LakeWrite()).Branch) ?? from.Current;
        var before = _manifests.Files(from, head).Live.Where(f => partitions.Contains(f.PartitionText));
        return new SnapshotChange(SnapshotChange.Overwrite, added, before.Select(f => f.Path).ToHashSet(StringComparer.Ordinal));
    });

    /// <summary>A commit without files: notes and properties alone.</summary>
    public Snapshot Note(LakeWrite write) =>
        Commit(write, static (_, _) => new SnapshotChange(SnapshotChange.Append, [], SnapshotChange.Nothing))!;

    /// <summary>Names a snapshot; a branch or tag of the name is replaced.</summary>
    public void SetRef(string name, SnapshotRef to) =>
        Change(table => table.With(name, Checked(table, to), _options.Clock.GetCurrentInstant()));

    public void DropRef(string name) => Change(table => name != TableMetadata.MainBranch && table.Refs.ContainsKey(name)
        ? table with { Refs = table.Refs.Where(r => r.Key != name).ToDictionary(StringComparer.Ordinal) }
        : throw new LakeException($"{Name}: expected a branch or tag other than main, found {name}"));

    /// <summary>Brings the commits of a branch to another one: it is moved where nothing was committed to it since; else the branch's
    /// files become a commit of their own there.</summary>
    /// <param name="branch">Branch.</param>
    /// <param name="into">Where to.</param>
    /// <param name="write">Notes; the tag that the result gets stands in <paramref name="tag"/>.</param>
    /// <param name="tag">A tag for the result; null: none.</param>
    /// <exception cref="LakeConflictException">Both have removed the same files.</exception>
    public Snapshot Merge(string branch, string into = TableMetadata.MainBranch, LakeWrite? write = null, string? tag = null)
    {
        write = (write ?? new LakeWrite()) with { Branch = into };
        var merge = new BranchMerge(_manifests);
        return Committed(
            write,
            (table, now, written) =>
            {
                var head = table.Head(branch) ?? throw new LakeException($"{Name}: there is no branch {branch}");
                var target = table.Head(into);
                if (BranchMerge.CanFastForward(table, target, head))
                {
                    var moved = table.With(into, new SnapshotRef(head.Id, IsTag: false), now);
                    return (Tagged(WithProperties(moved, write), tag, head, now), head);
                }

                var (next, snapshot) = new SnapshotWriter(_storage, _manifests, _options.NextToken)
                    .Write(table, write, merge.Difference(table, target!, head), now, written);
                return (Tagged(next, tag, snapshot, now), snapshot);
            })!;
    }

    /// <summary>Changes the columns.</summary>
    public void ChangeSchema(Func<TableMetadata, LakeSchema> change) => Change(table => table.With(change(table)));

    /// <summary>Puts small files together; null: nothing was worth it.</summary>
    public Snapshot? Compact(CompactionOptions options, string branch = TableMetadata.MainBranch)
    {
        var compaction = new Compaction(_storage, _manifests, _writer, options.Checked());
        var properties = new Dictionary<string, string>();
        using var lease = _engine.Rent();
        return Commit(
            new LakeWrite { Branch = branch, Properties = properties },
            (table, _) => table.Head(branch) is { } head ? compaction.Plan(lease.Connection, table, head) : null);
    }

    /// <summary>Drops snapshots that are too old, and the files that only they had.</summary>
    public LakeExpiry Expire(ExpiryOptions options)
    {
        var before = Load();
        Change(table => Expiry.Expire((before = before with { Table = table }).Table, options, _options.Clock.GetCurrentInstant()));
        var after = Load();
        var files = new Reachable(_storage, _manifests).RemoveExpired(before.Table, after.Table);
        return new LakeExpiry(before.Table.Snapshots.Count(s => after.Table.Snapshots.All(a => a.Id != s.Id)), files);
    }

    /// <summary>Removes files that no commit leads to and that are older than a grace.</summary>
    public int RemoveOrphans(Duration grace) =>
        new Reachable(_storage, _manifests).RemoveOrphans(Load(), _options.Clock.GetCurrentInstant() - grace);

    /// <summary>Reads a snapshot.</summary>
    public RowReader Read(LakeRead read, CancellationToken cancel = default)
    {
        var lease = _engine.Rent();
        try
        {
            var (statement, columns) = SqlGuard.Prepare(lease.Connection, ReadSql(read));
            return new RowReader(lease, statement, columns, read.Limit, null, null, cancel);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>The query of the lake's engine that <see cref="Read"/> runs.</summary>
    public string ReadSql(LakeRead read)
    {
        var table = Metadata;
        var snapshot = read.Find(Name, table);
        var schema = snapshot is null || read.UsesCurrentSchema ? table.Schema : table.Schemas.First(s => s.Id == snapshot.SchemaId);
        return FileScan.Plan(_manifests.Files(table, snapshot), table, schema, read.Ranges).Sql(_storage, table, schema);
    }

    internal FileScan Plan(LakeRead read)
    {
        var table = Metadata;
        return FileScan.Plan(_manifests.Files(table, read.Find(Name, table)), table, table.Schema, read.Ranges);
    }

    internal SnapshotFiles Files(TableMetadata table, Snapshot? snapshot) => _manifests.Files(table, snapshot);

    internal void Create(TableMetadata table)
    {
        if (_commits.TryCommit(null, table with { Location = _storage.Location }, _options.Clock.GetCurrentInstant()) is null)
        {
            throw new LakeConflictException($"{Name}: somebody else has just made the table");
        }
    }

    private MetadataVersion Load() => _commits.Load() ?? throw new LakeException($"{Name}: there is no such table in {_options.Address}");

    private static TableMetadata WithProperties(TableMetadata table, LakeWrite write)
    {
        var properties = new Dictionary<string, string>(table.Properties, StringComparer.Ordinal);
        foreach (var (name, value) in write.Properties)
        {
            properties[name] = value;
        }

        return table with { Properties = properties };
    }

    private static TableMetadata Tagged(TableMetadata table, string? tag, Snapshot snapshot, Instant now) =>
        tag is null ? table : table.With(tag, new SnapshotRef(snapshot.Id, IsTag: true), now);

    private static SnapshotRef Checked(TableMetadata table, SnapshotRef to) => to with { SnapshotId = table.Snapshot(to.SnapshotId).Id };

    /// <summary>Writes rows once; what else the commit does is found anew on each try.</summary>
    private Snapshot Written(
        string rowsSql, LakeWrite? write, Func<EngineConnection, TableMetadata, List<DataFile>, SnapshotChange> change)
    {
        using var lease = _engine.Rent();
        var written = Metadata;
        var added = _writer.WriteRows(lease.Connection, rowsSql, written);
        return Commit(write ?? new LakeWrite(), (table, _) => table.CurrentSchemaId == written.CurrentSchemaId
            ? change(lease.Connection, table, added)
            : throw new LakeConflictException($"{Name}: the columns were changed while rows were written"))!;
    }

    private Snapshot? Commit(LakeWrite write, Func<TableMetadata, Instant, SnapshotChange?> plan)
    {
        var snapshots = new SnapshotWriter(_storage, _manifests, _options.NextToken);
        return Committed(write, (table, now, written) => plan(table, now) is { } change
            ? snapshots.Write(table, write, change, now, written)
            : null);
    }

    private void Change(Func<TableMetadata, TableMetadata> change) => Committed(new LakeWrite(), (table, _, _) =>
        change(table) is var next && ReferenceEquals(next, table) ? null : (next, null));

    private Snapshot? Committed(
        LakeWrite write, Func<TableMetadata, Instant, List<string>, (TableMetadata Table, Snapshot? Snapshot)?> make)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = Load();
            write.Guard?.Invoke(current.Table);

            // Snapshots are in the order of their times, also where a clock goes back.
            var now = Instant.Max(_options.Clock.GetCurrentInstant(), current.Table.LastUpdatedAt + Duration.FromMilliseconds(1));
            var written = new List<string>();
            if (make(current.Table, now, written) is not { } next)
            {
                return null;
            }

            if (_commits.TryCommit(current, next.Table, now) is not null)
            {
                return next.Snapshot;
            }

            written.ForEach(_storage.Delete);
            if (attempt >= _options.MaxCommitAttempts)
            {
                throw new LakeConflictException($"{Name}: others have committed before each of {attempt} tries");
            }
        }
    }
}

/// <summary>What an expiry has removed.</summary>
/// <param name="Snapshots">Snapshots.</param>
/// <param name="Files">Files.</param>
public sealed record LakeExpiry(int Snapshots, int Files);
