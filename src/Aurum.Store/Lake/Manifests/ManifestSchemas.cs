using System.Text.Json.Nodes;
using Aurum.Store.Avro;
using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Manifests;

/// <summary>The Avro schemas of manifests and manifest lists. The numbers are field ids of the specification.</summary>
/// <remarks>Source: "Manifests" and "Snapshots" of the Iceberg table specification, version 2.</remarks>
internal static class ManifestSchemas
{
    public const int Status = 0;
    public const int SnapshotId = 1;
    public const int DataFileRecord = 2;
    public const int SequenceNumber = 3;
    public const int FileSequenceNumber = 4;
    public const int Path = 100;
    public const int Format = 101;
    public const int Partition = 102;
    public const int RecordCount = 103;
    public const int SizeBytes = 104;
    public const int ColumnSizes = 108;
    public const int ValueCounts = 109;
    public const int NullCounts = 110;
    public const int LowerBounds = 125;
    public const int UpperBounds = 128;
    public const int SplitOffsets = 132;
    public const int Content = 134;
    public const int NanCounts = 137;
    public const int SortOrderId = 140;

    public const int ManifestPath = 500;
    public const int ManifestLength = 501;
    public const int ManifestSpecId = 502;
    public const int AddedSnapshotId = 503;
    public const int AddedFiles = 504;
    public const int ExistingFiles = 505;
    public const int DeletedFiles = 506;
    public const int Partitions = 507;
    public const int ContainsNull = 509;
    public const int PartitionLower = 510;
    public const int PartitionUpper = 511;
    public const int AddedRows = 512;
    public const int ExistingRows = 513;
    public const int DeletedRows = 514;
    public const int ManifestSequence = 515;
    public const int ManifestMinSequence = 516;
    public const int ManifestContent = 517;
    public const int ContainsNan = 518;

    /// <summary>Field ids of key and value in the maps that statistics are.</summary>
    public static readonly (int Key, int Value) ColumnSizeIds = (117, 118);
    public static readonly (int Key, int Value) ValueCountIds = (119, 120);
    public static readonly (int Key, int Value) NullCountIds = (121, 122);
    public static readonly (int Key, int Value) LowerBoundIds = (126, 127);
    public static readonly (int Key, int Value) UpperBoundIds = (129, 130);
    public static readonly (int Key, int Value) NanCountIds = (138, 139);

    private const int SplitOffsetId = 133;
    private const int EqualityIds = 135;
    private const int EqualityId = 136;
    private const int FileKeyMetadata = 131;
    private const int ListKeyMetadata = 519;
    private const int PartitionSummaryId = 508;

    public static readonly AvroType List = AvroType.Record(
        "manifest_file",
        new AvroField("manifest_path", ManifestPath, AvroType.String),
        new AvroField("manifest_length", ManifestLength, AvroType.Long),
        new AvroField("partition_spec_id", ManifestSpecId, AvroType.Int),
        new AvroField("content", ManifestContent, AvroType.Int),
        new AvroField("sequence_number", ManifestSequence, AvroType.Long),
        new AvroField("min_sequence_number", ManifestMinSequence, AvroType.Long),
        new AvroField("added_snapshot_id", AddedSnapshotId, AvroType.Long),
        new AvroField("added_files_count", AddedFiles, AvroType.Int),
        new AvroField("existing_files_count", ExistingFiles, AvroType.Int),
        new AvroField("deleted_files_count", DeletedFiles, AvroType.Int),
        new AvroField("added_rows_count", AddedRows, AvroType.Long),
        new AvroField("existing_rows_count", ExistingRows, AvroType.Long),
        new AvroField("deleted_rows_count", DeletedRows, AvroType.Long),
        AvroField.Optional("partitions", Partitions, AvroType.Array(
            AvroType.Record(
                "r508",
                new AvroField("contains_null", ContainsNull, AvroType.Boolean),
                AvroField.Optional("contains_nan", ContainsNan, AvroType.Boolean),
                AvroField.Optional("lower_bound", PartitionLower, AvroType.Bytes),
                AvroField.Optional("upper_bound", PartitionUpper, AvroType.Bytes)),
            PartitionSummaryId)),
        AvroField.Optional("key_metadata", ListKeyMetadata, AvroType.Bytes));

    public static AvroType Manifest(PartitionSpec spec, LakeSchema schema) => AvroType.Record(
        "manifest_entry",
        new AvroField("status", Status, AvroType.Int),
        AvroField.Optional("snapshot_id", SnapshotId, AvroType.Long),
        AvroField.Optional("sequence_number", SequenceNumber, AvroType.Long),
        AvroField.Optional("file_sequence_number", FileSequenceNumber, AvroType.Long),
        new AvroField("data_file", DataFileRecord, File(spec, schema)));

    private static AvroType File(PartitionSpec spec, LakeSchema schema) => AvroType.Record(
        "r2",
        new AvroField("content", Content, AvroType.Int),
        new AvroField("file_path", Path, AvroType.String),
        new AvroField("file_format", Format, AvroType.String),
        new AvroField("partition", Partition, AvroType.Record(
            "r102", [.. spec.Fields.Select(f => AvroField.Optional(f.Name, f.FieldId, TypeOf(f.ResultType(schema))))])),
        new AvroField("record_count", RecordCount, AvroType.Long),
        new AvroField("file_size_in_bytes", SizeBytes, AvroType.Long),
        Statistic("column_sizes", ColumnSizes, ColumnSizeIds, AvroType.Long),
        Statistic("value_counts", ValueCounts, ValueCountIds, AvroType.Long),
        Statistic("null_value_counts", NullCounts, NullCountIds, AvroType.Long),
        Statistic("nan_value_counts", NanCounts, NanCountIds, AvroType.Long),
        Statistic("lower_bounds", LowerBounds, LowerBoundIds, AvroType.Bytes),
        Statistic("upper_bounds", UpperBounds, UpperBoundIds, AvroType.Bytes),
        AvroField.Optional("key_metadata", FileKeyMetadata, AvroType.Bytes),
        AvroField.Optional("split_offsets", SplitOffsets, AvroType.Array(AvroType.Long, SplitOffsetId)),
        AvroField.Optional("equality_ids", EqualityIds, AvroType.Array(AvroType.Int, EqualityId)),
        AvroField.Optional("sort_order_id", SortOrderId, AvroType.Int));

    private static AvroField Statistic(string name, int id, (int Key, int Value) ids, AvroType value) =>
        AvroField.Optional(name, id, AvroType.KeyValues(ids.Key, AvroType.Int, ids.Value, value));

    private static AvroType TypeOf(LakeType type) => type.Kind switch
    {
        LakeKind.Boolean => AvroType.Boolean,
        LakeKind.Int => AvroType.Int,
        LakeKind.Date => AvroType.Logical(AvroKind.Int, "date"),
        LakeKind.Long => AvroType.Long,
        LakeKind.String => AvroType.String,
        LakeKind.Timestamp or LakeKind.TimestampTz => new AvroType(AvroKind.Long)
        {
            LogicalType = "timestamp-micros",
            Attributes = new Dictionary<string, JsonNode> { ["adjust-to-utc"] = type.Kind == LakeKind.TimestampTz },
        },
        _ => throw new LakeException($"a table cannot be partitioned by a column of type {type}"),
    };
}
