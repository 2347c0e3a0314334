using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>Ticks in, bars out: 1m, 5m, 15m, 1h and the market's day.</summary>
/// <remarks>
/// <para>A tick goes into its minute; longer windows are made of the minutes when they close. All sums are exact, so bars hang neither
/// on the sizes of batches nor on the order of ticks within the delay.</para>
/// <para>A window gives its bar when the watermark reaches its end. A tick of a closed minute revises its bars at once, as long as
/// the minute's end is within the allowed lateness of the watermark; after that it is refused.</para>
/// </remarks>
public sealed class AggregateStage : IStage<Tick, Bar>
{
    private readonly TickInstruments _instruments;
    private readonly WatermarkTracker _tracker;
    private readonly WindowStore _windows;
    private readonly DueWindows _closing;
    private readonly DueWindows _sealing;
    private readonly long _latenessMicros;
    private long _closedTo = long.MinValue;
    private long _sealedTo = long.MinValue;
    private Origin[] _origins = [];

    /// <param name="instruments">The table of the ticks' instruments: for the clocks of their markets.</param>
    /// <param name="options">Delays and limits.</param>
    public AggregateStage(TickInstruments instruments, AggregateOptions options)
    {
        options.Checked();
        _instruments = instruments;
        MaxWindows = options.MaxWindows;
        _windows = new WindowStore(options.MaxWindows);
        _closing = new DueWindows(_windows);
        _sealing = new DueWindows(_windows);
        _latenessMicros = options.LatenessSeconds * BarIntervals.MicrosPerSecond;
        _tracker = new WatermarkTracker(
            options.DelaySeconds * BarIntervals.MicrosPerSecond, options.IdleSeconds * BarIntervals.MicrosPerSecond);
    }

    /// <summary>Event time before which windows are closed, microseconds since 1970 UTC.</summary>
    public long WatermarkMicros => _tracker.WatermarkMicros;

    /// <summary>Windows in memory.</summary>
    public int Windows => _windows.Count;

    /// <summary>Most windows that may be in memory.</summary>
    public int MaxWindows { get; }

    /// <summary>Ticks so far whose minute was open.</summary>
    public long Accepted { get; private set; }

    /// <summary>Ticks so far that revised closed bars.</summary>
    public long LateAmended { get; private set; }

    /// <summary>Which ticks of the last batch were refused, why, and where the watermark was then. Cleared with the next batch.</summary>
    public Batch<(int Index, DeadLetterReason Reason, long WatermarkMicros)> Refused { get; } = new();

    public void OnBatch(ReadOnlySpan<Tick> items, Batch<Bar> output)
    {
        Refused.Clear();
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var tick = ref items[i];
            var reason = TryAdd(in tick, output);
            if (reason != 0)
            {
                Refused.Add((i, reason, WatermarkMicros));
            }
        }
    }

    public void OnWatermark(long watermarkMicros, Batch<Bar> output)
    {
        _tracker.OnWatermark(watermarkMicros);
        Close(output);
    }

    /// <summary>The input has ended: windows that the watermark has not passed give bars that are marked as partial. The stage can go on;
    /// those bars are then revised when they close.</summary>
    public void Complete(Batch<Bar> output)
    {
        foreach (var first in _closing.Firsts())
        {
            for (var slot = first; slot != WindowStore.None; slot = _windows[slot].NextDue)
            {
                Emit(slot, BarMarks.PartialEnd, output);
            }
        }
    }

    internal void Save(StateWriter to)
    {
        to.Write(Accepted);
        to.Write(LateAmended);
        to.Write(_closedTo);
        to.Write(_sealedTo);
        _tracker.Save(to);
        var numbers = _windows.Save(to);
        _closing.Save(to, numbers);
        _sealing.Save(to, numbers);
        var origins = _origins.AsSpan(0, Math.Min(_origins.Length, _instruments.Count));
        to.Write(origins.Length);
        foreach (ref readonly var origin in origins)
        {
            to.Write(origin.EventMicros);
            to.Write(origin.Source);
        }
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; the instruments are there already, ticks are not.</summary>
    internal void Load(ref StateReader from)
    {
        Accepted = from.Int64();
        LateAmended = from.Int64();
        _closedTo = from.Int64();
        _sealedTo = from.Int64();
        _tracker.Load(ref from);
        _windows.Load(ref from, _instruments.Count);
        _closing.Load(ref from);
        _sealing.Load(ref from);
        _origins = new Origin[from.Count(sizeof(long) + sizeof(int))];
        for (var i = 0; i < _origins.Length; i++)
        {
            var micros = from.Int64();
            _origins[i] = new Origin(micros, micros == long.MaxValue ? from.Int32() : from.Index(_tracker.Sources));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeadLetterReason TryAdd(in Tick tick, Batch<Bar> output)
    {
        var slot = _windows.Newest(tick.Instrument, 0);
        if (slot == WindowStore.None || (ulong)(tick.EventMicros - _windows[slot].Start) >= (ulong)BarIntervals.MicrosPerMinute)
        {
            var reason = TryOpen(in tick, out slot);
            if (reason != 0)
            {
                return reason;
            }
        }

        var hasRisen = _tracker.OnTick(in tick);
        ref var window = ref _windows[slot];
        var order = TickOrder.Of(in tick);
        NoteSecond(ref window, in tick, in order);
        window.Own.Add(in tick, in order);
        if (window.End > _closedTo)
        {
            Accepted++;
        }
        else
        {
            Amend(slot, output);
        }

        if (hasRisen)
        {
            Close(output);
        }

        return 0;
    }

    /// <summary>Keeps the price at the end of a second that is not the last one with ticks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteSecond(ref Window window, in Tick tick, in TickOrder order)
    {
        if (window.Own.Count == 0)
        {
            return;
        }

        ref readonly var last = ref window.Own.Last;
        if (order.Second > last.Second)
        {
            _windows.SecondsOf(ref window).Put(in last, window.Own.Close);
        }
        else if (order.Second < last.Second)
        {
            _windows.SecondsOf(ref window).Put(in order, tick.Price);
        }
    }

    /// <summary>Finds or makes the minute of a tick that is not in its instrument's newest.</summary>
    private DeadLetterReason TryOpen(in Tick tick, out int slot)
    {
        slot = WindowStore.None;
        var end = BarIntervals.Floor(tick.EventMicros, BarIntervals.MicrosPerMinute) + BarIntervals.MicrosPerMinute;
        if (end <= _sealedTo)
        {
            return DeadLetterReason.TooLate;
        }

        var zone = _instruments.DialectOf(tick.Instrument).Zone;
        if (!_windows.TryFind(tick.Instrument, 0, tick.EventMicros, zone, out slot))
        {
            return DeadLetterReason.TooManyWindows;
        }

        NoteOrigin(in tick);
        for (var at = slot; at != WindowStore.None && !_windows[at].IsNoted; at = _windows[at].Parent)
        {
            _windows[at].IsNoted = true;
            (_windows[at].End > _closedTo ? _closing : _sealing).Add(at);
        }

        return 0;
    }

    /// <summary>Remembers which source an instrument's first tick came from.</summary>
    private void NoteOrigin(in Tick tick)
    {
        if (tick.Instrument >= _origins.Length)
        {
            var from = _origins.Length;
            Array.Resize(ref _origins, Math.Max(tick.Instrument + 1, from * 2));
            Array.Fill(_origins, new Origin(long.MaxValue, 0), from, _origins.Length - from);
        }

        if (tick.EventMicros < _origins[tick.Instrument].EventMicros)
        {
            _origins[tick.Instrument] = new Origin(tick.EventMicros, tick.Source);
        }
    }

    /// <summary>Gives the bars again that a late tick changed.</summary>
    private void Amend(int slot, Batch<Bar> output)
    {
        LateAmended++;
        _windows.Forget(slot);
        for (; slot != WindowStore.None && _windows[slot].End <= _closedTo; slot = _windows[slot].Parent)
        {
            Emit(slot, BarMarks.None, output, keeps: true);
        }
    }

    /// <summary>Gives the bars of the windows that the watermark has passed, and frees those that can change no more.</summary>
    private void Close(Batch<Bar> output)
    {
        var closedTo = BarIntervals.Floor(_tracker.WatermarkMicros, BarIntervals.MicrosPerMinute);
        if (closedTo <= _closedTo)
        {
            return;
        }

        _closedTo = closedTo;
        while (_closing.TryTake(_closedTo, out var slot))
        {
            while (slot != WindowStore.None)
            {
                var next = _windows[slot].NextDue;
                Emit(slot, BarMarks.None, output);
                _sealing.Add(slot);
                slot = next;
            }
        }

        _sealedTo = BarIntervals.Floor(_tracker.WatermarkMicros - _latenessMicros, BarIntervals.MicrosPerMinute);
        while (_sealing.TryTake(_sealedTo, out var slot))
        {
            while (slot != WindowStore.None)
            {
                var next = _windows[slot].NextDue;
                _windows.Seal(slot);
                slot = next;
            }
        }
    }

    private void Emit(int slot, BarMarks marks, Batch<Bar> output, bool keeps = false)
    {
        ref var window = ref _windows[slot];
        window.Revision++;
        if (window.Start < _tracker.FirstOf(_origins[window.Instrument].Source))
        {
            marks |= BarMarks.PartialStart;
        }

        output.Add(_windows.SummaryOf(slot, keeps).ToBar(
            window.Instrument, (BarInterval)(window.Level + 1), window.Start, window.End, window.Revision, marks));
    }

    private readonly record struct Origin(long EventMicros, int Source);
}
