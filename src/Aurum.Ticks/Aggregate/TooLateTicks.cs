using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>Tells of each tick in turn whether <see cref="AggregateStage"/> under the same options would refuse it as too late, without
/// any windows: for a first stage that runs in a process of its own, as only it can forget the tick's event id.</summary>
public sealed class TooLateTicks
{
    private readonly WatermarkTracker _tracker;
    private readonly long _latenessMicros;
    private long _closedTo = long.MinValue;
    private long _sealedTo = long.MinValue;

    /// <param name="options">Delays of the third stage.</param>
    public TooLateTicks(AggregateOptions options)
    {
        options.Checked();
        _latenessMicros = options.LatenessSeconds * BarIntervals.MicrosPerSecond;
        _tracker = new WatermarkTracker(
            options.DelaySeconds * BarIntervals.MicrosPerSecond, options.IdleSeconds * BarIntervals.MicrosPerSecond);
    }

    /// <summary>Event time before which windows are closed, microseconds since 1970 UTC.</summary>
    public long WatermarkMicros => _tracker.WatermarkMicros;

    /// <summary>Takes the next tick.</summary>
    /// <returns>Whether its minute can be changed no more. It then moves nothing.</returns>
    public bool IsTooLate(in Tick tick)
    {
        if (BarIntervals.Floor(tick.EventMicros, BarIntervals.MicrosPerMinute) + BarIntervals.MicrosPerMinute <= _sealedTo)
        {
            return true;
        }

        if (_tracker.OnTick(in tick))
        {
            // As the third stage does: what is sealed moves on when a minute closes.
            var closedTo = BarIntervals.Floor(_tracker.WatermarkMicros, BarIntervals.MicrosPerMinute);
            if (closedTo > _closedTo)
            {
                _closedTo = closedTo;
                _sealedTo = BarIntervals.Floor(_tracker.WatermarkMicros - _latenessMicros, BarIntervals.MicrosPerMinute);
            }
        }

        return false;
    }

    /// <summary>Writes all that it remembers, so that another one goes on as this one would.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        using var state = new StateWriter();
        state.Write(_closedTo);
        state.Write(_sealedTo);
        _tracker.Save(state);
        StateEnvelope.Write(to, state.Span);
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; no tick was taken yet.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another version.</exception>
    public void Load(ReadOnlySpan<byte> state)
    {
        var from = new StateReader(StateEnvelope.Read(state), "saved watermark");
        _closedTo = from.Int64();
        _sealedTo = from.Int64();
        _tracker.Load(ref from);
        from.End();
    }
}
