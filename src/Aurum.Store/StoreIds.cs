using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store;

/// <summary>What the store counts. Numbers of things, and of changes that other processes must see.</summary>
internal enum StoreId
{
    Delivery,
    Quarantined,
    DeadLetter,
    Drift,
    Residual,
    Warning,

    /// <summary>Changes of the registry of places.</summary>
    Locations,
}

/// <summary>The last numbers that were given out, under the commit lock alone, so that a higher one is always a later commit. One process
/// alone counts in memory; several count in the table <c>store_counters</c>, which each commit reads first and writes last.</summary>
internal sealed class StoreIds
{
    private static readonly StoreId[] All = Enum.GetValues<StoreId>();

    private readonly long[] _last = new long[All.Length];
    private readonly long[] _stored = new long[All.Length];

    /// <summary>The last ones, as the tables have them.</summary>
    public static StoreIds Counted(StoreEngine engine)
    {
        var ids = new StoreIds();
        foreach (var (id, last) in engine.List(
            CounterSql.LastIds, static _ => { }, static (rows, i) => ((StoreId)rows.Int32(0, i), rows.Int64(1, i))))
        {
            ids._last[(int)id] = last;
        }

        return ids;
    }

    public long Last(StoreId id) => Interlocked.Read(ref _last[(int)id]);

    public long Next(StoreId id) => Interlocked.Increment(ref _last[(int)id]);

    /// <summary>Reserves numbers. Returns the one before the first.</summary>
    public long Reserve(StoreId id, long count) => Interlocked.Add(ref _last[(int)id], count) - count;

    /// <summary>Takes the numbers that all processes have given out.</summary>
    public void Read(EngineConnection connection)
    {
        using var find = connection.Prepare(CounterSql.Find);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (Array.FindIndex(All, id => CounterSql.NameOf(id) == rows.String(0, i)) is var at and >= 0)
                {
                    _last[at] = _stored[at] = rows.Int64(1, i);
                }
            }
        }
    }

    /// <summary>Tells the other processes which numbers this commit has given out.</summary>
    public void Write(EngineConnection connection)
    {
        foreach (var id in All)
        {
            if (_last[(int)id] != _stored[(int)id])
            {
                using var update = connection.Prepare(CounterSql.Update);
                update.Bind(_last[(int)id]).Bind(CounterSql.NameOf(id)).Run();
                _stored[(int)id] = _last[(int)id];
            }
        }
    }
}
