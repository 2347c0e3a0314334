using System.Globalization;

namespace Aurum.Store.Lake.Manifests;

/// <summary>Numbers of the specification.</summary>
internal enum FileContent
{
    Data = 0,
    PositionDeletes = 1,
    EqualityDeletes = 2,
}

/// <summary>A Parquet file of a table: its place, partition and statistics by field id.</summary>
internal sealed record DataFile
{
    public FileContent Content { get; init; }

    /// <summary>Address.</summary>
    public required string Path { get; init; }

    public int SpecId { get; init; }

    /// <summary>The partition's values in the order of its spec.</summary>
    public IReadOnlyList<IComparable?> Partition { get; init; } = [];

    public required long Rows { get; init; }

    public required long SizeBytes { get; init; }

    public IReadOnlyDictionary<int, long> ColumnSizes { get; init; } = new Dictionary<int, long>();

    /// <summary>Values with nulls.</summary>
    public IReadOnlyDictionary<int, long> ValueCounts { get; init; } = new Dictionary<int, long>();

    public IReadOnlyDictionary<int, long> NullCounts { get; init; } = new Dictionary<int, long>();

    public IReadOnlyDictionary<int, long> NanCounts { get; init; } = new Dictionary<int, long>();

    public IReadOnlyDictionary<int, byte[]> LowerBounds { get; init; } = new Dictionary<int, byte[]>();

    public IReadOnlyDictionary<int, byte[]> UpperBounds { get; init; } = new Dictionary<int, byte[]>();

    /// <summary>Where row groups begin, bytes.</summary>
    public IReadOnlyList<long> SplitOffsets { get; init; } = [];

    /// <summary>How its rows are sorted; null: not.</summary>
    public int? SortOrderId { get; init; }

    /// <summary>The partition as text: the same for the same partition.</summary>
    public string PartitionText => string.Create(
        CultureInfo.InvariantCulture, $"{SpecId}:{string.Join('/', Partition.Select(v => v?.ToString() ?? "\0"))}");
}

/// <summary>Numbers of the specification.</summary>
internal enum EntryStatus
{
    Existing = 0,
    Added = 1,
    Deleted = 2,
}

/// <summary>A file in a manifest.</summary>
/// <param name="Status">What the manifest's commit did to it.</param>
/// <param name="SnapshotId">The snapshot that added or deleted it.</param>
/// <param name="SequenceNumber">Age of its rows; null: that of the manifest, which is known at its commit.</param>
/// <param name="FileSequenceNumber">Age of the file itself.</param>
/// <param name="File">File.</param>
internal sealed record ManifestEntry(
    EntryStatus Status, long? SnapshotId, long? SequenceNumber, long? FileSequenceNumber, DataFile File)
{
    public bool IsLive => Status != EntryStatus.Deleted;
}
