using System.Globalization;
using System.Text;
using Aurum.Store.Lake.Storage;
using NodaTime;

namespace Aurum.Store.Lake.Metadata;

/// <summary>The metadata files of a table, numbered as Hadoop catalogs do: <c>metadata/v7.metadata.json</c>, and the newest number in
/// <c>metadata/version-hint.text</c>.</summary>
/// <remarks>A commit is the exclusive creation of the next number. The hint follows; where a crash has left it behind, the files
/// themselves say what is newest.</remarks>
internal sealed class MetadataFiles(ILakeStorage storage) : ILakeCommits
{
    public const string Folder = "metadata";

    private const string Hint = $"{Folder}/version-hint.text";

    /// <summary>The newest metadata; null: there is no table.</summary>
    /// <exception cref="LakeException">Damaged.</exception>
    public MetadataVersion? Load()
    {
        var version = ReadHint() ?? NewestListed();
        if (version == 0 || !storage.Exists(PathOf(version)))
        {
            version = NewestListed();
        }

        while (version > 0 && storage.Exists(PathOf(version + 1)))
        {
            version++;
        }

        if (version == 0)
        {
            return null;
        }

        var name = storage.NameOf(PathOf(version));
        return new MetadataVersion(version, TableMetadataJson.Read(storage.Read(PathOf(version)), name), name);
    }

    /// <summary>Makes metadata the newest; null: another writer was first.</summary>
    public MetadataVersion? TryCommit(MetadataVersion? from, TableMetadata table, Instant now)
    {
        var next = (from?.Number ?? 0) + 1;
        if (from is not null)
        {
            var entry = new MetadataLogEntry(from.Table.LastUpdatedAt, $"{from.Table.Location}/{PathOf(from.Number)}");
            var log = from.Table.MetadataLog.Append(entry).TakeLast(TableMetadata.MaxLogEntries);
            table = table with { MetadataLog = [.. log] };
        }

        table = table with { LastUpdatedAt = now };
        if (!storage.CreateNew(PathOf(next), TableMetadataJson.Write(table)))
        {
            return null;
        }

        storage.Replace(Hint, Encoding.UTF8.GetBytes(next.ToString(CultureInfo.InvariantCulture)));
        return new MetadataVersion(next, table, storage.NameOf(PathOf(next)));
    }

    /// <summary>Path of a version's file.</summary>
    public static string PathOf(long version) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/v{version}.metadata.json");

    /// <summary>The version that a path is of; null: it is no metadata file.</summary>
    public static long? VersionOf(string path)
    {
        const string Before = $"{Folder}/v";
        const string After = ".metadata.json";
        return path.StartsWith(Before, StringComparison.Ordinal) && path.EndsWith(After, StringComparison.Ordinal)
            && long.TryParse(
                path.AsSpan(Before.Length, path.Length - Before.Length - After.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var version)
                ? version
                : null;
    }

    private long? ReadHint() => storage.Exists(Hint)
        && long.TryParse(
            Encoding.UTF8.GetString(storage.Read(Hint)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private long NewestListed() => storage.List(Folder).Max(f => VersionOf(f.Path)) ?? 0;
}
