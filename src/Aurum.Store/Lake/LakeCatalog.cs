using System.Globalization;
using Aurum.Store.Archive;
using Aurum.Store.Lake.Storage;

namespace Aurum.Store.Lake;

/// <summary>The tables of a lake: a folder for each namespace, and in it one for each table, as Hadoop catalogs of Iceberg have
/// it; or what else a warehouse holds.</summary>
public sealed class LakeCatalog : IDisposable
{
    private readonly LakeOptions _options;
    private readonly StoreEngine _engine;
    private readonly ILakeWarehouse _warehouse;

    private LakeCatalog(LakeOptions options, ILakeWarehouse warehouse, StoreEngine engine) =>
        (_options, _warehouse, _engine) = (options, warehouse, engine);

    /// <summary>Opens a lake in a local folder, and makes the folder where it is not there.</summary>
    public static LakeCatalog Open(LakeOptions options) => Open(options, new LocalWarehouse(options.Folder, options.NextToken));

    /// <summary>Opens a lake wherever it is.</summary>
    internal static LakeCatalog Open(LakeOptions options, ILakeWarehouse warehouse)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimitMiB, 64, nameof(options.MemoryLimitMiB));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options.Threads));
        var full = options with { Scratch = Path.GetFullPath(options.Scratch), Address = warehouse.Address };
        DurableFolder.Create(full.Scratch);
        return new LakeCatalog(
            full,
            warehouse,
            StoreEngine.OpenWithoutFile(full.Scratch, warehouse.EngineFolders, full.MemoryLimitMiB, full.Threads));
    }

    /// <summary>Where the tables are: a folder, or the address of a bucket or catalog.</summary>
    public string Address => _warehouse.Address;

    /// <summary>Tables that are there, by name.</summary>
    public IReadOnlyList<LakeTable> Tables() => [.. _warehouse.Names().Select(Table).Where(static t => t.IsThere)];

    /// <summary>A table, whether it is there or not.</summary>
    public LakeTable Table(LakeName name) => new(name, _warehouse.Open(name), _engine, _options);

    /// <summary>A table, made where it is not there.</summary>
    public LakeTable TableOrNew(LakeTableShape shape)
    {
        var table = Table(shape.Name);
        return table.IsThere ? table : Create(shape);
    }

    /// <exception cref="LakeException">It is there already.</exception>
    public LakeTable Create(LakeTableShape shape)
    {
        Create(Table(shape.Name), shape);

        // Anew: a catalog may have given it a place of its own.
        return Table(shape.Name);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _warehouse.Dispose();
    }

    internal string Scratch => _options.Scratch;

    internal int MemoryLimitMiB => _options.MemoryLimitMiB;

    internal ulong NextToken() => _options.NextToken();

    /// <summary>Rows of a query of the lake's engine.</summary>
    internal long Count(string sql) => _engine.List(
        $"SELECT count(*) FROM ({sql})", static _ => { }, static (rows, i) => rows.Integer(0, i))[0];

    /// <summary>The first column of a query of the lake's engine.</summary>
    internal IReadOnlyList<string> Texts(string sql) =>
        _engine.List(sql, static _ => { }, static (rows, i) => rows.StringOrNull(0, i) ?? "");

    internal LakeTable Table(LakeName name, LakeHome home) => new(name, home, _engine, _options);

    internal void Create(LakeTable table, LakeTableShape shape) =>
        table.Create(shape.Metadata(NewUuid(), _options.Clock.GetCurrentInstant()));

    /// <summary>A random UUID, version 4.</summary>
    private string NewUuid()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_options.NextToken():x16}{_options.NextToken():x16}");
        return $"{text[..8]}-{text[8..12]}-4{text[13..16]}-a{text[17..20]}-{text[20..]}";
    }
}
