using Aurum.Market.Ticks;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Ticks.Aggregate;

/// <summary>The windows that may still change, in slots that are used again: per instrument and level a list from the newest to the
/// oldest.</summary>
internal sealed class WindowStore
{
    public const int Levels = 5;
    public const int None = -1;

    /// <summary>Most windows that are part of one: the hours of a long day.</summary>
    private const int MaxParts = 25;

    private readonly int _limit;
    private readonly Stack<int> _free = [];
    private readonly Stack<SecondPrices> _freeSeconds = [];
    private Window[] _windows = new Window[64];
    private int _used;
    private int[] _newest = [];

    public WindowStore(int limit) => _limit = limit;

    /// <summary>Windows in it.</summary>
    public int Count => _used - _free.Count;

    public ref Window this[int slot] => ref _windows[slot];

    /// <summary>The newest window of an instrument and level.</summary>
    public int Newest(int instrument, int level)
    {
        var at = (instrument * Levels) + level;
        return at < _newest.Length ? _newest[at] : None;
    }

    /// <summary>The window that holds an instant, made with all that it is part of where it is not there.</summary>
    /// <returns>False where there are too many windows.</returns>
    public bool TryFind(int instrument, int level, long micros, DateTimeZone zone, out int slot)
    {
        EnsureInstrument(instrument);
        var newer = None;
        slot = Newest(instrument, level);
        while (slot != None && _windows[slot].Start > micros)
        {
            newer = slot;
            slot = _windows[slot].Older;
        }

        if (slot != None && micros < _windows[slot].End)
        {
            return true;
        }

        var parent = None;
        if (Count + Levels > _limit || (level < Levels - 1 && !TryFind(instrument, level + 1, micros, zone, out parent)))
        {
            return false;
        }

        slot = Add(instrument, level, micros, zone, parent, newer, slot);
        return true;
    }

    /// <summary>What a window holds now.</summary>
    public BarSummary SummaryOf(int slot)
    {
        ref readonly var window = ref _windows[slot];
        var summary = window.Own;
        if (window.Level == 0)
        {
            summary.PriceSeconds = window.Seconds?.SumTo(window.Own.Last.Second) ?? 0;
            return summary;
        }

        Span<int> parts = stackalloc int[MaxParts];
        var count = 0;
        for (var part = Newest(window.Instrument, window.Level - 1); part != None && _windows[part].Start >= window.Start;
            part = _windows[part].Older)
        {
            if (_windows[part].Parent == slot)
            {
                parts[count++] = part;
            }
        }

        while (count > 0)
        {
            summary.Append(SummaryOf(parts[--count]));
        }

        return summary;
    }

    /// <summary>The place for prices by second of a minute.</summary>
    public SecondPrices SecondsOf(ref Window window) =>
        window.Seconds ??= _freeSeconds.TryPop(out var free) ? free : new SecondPrices();

    /// <summary>Folds a window that changes no more into the one that it is part of, and frees it. It is the oldest of its level.</summary>
    public void Seal(int slot)
    {
        ref var window = ref _windows[slot];
        if (window.Parent != None)
        {
            _windows[window.Parent].Own.Append(SummaryOf(slot));
        }

        Unlink(slot);
        if (window.Seconds is { } seconds)
        {
            seconds.Clear();
            _freeSeconds.Push(seconds);
        }

        window = default;
        _free.Push(slot);
    }

    private int Add(int instrument, int level, long micros, DateTimeZone zone, int parent, int newer, int older)
    {
        var (start, end) = Bounds(level, micros, zone);
        if (!_free.TryPop(out var slot))
        {
            if (_used == _windows.Length)
            {
                Array.Resize(ref _windows, _used * 2);
            }

            slot = _used++;
        }

        ref var window = ref _windows[slot];
        window.Start = start;
        window.End = end;
        window.Instrument = instrument;
        window.Level = level;
        window.Parent = parent;
        window.Older = older;
        window.Revision = -1;
        if (newer == None)
        {
            _newest[(instrument * Levels) + level] = slot;
        }
        else
        {
            _windows[newer].Older = slot;
        }

        return slot;
    }

    private static (long Start, long End) Bounds(int level, long micros, DateTimeZone zone)
    {
        var interval = (BarInterval)(level + 1);
        if (interval != BarInterval.OneDay)
        {
            var start = BarIntervals.Floor(micros, interval.Micros());
            return (start, start + interval.Micros());
        }

        var day = OperatingDay.Of(
            Instant.FromUnixTimeSeconds(BarIntervals.Floor(micros, BarIntervals.MicrosPerSecond) / BarIntervals.MicrosPerSecond), zone);
        return (
            day.Start.ToUnixTimeSeconds() * BarIntervals.MicrosPerSecond,
            day.End.ToUnixTimeSeconds() * BarIntervals.MicrosPerSecond);
    }

    private void Unlink(int slot)
    {
        ref readonly var window = ref _windows[slot];
        var at = Newest(window.Instrument, window.Level);
        if (at == slot)
        {
            _newest[(window.Instrument * Levels) + window.Level] = window.Older;
            return;
        }

        while (_windows[at].Older != slot)
        {
            at = _windows[at].Older;
        }

        _windows[at].Older = window.Older;
    }

    private void EnsureInstrument(int instrument)
    {
        var needed = (instrument + 1) * Levels;
        if (needed > _newest.Length)
        {
            var from = _newest.Length;
            Array.Resize(ref _newest, Math.Max(needed, from * 2));
            Array.Fill(_newest, None, from, _newest.Length - from);
        }
    }
}
