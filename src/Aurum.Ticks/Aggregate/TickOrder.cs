using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>A tick's place among all ticks of its instrument: by event time, then sequence, then key. No two tie, so that open and
/// close do not hang on what came in first.</summary>
internal readonly record struct TickOrder(long EventMicros, long Sequence, ulong Key)
{
    public static TickOrder Of(in Tick tick) => new(tick.EventMicros, tick.Sequence, tick.Key);

    public static TickOrder Load(ref StateReader from) => new(from.Int64(), from.Int64(), from.UInt64());

    public void Save(StateWriter to)
    {
        to.Write(EventMicros);
        to.Write(Sequence);
        to.Write(Key);
    }

    /// <summary>Whole seconds since 1970 UTC.</summary>
    public long Second => EventMicros / BarIntervals.MicrosPerSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBefore(in TickOrder other) =>
        EventMicros != other.EventMicros
            ? EventMicros < other.EventMicros
            : Sequence != other.Sequence ? Sequence < other.Sequence : Key < other.Key;
}
