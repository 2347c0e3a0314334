using System.Collections.Concurrent;
using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>The latest prices as they were committed: one writer, any number of readers, who never wait for it.</summary>
internal sealed class LatestBoard : IPriceBoard
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Slot>> _tenants = new(StringComparer.Ordinal);
    private Slot?[] _slots = [];

    /// <summary>Shows prices that were committed.</summary>
    public void Put(ReadOnlySpan<LatestPrice> prices, TickPipeline pipeline)
    {
        foreach (ref readonly var price in prices)
        {
            if (price.Instrument >= _slots.Length)
            {
                Array.Resize(ref _slots, Math.Max(price.Instrument + 1, _slots.Length * 2));
            }

            var slot = _slots[price.Instrument] ??= Add(pipeline.Instruments[price.Instrument]);
            if (slot.SourceNumber != price.Source)
            {
                (slot.SourceNumber, slot.Source) = (price.Source, pipeline.Normalize.Sources[price.Source]);
            }

            slot.Write(in price);
        }
    }

    /// <returns>False where the instrument has no price.</returns>
    public bool TryGet(string tenant, string instrument, out LatestPriceView price)
    {
        price = default;
        return _tenants.TryGetValue(tenant, out var slots) && slots.TryGetValue(instrument, out var slot) && slot.TryRead(out price);
    }

    /// <summary>The instrument of a name; null where it has no price.</summary>
    public TickInstrument? Find(string tenant, string instrument) => TryGet(tenant, instrument, out var price) ? price.Instrument : null;

    /// <summary>Tenants that have prices.</summary>
    public IReadOnlyCollection<string> Tenants => [.. _tenants.Keys];

    /// <summary>All prices of a tenant, by the name of their instrument.</summary>
    public IReadOnlyList<LatestPriceView> Of(string tenant)
    {
        if (!_tenants.TryGetValue(tenant, out var slots))
        {
            return [];
        }

        var views = new List<LatestPriceView>(slots.Count);
        foreach (var slot in slots.Values)
        {
            if (slot.TryRead(out var view))
            {
                views.Add(view);
            }
        }

        views.Sort(static (a, b) => string.CompareOrdinal(a.Instrument.Name, b.Instrument.Name));
        return views;
    }

    public IReadOnlyList<LatestPriceView> Of(string tenant, long afterFrame) => Of(tenant);

    private Slot Add(TickInstrument instrument) =>
        _tenants.GetOrAdd(instrument.Tenant, static _ => new ConcurrentDictionary<string, Slot>(StringComparer.Ordinal))
            .GetOrAdd(instrument.Name, static (_, made) => new Slot(made), instrument);

    /// <summary>A price that is read again where it was written meanwhile: odd versions are being written.</summary>
    private sealed class Slot(TickInstrument instrument)
    {
        private LatestPrice _price;
        private int _version;

        public int SourceNumber { get; set; } = -1;

        public string Source { get; set; } = "";

        public void Write(in LatestPrice price)
        {
            Volatile.Write(ref _version, _version + 1);
            Interlocked.MemoryBarrier();
            _price = price;
            Volatile.Write(ref _version, _version + 1);
        }

        public bool TryRead(out LatestPriceView view)
        {
            var wait = new SpinWait();
            while (true)
            {
                var version = Volatile.Read(ref _version);
                view = new LatestPriceView(instrument, _price, Source);
                Interlocked.MemoryBarrier();
                if ((version & 1) == 0 && Volatile.Read(ref _version) == version)
                {
                    return version > 0;
                }

                wait.SpinOnce();
            }
        }
    }
}
