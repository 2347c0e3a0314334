using Aurum.Store.Sql;

namespace Aurum.Store;

/// <summary>Numbers that are given out before a commit, in no promised order of commits. Processes that share a database reserve some at a
/// time; those that are not used are lost. Safe from several threads.</summary>
/// <param name="engine">Database.</param>
/// <param name="counter">Name of the counter there.</param>
/// <param name="lastSql">The last number by the table, for a process that is alone.</param>
/// <param name="atATime">Numbers that are reserved at a time.</param>
internal sealed class ReservedNumbers(StoreEngine engine, string counter, string lastSql, int atATime)
{
    private readonly Lock _gate = new();
    private long _last = -1;
    private long _through = -1;

    public long Next()
    {
        lock (_gate)
        {
            if (_last >= _through)
            {
                (_last, _through) = engine.Sharing is null ? (Ask(lastSql), long.MaxValue) : Reserve();
            }

            return ++_last;
        }
    }

    private (long Last, long Through) Reserve()
    {
        var through = engine.List(
            CounterSql.Reserve, s => s.Bind((long)atATime).Bind(counter), static (rows, i) => rows.Int64(0, i))[0];
        return (through - atATime, through);
    }

    private long Ask(string sql) => engine.List(sql, static _ => { }, static (rows, i) => rows.Int64(0, i))[0];
}
