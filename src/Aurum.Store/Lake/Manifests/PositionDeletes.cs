using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Manifests;

/// <summary>A file of deleted positions: rows of data files that are no more.</summary>
/// <remarks>Source: "Position delete files" and "Reserved field ids" of the Iceberg table specification.</remarks>
internal static class PositionDeletes
{
    public const int FilePathId = 2147483546;
    public const int PositionId = 2147483545;

    public static readonly LakeSchema Schema = new(
        0,
        [
            new LakeField(FilePathId, "file_path", LakeType.String, IsRequired: true, "Path of a file in which a deleted row is stored"),
            new LakeField(PositionId, "pos", LakeType.Long, IsRequired: true, "Ordinal position of a deleted row in the data file"),
        ],
        []);
}
