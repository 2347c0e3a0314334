using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Forward;

/// <summary>Ticks in, points of forward curves out. Quotes with a contract month are of the curve that their instrument id names; all
/// other ticks pass by.</summary>
public sealed class CurveStage(TickInstruments instruments) : IStage<Tick, CurvePoint>
{
    private const int NotKnown = 0;
    private const int NoCurve = -1;

    private readonly Dictionary<TickCurve, int> _numbers = [];
    private readonly List<Curve> _curves = [];

    /// <summary>By instrument: its curve's number from 1.</summary>
    private int[] _curveOf = [];

    /// <summary>What a point's <see cref="CurvePoint.Curve"/> stands for.</summary>
    public TickCurve this[int curve] => _curves[curve].Name;

    /// <summary>Curves that have numbers.</summary>
    public int Count => _curves.Count;

    public void OnBatch(ReadOnlySpan<Tick> items, Batch<CurvePoint> output)
    {
        foreach (ref readonly var tick in items)
        {
            var curve = CurveOf(tick.Instrument);
            if (curve != NoCurve
                && _curves[curve - 1].TryTake(in tick, curve - 1, instruments[tick.Instrument].ContractMonth, out var point))
            {
                output.Add(in point);
            }
        }
    }

    /// <summary>Nothing waits for time here.</summary>
    public void OnWatermark(long watermarkMicros, Batch<CurvePoint> output)
    {
    }

    /// <summary>A curve as it is now.</summary>
    /// <exception cref="InvalidOperationException">It has a number, but no quote yet.</exception>
    public CurveSnapshot Snapshot(int curve) => _curves[curve].ToSnapshot();

    /// <summary>Gives a curve the next number.</summary>
    /// <exception cref="InvalidDataException">It has one already.</exception>
    internal void Add(TickCurve name)
    {
        if (!_numbers.TryAdd(name, _curves.Count + 1))
        {
            throw new InvalidDataException($"expected a new curve, found number {_numbers[name] - 1} again: {name}");
        }

        _curves.Add(new Curve(name));
    }

    internal void Save(StateWriter to)
    {
        foreach (var curve in _curves)
        {
            curve.Save(to);
        }
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; the names are there already, quotes are not.</summary>
    internal void Load(ref StateReader from)
    {
        for (var number = 0; number < _curves.Count; number++)
        {
            _curves[number].Load(ref from, number, instruments.Count);
        }
    }

    private int CurveOf(int instrument)
    {
        if (instrument >= _curveOf.Length)
        {
            Array.Resize(ref _curveOf, Math.Max(instrument + 1, _curveOf.Length * 2));
        }

        if (_curveOf[instrument] == NotKnown)
        {
            _curveOf[instrument] = Find(instruments[instrument]);
        }

        return _curveOf[instrument];
    }

    private int Find(TickInstrument instrument)
    {
        if (!instrument.IsCurve)
        {
            return NoCurve;
        }

        var name = new TickCurve(instrument.Tenant, instrument.InstrumentId);
        if (!_numbers.ContainsKey(name))
        {
            Add(name);
        }

        return _numbers[name];
    }

    private sealed class Curve(TickCurve name)
    {
        public TickCurve Name => name;

        /// <summary>By contract month.</summary>
        private readonly List<Quote> _quotes = [];

        public bool TryTake(in Tick tick, int number, int contractMonth, out CurvePoint point)
        {
            point = new CurvePoint(number, tick.Instrument, contractMonth, tick.EventMicros, tick.Price, tick.Volume);
            var at = 0;
            while (at < _quotes.Count && _quotes[at].Point.ContractMonth < contractMonth)
            {
                at++;
            }

            var quote = new Quote(point, tick.Sequence, tick.Key);
            if (at == _quotes.Count || _quotes[at].Point.ContractMonth != contractMonth)
            {
                _quotes.Insert(at, quote);
                return true;
            }

            if (!quote.IsAfter(_quotes[at]))
            {
                return false;
            }

            _quotes[at] = quote;
            return true;
        }

        public void Save(StateWriter to)
        {
            to.Write(_quotes.Count);
            foreach (var (point, sequence, key) in _quotes)
            {
                to.Write(point.Instrument);
                to.Write(point.ContractMonth);
                to.Write(point.EventMicros);
                to.Write(point.Price);
                to.Write(point.Volume);
                to.Write(sequence);
                to.Write(key);
            }
        }

        public void Load(ref StateReader from, int number, int instruments)
        {
            for (var left = from.Count((2 * sizeof(int)) + (5 * sizeof(long))); left > 0; left--)
            {
                var point = new CurvePoint(
                    number, from.Index(instruments), from.Int32(), from.Int64(), from.Double(), from.Double());
                _quotes.Add(new Quote(point, from.Int64(), from.UInt64()));
            }
        }

        public CurveSnapshot ToSnapshot() => new(
            name.Tenant, name.CurveId, _quotes.Max(q => q.Point.EventMicros), [.. _quotes.Select(q => q.Point)]);
    }

    private readonly record struct Quote(CurvePoint Point, long Sequence, ulong Key)
    {
        public bool IsAfter(Quote other) => Point.EventMicros != other.Point.EventMicros
            ? Point.EventMicros > other.Point.EventMicros
            : Sequence != other.Sequence ? Sequence > other.Sequence : Key > other.Key;
    }
}
