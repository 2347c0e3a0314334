using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Project;

/// <summary>Ticks in, latest prices out: one a tenant and instrument, which only moves on in the order of ticks, whatever comes in
/// last.</summary>
public sealed class ProjectStage(TickInstruments instruments) : IStage<Tick, LatestPrice>
{
    private LatestPrice[] _latest = [];
    private bool[] _has = [];

    /// <summary>Each change of a latest price.</summary>
    public void OnBatch(ReadOnlySpan<Tick> items, Batch<LatestPrice> output)
    {
        foreach (ref readonly var tick in items)
        {
            if (tick.Instrument >= _latest.Length)
            {
                var length = Math.Max(tick.Instrument + 1, _latest.Length * 2);
                Array.Resize(ref _latest, length);
                Array.Resize(ref _has, length);
            }

            ref var latest = ref _latest[tick.Instrument];
            if (_has[tick.Instrument] && !IsAfter(in tick, in latest))
            {
                continue;
            }

            _has[tick.Instrument] = true;
            latest = new LatestPrice(
                tick.Instrument,
                tick.EventMicros,
                tick.Sequence,
                tick.Key,
                tick.Price,
                tick.Volume,
                tick.Bid,
                tick.Ask,
                tick.Source,
                tick.Flags);
            output.Add(in latest);
        }
    }

    /// <summary>Nothing waits for time here.</summary>
    public void OnWatermark(long watermarkMicros, Batch<LatestPrice> output)
    {
    }

    /// <returns>False where the instrument has no price yet.</returns>
    public bool TryLatest(int instrument, out LatestPrice price)
    {
        var isThere = instrument < _has.Length && _has[instrument];
        price = isThere ? _latest[instrument] : default;
        return isThere;
    }

    /// <summary>Basis of a place: its latest price less that of its hub.</summary>
    /// <param name="place">Number of the place.</param>
    /// <param name="hub">Number of the hub.</param>
    /// <param name="mostApartMicros">How far apart in event time the two prices may be.</param>
    /// <returns>In their currency per unit; NaN where a price is missing, too far apart, or of another currency, unit or
    /// tenant.</returns>
    public double Basis(int place, int hub, long mostApartMicros) =>
        TryLatest(place, out var price) && TryLatest(hub, out var hubPrice)
            ? HubBasis.Of(in price, instruments[place], in hubPrice, instruments[hub], mostApartMicros)
            : double.NaN;

    internal void Save(StateWriter to)
    {
        to.Write(_has.Count(has => has));
        for (var i = 0; i < _has.Length; i++)
        {
            if (!_has[i])
            {
                continue;
            }

            ref readonly var price = ref _latest[i];
            to.Write(price.Instrument);
            to.Write(price.EventMicros);
            to.Write(price.Sequence);
            to.Write(price.Key);
            to.Write(price.Price);
            to.Write(price.Volume);
            to.Write(price.Bid);
            to.Write(price.Ask);
            to.Write(price.Source);
            to.Write((int)price.Flags);
        }
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; the instruments are there already, prices are not.</summary>
    internal void Load(ref StateReader from)
    {
        _latest = new LatestPrice[instruments.Count];
        _has = new bool[instruments.Count];
        for (var left = from.Count((3 * sizeof(int)) + (7 * sizeof(long))); left > 0; left--)
        {
            var number = from.Index(instruments.Count);
            _has[number] = true;
            _latest[number] = new LatestPrice(
                number,
                from.Int64(),
                from.Int64(),
                from.UInt64(),
                from.Double(),
                from.Double(),
                from.Double(),
                from.Double(),
                from.Int32(),
                (QualityFlags)from.Int32());
        }
    }

    private static bool IsAfter(in Tick tick, in LatestPrice latest) =>
        tick.EventMicros != latest.EventMicros
            ? tick.EventMicros > latest.EventMicros
            : tick.Sequence != latest.Sequence ? tick.Sequence > latest.Sequence : tick.Key > latest.Key;
}
