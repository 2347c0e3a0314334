using System.Buffers.Text;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>The instruments of a run: numbers for what (tenant, id, contract month) names.</summary>
/// <remarks>A tenant's instruments are found among its own alone. The first tick of an instrument says its market, currency and unit;
/// ticks that say others are refused. One writer; readers of the list may run beside it.</remarks>
public sealed class TickInstruments
{
    private const int MaxIdBytes = 128;
    private const int MonthBytes = 7;

    private readonly int _limit;
    private readonly NameTable _tenants;
    private readonly List<Utf8Table<InstrumentState>> _byTenant = [];
    private readonly List<InstrumentState> _states = [];

    public TickInstruments(int maxTenants, int maxInstruments)
    {
        _limit = maxInstruments;
        _tenants = new NameTable(maxTenants);
    }

    public int Count => _states.Count;

    public TickInstrument this[int number] => _states[number].Instrument;

    /// <summary>The market's names, clock and ranges.</summary>
    public MarketDialect DialectOf(int number) => _states[number].Dialect;

    public NameTable Tenants => _tenants;

    /// <summary>The instrument of a message, made where it is new.</summary>
    /// <returns>Null where the tables are full.</returns>
    internal InstrumentState? Find(int tenant, ref readonly RawTick raw)
    {
        var table = _byTenant[tenant];
        Span<byte> room = stackalloc byte[MaxIdBytes + MonthBytes];
        scoped var key = raw.InstrumentId;
        if (raw.ContractMonth != 0)
        {
            raw.InstrumentId.CopyTo(room);
            room[raw.InstrumentId.Length] = (byte)'@';
            Utf8Formatter.TryFormat(raw.ContractMonth, room[(raw.InstrumentId.Length + 1)..], out var length);
            key = room[..(raw.InstrumentId.Length + 1 + length)];
        }

        return table.TryGet(key, out var state) ? state : Add(table, key, tenant, in raw);
    }

    /// <returns>False where there are too many tenants.</returns>
    internal bool TryTenant(ReadOnlySpan<byte> name, out int tenant)
    {
        var isFound = _tenants.TryNumber(name, out tenant);
        while (_byTenant.Count < _tenants.Count)
        {
            _byTenant.Add(new Utf8Table<InstrumentState>(_limit));
        }

        return isFound;
    }

    private InstrumentState? Add(Utf8Table<InstrumentState> table, ReadOnlySpan<byte> key, int tenant, ref readonly RawTick raw)
    {
        if (_states.Count >= _limit)
        {
            return null;
        }

        var dialect = raw.Market;
        var instrument = new TickInstrument(
            _states.Count,
            _tenants[tenant],
            Encoding.UTF8.GetString(raw.InstrumentId),
            dialect.IsKnown ? dialect.Code : Encoding.UTF8.GetString(raw.MarketCode).ToUpperInvariant(),
            Encoding.UTF8.GetString(raw.Symbol),
            raw.ContractMonth,
            raw.Currency.IsEmpty ? dialect.Currency : Encoding.UTF8.GetString(raw.Currency).ToUpperInvariant(),
            raw.Unit.IsEmpty ? "MWh" : Encoding.UTF8.GetString(raw.Unit));
        var state = new InstrumentState(instrument, dialect);
        table.Add(key, state);
        _states.Add(state);
        return state;
    }
}
