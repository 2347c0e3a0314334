using Aurum.Store.Sql;

namespace Aurum.Store.Reading;

/// <summary>Rows that the deliveries of a database brought, by table, without reading them: each delivery says how many it added, and rows
/// are never taken away. A look reads the deliveries since the last one. Safe from several threads.</summary>
internal sealed class RowTally(StoreEngine engine)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _rows = TableShape.All.ToDictionary(static t => t.Name, static _ => 0L);
    private long _through;

    /// <summary>Rows by table, as the last commit left them.</summary>
    public IReadOnlyDictionary<string, long> Look()
    {
        lock (_lock)
        {
            var since = engine.List(
                DeliverySql.RowsSince,
                s => s.Bind(_through),
                static (rows, i) => (Table: rows.String(0, i), Rows: rows.Int64(1, i), Through: rows.Int64(2, i)));
            foreach (var (table, rows, through) in since)
            {
                _rows[table] = _rows.GetValueOrDefault(table) + rows;
                _through = Math.Max(_through, through);
            }

            return new Dictionary<string, long>(_rows);
        }
    }
}
