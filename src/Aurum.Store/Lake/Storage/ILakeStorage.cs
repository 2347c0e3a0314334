using NodaTime;

namespace Aurum.Store.Lake.Storage;

/// <summary>The files of one table, wherever they lie. Paths are relative to the table, with slashes.</summary>
/// <remarks>What a call has written is durable when it returns.</remarks>
internal interface ILakeStorage
{
    /// <summary>Address of the table, without a slash at its end: what metadata and manifests begin addresses with.</summary>
    string Location { get; }

    /// <exception cref="LakeException">It is not there, or larger than a metadata file may be.</exception>
    byte[] Read(string path);

    bool Exists(string path);

    /// <summary>Writes a file that is not there yet, whole or not at all; false: somebody else has written it.</summary>
    bool CreateNew(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Writes a file, in place of one that may be there.</summary>
    void Replace(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Takes over finished local files under their paths; they are gone from where they were.</summary>
    void Adopt(IReadOnlyList<(string LocalFile, string Path)> files);

    /// <summary>All files below a folder.</summary>
    IReadOnlyList<LakeFileInfo> List(string folder);

    /// <summary>Removes a file, if it is there.</summary>
    void Delete(string path);

    /// <summary>What the engine reads a file by, once it was brought.</summary>
    string EnginePath(string path);

    /// <summary>Sees to it that the engine can read these files by their paths, for as long as a query takes.</summary>
    /// <exception cref="LakeException">One is not there, or there is no room for them.</exception>
    void Bring(IReadOnlyList<string> paths);

    /// <summary>What people know a file by: for messages.</summary>
    string NameOf(string path);
}

/// <summary>A file in the storage.</summary>
/// <param name="Path">Relative to the table.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="ModifiedAt">Last change.</param>
internal sealed record LakeFileInfo(string Path, long SizeBytes, Instant ModifiedAt);
