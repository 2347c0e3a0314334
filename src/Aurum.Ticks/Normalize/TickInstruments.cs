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

    internal InstrumentState StateOf(int number) => _states[number];

    /// <summary>The instrument of a message; null where it is new.</summary>
    internal InstrumentState? Find(int tenant, ref readonly RawTick raw)
    {
        Span<byte> room = stackalloc byte[MaxIdBytes + MonthBytes];
        scoped var key = KeyOf(raw.InstrumentId, raw.ContractMonth, room);
        return _byTenant[tenant].TryGet(key, out var state) ? state : null;
    }

    /// <returns>False where there are too many tenants.</returns>
    internal bool TryTenant(ReadOnlySpan<byte> name, out int tenant)
    {
        var isFound = _tenants.TryNumber(name, out tenant);
        EnsureTenants();
        return isFound;
    }

    /// <summary>Makes the instrument of a message that is new.</summary>
    /// <returns>Null where the tables are full.</returns>
    internal InstrumentState? Add(int tenant, ref readonly RawTick raw)
    {
        if (_states.Count >= _limit)
        {
            return null;
        }

        Span<byte> room = stackalloc byte[MaxIdBytes + MonthBytes];
        scoped var key = KeyOf(raw.InstrumentId, raw.ContractMonth, room);
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
        return Add(_byTenant[tenant], key, instrument, dialect);
    }

    /// <summary>Takes over a tenant.</summary>
    /// <exception cref="InvalidDataException">It is there already, or the table is full.</exception>
    internal void AddTenant(string name)
    {
        _tenants.Add(name);
        EnsureTenants();
    }

    /// <summary>Takes over an instrument under its number.</summary>
    /// <exception cref="InvalidDataException">It is not the next one, or is there already, or its tenant is not there, or the table is
    /// full.</exception>
    internal void Add(TickInstrument instrument)
    {
        var id = Encoding.UTF8.GetBytes(instrument.InstrumentId);
        if (instrument.Number != _states.Count || _states.Count >= _limit || id.Length > MaxIdBytes
            || !_tenants.TryFind(Encoding.UTF8.GetBytes(instrument.Tenant), out var tenant))
        {
            throw new InvalidDataException(
                $"expected instrument {_states.Count} of at most {_limit} and of a tenant that is there, found {instrument}");
        }

        Span<byte> room = stackalloc byte[MaxIdBytes + MonthBytes];
        var key = KeyOf(id, instrument.ContractMonth, room);
        if (_byTenant[tenant].TryGet(key, out _))
        {
            throw new InvalidDataException($"expected a new instrument, found {instrument} again");
        }

        Add(_byTenant[tenant], key, instrument, MarketDialects.Of(instrument.Market));
    }

    /// <summary>What an instrument is found by among its tenant's.</summary>
    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> id, int contractMonth, Span<byte> room)
    {
        if (contractMonth == 0)
        {
            return id;
        }

        id.CopyTo(room);
        room[id.Length] = (byte)'@';
        Utf8Formatter.TryFormat(contractMonth, room[(id.Length + 1)..], out var length);
        return room[..(id.Length + 1 + length)];
    }

    private InstrumentState Add(
        Utf8Table<InstrumentState> table, ReadOnlySpan<byte> key, TickInstrument instrument, MarketDialect dialect)
    {
        var state = new InstrumentState(instrument, dialect);
        table.Add(key, state);
        _states.Add(state);
        return state;
    }

    private void EnsureTenants()
    {
        while (_byTenant.Count < _tenants.Count)
        {
            _byTenant.Add(new Utf8Table<InstrumentState>(_limit));
        }
    }
}
