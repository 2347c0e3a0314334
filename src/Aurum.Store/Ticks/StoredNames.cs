using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>The store's numbers of names, as this process knows them. Used within commits alone, which are one at a time.</summary>
internal sealed class StoredNames
{
    private readonly Numbers<TickInstrument, (string Tenant, string Id, int Month)> _instruments =
        new(LaneSql.InstrumentsFrom, ReadInstrument, static i => (i.Tenant, i.InstrumentId, i.ContractMonth));

    private readonly Numbers<string, string> _sources =
        new(LaneSql.SourcesFrom, static (rows, i) => rows.String(1, i), static s => s);

    private readonly Numbers<Taxonomy, Taxonomy> _classifications =
        new(LaneSql.ClassificationsFrom, ReadTaxonomy, static t => t);

    private readonly Numbers<TickCurve, TickCurve> _curves =
        new(LaneSql.CurvesFrom, static (rows, i) => new TickCurve(rows.String(1, i), rows.String(2, i)), static c => c);

    /// <summary>Learns what others have added.</summary>
    public void Refresh(EngineConnection connection, TickState state)
    {
        _instruments.Refresh(connection, state.Instruments);
        _sources.Refresh(connection, state.Sources);
        _classifications.Refresh(connection, state.Classifications);
        _curves.Refresh(connection, state.Curves);
    }

    /// <summary>Finds the numbers of a partition's names, and gives new ones to those that are new.</summary>
    /// <returns>The new ones.</returns>
    public TickNames Resolve(LaneNames names) => new(
        new NameRange<string>(0, []),
        _sources.Resolve(names.Sources, static (s, _) => s),
        _instruments.Resolve(names.Instruments, static (i, number) => i with { Number = number }),
        _classifications.Resolve(names.Classifications, static (t, _) => t),
        _curves.Resolve(names.Curves, static (c, _) => c));

    /// <summary>Forgets all: what was given out may not be stored.</summary>
    public void Forget()
    {
        _instruments.Clear();
        _sources.Clear();
        _classifications.Clear();
        _curves.Clear();
    }

    private static TickInstrument ReadInstrument(EngineRows rows, int i) => new(
        rows.Int32(0, i), rows.String(1, i), rows.String(2, i), rows.String(3, i), rows.String(4, i), rows.Int32(5, i), rows.String(6, i),
        rows.String(7, i));

    private static Taxonomy ReadTaxonomy(EngineRows rows, int i) => new(
        rows.String(1, i), rows.String(2, i), rows.String(3, i), rows.IsNull(4, i) ? double.NaN : rows.Double(4, i), rows.String(5, i));

    private sealed class Numbers<T, TKey>(string from, Func<EngineRows, int, T> read, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        private readonly Dictionary<TKey, int> _numbers = [];

        /// <summary>Names that are in the store or get there with this commit.</summary>
        private int _count;

        public void Refresh(EngineConnection connection, int count)
        {
            if (count == _count)
            {
                return;
            }

            using var statement = connection.Prepare(from);
            using var rows = statement.Bind(_count).Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    _numbers[keyOf(read(rows, i))] = rows.Int32(0, i);
                }
            }

            _count = count;
        }

        public NameRange<T> Resolve(LaneTable<T> table, Func<T, int, T> numbered)
        {
            var first = _count;
            List<T> fresh = [];
            for (var own = table.Numbers.Count; own < table.Count; own++)
            {
                if (!_numbers.TryGetValue(keyOf(table[own]), out var number))
                {
                    number = _count++;
                    _numbers.Add(keyOf(table[own]), number);
                    fresh.Add(numbered(table[own], number));
                }

                table.Numbers.Add(number);
            }

            return new NameRange<T>(first, fresh);
        }

        public void Clear()
        {
            _numbers.Clear();
            _count = 0;
        }
    }
}
