using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>How far event time has come: the least of the sources' highest event times, less the delay. A source that has been silent for
/// long, by ingestion time, does not count until it speaks again.</summary>
/// <remarks>It is looked at only where a source enters another minute, as windows close at whole minutes: what it says hangs on the ticks
/// alone, not on the sizes of batches.</remarks>
internal sealed class WatermarkTracker(long delayMicros, long idleMicros)
{
    private Source[] _sources = [];
    private long _arrivedMicros = long.MinValue;

    /// <summary>Event time before which all is expected to be here, microseconds since 1970 UTC; never goes back.</summary>
    public long WatermarkMicros { get; private set; } = long.MinValue;

    /// <summary>Takes a tick that has been aggregated.</summary>
    /// <returns>Whether the watermark may have entered another minute.</returns>
    public bool OnTick(in Tick tick)
    {
        if (tick.Source >= _sources.Length)
        {
            Grow(tick.Source);
        }

        ref var source = ref _sources[tick.Source];
        source.ArrivedMicros = Math.Max(source.ArrivedMicros, tick.IngestedMicros);
        _arrivedMicros = Math.Max(_arrivedMicros, tick.IngestedMicros);
        source.FirstMicros = Math.Min(source.FirstMicros, tick.EventMicros);
        if (tick.EventMicros <= source.HighestMicros)
        {
            return false;
        }

        source.HighestMicros = tick.EventMicros;
        if (tick.EventMicros < source.NextMicros)
        {
            return false;
        }

        source.NextMicros = BarIntervals.Floor(tick.EventMicros - delayMicros, BarIntervals.MicrosPerMinute)
            + BarIntervals.MicrosPerMinute + delayMicros;
        return Raise();
    }

    /// <summary>Lifts the watermark to a time that somebody else vouches for.</summary>
    public void OnWatermark(long watermarkMicros) => WatermarkMicros = Math.Max(WatermarkMicros, watermarkMicros);

    /// <summary>The earliest event time of a source.</summary>
    public long FirstOf(int source) => _sources[source].FirstMicros;

    /// <summary>Sources that have a place.</summary>
    public int Sources => _sources.Length;

    public void Save(StateWriter to)
    {
        to.Write(WatermarkMicros);
        to.Write(_arrivedMicros);
        to.Write(_sources.Length);
        foreach (ref readonly var source in _sources.AsSpan())
        {
            to.Write(source.HighestMicros);
            to.Write(source.NextMicros);
            to.Write(source.FirstMicros);
            to.Write(source.ArrivedMicros);
        }
    }

    public void Load(ref StateReader from)
    {
        WatermarkMicros = from.Int64();
        _arrivedMicros = from.Int64();
        _sources = new Source[from.Count(4 * sizeof(long))];
        for (var i = 0; i < _sources.Length; i++)
        {
            _sources[i] = new Source(from.Int64(), from.Int64(), from.Int64(), from.Int64());
        }
    }

    private bool Raise()
    {
        var least = long.MaxValue;
        foreach (ref readonly var source in _sources.AsSpan())
        {
            if (source.ArrivedMicros != long.MinValue && _arrivedMicros - source.ArrivedMicros <= idleMicros)
            {
                least = Math.Min(least, source.HighestMicros);
            }
        }

        if (least == long.MaxValue || least - delayMicros <= WatermarkMicros)
        {
            return false;
        }

        WatermarkMicros = least - delayMicros;
        return true;
    }

    private void Grow(int source)
    {
        var from = _sources.Length;
        Array.Resize(ref _sources, Math.Max(source + 1, from * 2));
        Array.Fill(_sources, Source.Silent, from, _sources.Length - from);
    }

    private record struct Source(long HighestMicros, long NextMicros, long FirstMicros, long ArrivedMicros)
    {
        public static readonly Source Silent = new(long.MinValue, long.MinValue, long.MaxValue, long.MinValue);
    }
}
