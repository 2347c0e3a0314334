using System.Globalization;
using Aurum.Store.Archive;
using Aurum.Store.Lake.Storage;

namespace Aurum.Store.Lake;

/// <summary>The tables of a lake: a folder for each namespace, and in it one for each table, as Hadoop catalogs of Iceberg have
/// it.</summary>
public sealed class LakeCatalog : IDisposable
{
    private readonly LakeOptions _options;
    private readonly StoreEngine _engine;

    private LakeCatalog(LakeOptions options, StoreEngine engine) => (_options, _engine) = (options, engine);

    /// <summary>Opens a lake, and makes its folder where it is not there.</summary>
    public static LakeCatalog Open(LakeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimitMiB, 64, nameof(options.MemoryLimitMiB));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options.Threads));
        var full = options with { Folder = Path.GetFullPath(options.Folder), Scratch = Path.GetFullPath(options.Scratch) };
        DurableFolder.Create(full.Folder);
        DurableFolder.Create(full.Scratch);
        return new LakeCatalog(
            full, StoreEngine.OpenWithoutFile(full.Scratch, [full.Folder], full.MemoryLimitMiB, full.Threads));
    }

    /// <summary>Tables that are there, by name.</summary>
    public IReadOnlyList<LakeTable> Tables() =>
    [
        .. from space in Directory.EnumerateDirectories(_options.Folder).Order(StringComparer.Ordinal)
        from folder in Directory.EnumerateDirectories(space).Order(StringComparer.Ordinal)
        let table = Table(LakeName.Parse($"{Path.GetFileName(space)}.{Path.GetFileName(folder)}"))
        where table.IsThere
        select table,
    ];

    /// <summary>A table, whether it is there or not.</summary>
    public LakeTable Table(LakeName name) =>
        Table(name, new LocalLakeStorage(Path.Combine(_options.Folder, name.Namespace, name.Table), _options.NextToken));

    /// <summary>A table, made where it is not there.</summary>
    public LakeTable TableOrNew(LakeTableShape shape)
    {
        var table = Table(shape.Name);
        return table.IsThere ? table : Create(shape);
    }

    /// <exception cref="LakeException">It is there already.</exception>
    public LakeTable Create(LakeTableShape shape)
    {
        var table = Table(shape.Name);
        Create(table, shape);
        return table;
    }

    public void Dispose() => _engine.Dispose();

    internal string Scratch => _options.Scratch;

    internal ulong NextToken() => _options.NextToken();

    /// <summary>Rows of a query of the lake's engine.</summary>
    internal long Count(string sql) => _engine.List(
        $"SELECT count(*) FROM ({sql})", static _ => { }, static (rows, i) => rows.Integer(0, i))[0];

    /// <summary>The first column of a query of the lake's engine.</summary>
    internal IReadOnlyList<string> Texts(string sql) =>
        _engine.List(sql, static _ => { }, static (rows, i) => rows.StringOrNull(0, i) ?? "");

    internal LakeTable Table(LakeName name, ILakeStorage storage) => new(name, storage, _engine, _options);

    internal void Create(LakeTable table, LakeTableShape shape) =>
        table.Create(shape.Metadata(NewUuid(), _options.Clock.GetCurrentInstant()));

    /// <summary>A random UUID, version 4.</summary>
    private string NewUuid()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_options.NextToken():x16}{_options.NextToken():x16}");
        return $"{text[..8]}-{text[8..12]}-4{text[13..16]}-a{text[17..20]}-{text[20..]}";
    }
}
