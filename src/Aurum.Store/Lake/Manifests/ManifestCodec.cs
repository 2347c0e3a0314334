using System.Globalization;
using Aurum.Store.Avro;
using Aurum.Store.Lake.Metadata;
using Ids = Aurum.Store.Lake.Manifests.ManifestSchemas;

namespace Aurum.Store.Lake.Manifests;

/// <summary>Manifests as Avro files.</summary>
internal static class ManifestCodec
{
    public static byte[] Write(IEnumerable<ManifestEntry> entries, PartitionSpec spec, LakeSchema schema, bool isDeletes)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["schema"] = SchemaJson.Write(schema).ToJsonString(),
            ["schema-id"] = schema.Id.ToString(CultureInfo.InvariantCulture),
            ["partition-spec"] = SchemaJson.Write(spec).ToJsonString(),
            ["partition-spec-id"] = spec.Id.ToString(CultureInfo.InvariantCulture),
            ["format-version"] = "2",
            ["content"] = isDeletes ? "deletes" : "data",
        };
        return new AvroFile(Ids.Manifest(spec, schema), metadata, [.. entries.Select(e => Write(e, spec))]).ToBytes();
    }

    /// <summary>The entries, with what they inherit from the list.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="listed">What the list says of it.</param>
    /// <param name="spec">Its partition spec.</param>
    /// <exception cref="FormatException">Damaged.</exception>
    public static List<ManifestEntry> Read(ReadOnlySpan<byte> bytes, ManifestFile listed, PartitionSpec spec)
    {
        var file = AvroFile.Read(bytes);
        return [.. file.Records.Select(r => Read(r, listed, spec))];
    }

    private static AvroRecord Write(ManifestEntry entry, PartitionSpec spec)
    {
        var partition = new AvroRecord();
        for (var i = 0; i < spec.Fields.Count; i++)
        {
            partition[spec.Fields[i].FieldId] = entry.File.Partition[i];
        }

        var file = entry.File;
        var record = new AvroRecord
        {
            [Ids.Content] = (int)file.Content,
            [Ids.Path] = file.Path,
            [Ids.Format] = "PARQUET",
            [Ids.Partition] = partition,
            [Ids.RecordCount] = file.Rows,
            [Ids.SizeBytes] = file.SizeBytes,
            [Ids.ColumnSizes] = Map(file.ColumnSizes, Ids.ColumnSizeIds),
            [Ids.ValueCounts] = Map(file.ValueCounts, Ids.ValueCountIds),
            [Ids.NullCounts] = Map(file.NullCounts, Ids.NullCountIds),
            [Ids.NanCounts] = Map(file.NanCounts, Ids.NanCountIds),
            [Ids.LowerBounds] = Map(file.LowerBounds, Ids.LowerBoundIds),
            [Ids.UpperBounds] = Map(file.UpperBounds, Ids.UpperBoundIds),
            [Ids.SplitOffsets] = file.SplitOffsets.Count == 0 ? null : file.SplitOffsets.Cast<object?>().ToList(),
            [Ids.SortOrderId] = file.SortOrderId,
        };
        return new AvroRecord
        {
            [Ids.Status] = (int)entry.Status,
            [Ids.SnapshotId] = entry.SnapshotId,
            [Ids.SequenceNumber] = entry.SequenceNumber,
            [Ids.FileSequenceNumber] = entry.FileSequenceNumber,
            [Ids.DataFileRecord] = record,
        };
    }

    private static ManifestEntry Read(AvroRecord record, ManifestFile listed, PartitionSpec spec)
    {
        var file = record.Get<AvroRecord>(Ids.DataFileRecord);
        var partition = file.Get<AvroRecord>(Ids.Partition);
        var status = (EntryStatus)record.Get<int>(Ids.Status);
        long? inherited = status == EntryStatus.Added ? listed.SequenceNumber : null;
        return new ManifestEntry(
            status,
            record[Ids.SnapshotId] as long? ?? listed.AddedSnapshotId,
            record[Ids.SequenceNumber] as long? ?? inherited,
            record[Ids.FileSequenceNumber] as long? ?? inherited,
            new DataFile
            {
                Content = (FileContent)file.Get<int>(Ids.Content),
                Path = file.Get<string>(Ids.Path),
                SpecId = spec.Id,
                Partition = [.. spec.Fields.Select(f => (IComparable?)partition[f.FieldId])],
                Rows = file.Get<long>(Ids.RecordCount),
                SizeBytes = file.Get<long>(Ids.SizeBytes),
                ColumnSizes = Map<long>(file, Ids.ColumnSizes, Ids.ColumnSizeIds),
                ValueCounts = Map<long>(file, Ids.ValueCounts, Ids.ValueCountIds),
                NullCounts = Map<long>(file, Ids.NullCounts, Ids.NullCountIds),
                NanCounts = Map<long>(file, Ids.NanCounts, Ids.NanCountIds),
                LowerBounds = Map<byte[]>(file, Ids.LowerBounds, Ids.LowerBoundIds),
                UpperBounds = Map<byte[]>(file, Ids.UpperBounds, Ids.UpperBoundIds),
                SplitOffsets = file[Ids.SplitOffsets] is List<object?> offsets ? [.. offsets.Cast<long>()] : [],
                SortOrderId = file[Ids.SortOrderId] as int?,
            });
    }

    private static List<object?>? Map<T>(IReadOnlyDictionary<int, T> values, (int Key, int Value) ids) => values.Count == 0
        ? null
        : [.. values.OrderBy(v => v.Key).Select(v => new AvroRecord { [ids.Key] = v.Key, [ids.Value] = v.Value })];

    private static Dictionary<int, T> Map<T>(AvroRecord file, int id, (int Key, int Value) ids) =>
        file[id] is List<object?> pairs
            ? pairs.Cast<AvroRecord>().ToDictionary(p => p.Get<int>(ids.Key), p => p.Get<T>(ids.Value))
            : [];
}
