using System.Globalization;
using Aurum.Store.Avro;
using Ids = Aurum.Store.Lake.Manifests.ManifestSchemas;

namespace Aurum.Store.Lake.Manifests;

/// <summary>Manifest lists as Avro files: the manifests of a snapshot.</summary>
internal static class ManifestListCodec
{
    public static byte[] Write(IEnumerable<ManifestFile> manifests, long snapshotId, long? parentId, long sequenceNumber)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["snapshot-id"] = snapshotId.ToString(CultureInfo.InvariantCulture),
            ["parent-snapshot-id"] = parentId?.ToString(CultureInfo.InvariantCulture) ?? "null",
            ["sequence-number"] = sequenceNumber.ToString(CultureInfo.InvariantCulture),
            ["format-version"] = "2",
        };
        return new AvroFile(Ids.List, metadata, [.. manifests.Select(Write)]).ToBytes();
    }

    /// <exception cref="FormatException">Damaged.</exception>
    public static List<ManifestFile> Read(ReadOnlySpan<byte> bytes) => [.. AvroFile.Read(bytes).Records.Select(Read)];

    private static AvroRecord Write(ManifestFile manifest) => new()
    {
        [Ids.ManifestPath] = manifest.Path,
        [Ids.ManifestLength] = manifest.LengthBytes,
        [Ids.ManifestSpecId] = manifest.SpecId,
        [Ids.ManifestContent] = manifest.IsDeletes ? 1 : 0,
        [Ids.ManifestSequence] = manifest.SequenceNumber,
        [Ids.ManifestMinSequence] = manifest.MinSequenceNumber,
        [Ids.AddedSnapshotId] = manifest.AddedSnapshotId,
        [Ids.AddedFiles] = manifest.AddedFiles,
        [Ids.ExistingFiles] = manifest.ExistingFiles,
        [Ids.DeletedFiles] = manifest.DeletedFiles,
        [Ids.AddedRows] = manifest.AddedRows,
        [Ids.ExistingRows] = manifest.ExistingRows,
        [Ids.DeletedRows] = manifest.DeletedRows,
        [Ids.Partitions] = manifest.Partitions.Count == 0 ? null : manifest.Partitions.Select(object? (p) => new AvroRecord
        {
            [Ids.ContainsNull] = p.ContainsNull,
            [Ids.ContainsNan] = false,
            [Ids.PartitionLower] = p.Lower,
            [Ids.PartitionUpper] = p.Upper,
        }).ToList(),
    };

    private static ManifestFile Read(AvroRecord record) => new()
    {
        Path = record.Get<string>(Ids.ManifestPath),
        LengthBytes = record.Get<long>(Ids.ManifestLength),
        SpecId = record.Get<int>(Ids.ManifestSpecId),
        IsDeletes = record.Get<int>(Ids.ManifestContent) == 1,
        SequenceNumber = record.Get<long>(Ids.ManifestSequence),
        MinSequenceNumber = record.Get<long>(Ids.ManifestMinSequence),
        AddedSnapshotId = record.Get<long>(Ids.AddedSnapshotId),
        AddedFiles = record.Get<int>(Ids.AddedFiles),
        ExistingFiles = record.Get<int>(Ids.ExistingFiles),
        DeletedFiles = record.Get<int>(Ids.DeletedFiles),
        AddedRows = record.Get<long>(Ids.AddedRows),
        ExistingRows = record.Get<long>(Ids.ExistingRows),
        DeletedRows = record.Get<long>(Ids.DeletedRows),
        Partitions = record[Ids.Partitions] is List<object?> partitions
            ? [.. partitions.Cast<AvroRecord>().Select(p => new PartitionSummary(
                p.Get<bool>(Ids.ContainsNull), p[Ids.PartitionLower] as byte[], p[Ids.PartitionUpper] as byte[]))]
            : [],
    };
}
