using NodaTime;

namespace Aurum.Store.Lake.Metadata;

/// <summary>All that is known of a table at one commit: a metadata file.</summary>
/// <remarks>Source: "Table metadata" of the Iceberg table specification, format version 2.</remarks>
public sealed record TableMetadata
{
    public const string MainBranch = "main";

    /// <summary>Earlier metadata files that are remembered; older ones are removed by expiry.</summary>
    internal const int MaxLogEntries = 100;

    public required string TableUuid { get; init; }

    /// <summary>Address that all of the table's files begin with.</summary>
    public required string Location { get; init; }

    public long LastSequenceNumber { get; init; }

    public required Instant LastUpdatedAt { get; init; }

    public required int LastColumnId { get; init; }

    public required IReadOnlyList<LakeSchema> Schemas { get; init; }

    public int CurrentSchemaId { get; init; }

    public required IReadOnlyList<PartitionSpec> Specs { get; init; }

    public int DefaultSpecId { get; init; }

    public required int LastPartitionId { get; init; }

    public required IReadOnlyList<SortOrder> SortOrders { get; init; }

    public int DefaultSortOrderId { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Snapshot> Snapshots { get; init; } = [];

    public IReadOnlyDictionary<string, SnapshotRef> Refs { get; init; } = new Dictionary<string, SnapshotRef>();

    public IReadOnlyList<SnapshotLogEntry> SnapshotLog { get; init; } = [];

    public IReadOnlyList<MetadataLogEntry> MetadataLog { get; init; } = [];

    public LakeSchema Schema => Schemas.First(s => s.Id == CurrentSchemaId);

    public PartitionSpec Spec => Specs.First(s => s.Id == DefaultSpecId);

    public SortOrder SortOrder => SortOrders.First(s => s.Id == DefaultSortOrderId);

    /// <summary>Head of the main branch; null: nothing was committed to it.</summary>
    public Snapshot? Current => Head(MainBranch);

    /// <summary>The snapshot that a branch or tag names; null: there is none.</summary>
    public Snapshot? Head(string name) => Refs.TryGetValue(name, out var found) ? Snapshot(found.SnapshotId) : null;

    /// <exception cref="LakeException">No such snapshot.</exception>
    public Snapshot Snapshot(long id) => Snapshots.FirstOrDefault(s => s.Id == id)
        ?? throw new LakeException($"{Location}: snapshot {id} is not there: it has expired, or never was");

    /// <summary>A snapshot and those it was made from that are still there, newest first.</summary>
    public IEnumerable<Snapshot> Ancestors(Snapshot? from)
    {
        var byId = Snapshots.ToDictionary(s => s.Id);
        for (var at = from; at is not null; at = at.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
        {
            yield return at;
        }
    }

    /// <summary>The same with a branch or tag set, and the log of what was current.</summary>
    internal TableMetadata With(string name, SnapshotRef @ref, Instant now) => this with
    {
        Refs = new Dictionary<string, SnapshotRef>(Refs, StringComparer.Ordinal) { [name] = @ref },
        SnapshotLog = name == MainBranch && Current?.Id != @ref.SnapshotId
            ? [.. SnapshotLog, new SnapshotLogEntry(now, @ref.SnapshotId)]
            : SnapshotLog,
    };

    /// <summary>The same with other columns under a new schema id, or under that of an earlier schema that had the same.</summary>
    internal TableMetadata With(LakeSchema schema)
    {
        var last = Math.Max(LastColumnId, schema.LastFieldId);
        if (Schemas.FirstOrDefault(s => s.IsSameAs(schema)) is { } known)
        {
            return this with { CurrentSchemaId = known.Id, LastColumnId = last };
        }

        var id = Schemas.Max(s => s.Id) + 1;
        return this with { Schemas = [.. Schemas, schema with { Id = id }], CurrentSchemaId = id, LastColumnId = last };
    }
}
