using Aurum.Market.Ticks;
using Aurum.Market.Time;
using Aurum.Ticks.State;
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

    /// <summary>Steps from the newest window to older ones before the way by longer windows is shorter.</summary>
    private const int FewSteps = 8;

    private readonly int _limit;
    private readonly Stack<int> _free = [];
    private readonly Stack<SecondPrices> _freeSeconds = [];
    private Window[] _windows = new Window[64];
    private int _used;
    private int[] _newest = [];

    /// <summary>By slot: what windows with <see cref="Window.IsKept"/> come to. Only there once ticks come late.</summary>
    private BarSummary[] _kept = [];

    public WindowStore(int limit) => _limit = limit;

    /// <summary>Windows in it.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Slots so far, free ones among them.</summary>
    public int Slots => _used;

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
        for (var steps = 0; slot != None && _windows[slot].Start > micros; steps++)
        {
            if (steps == FewSteps && Find(instrument, level, micros) is var found && found != None)
            {
                slot = found;
                return true;
            }

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
    /// <param name="slot">The window.</param>
    /// <param name="keeps">Whether to keep what it and its parts come to, as they are closed and <see cref="Forget"/> is called when one
    /// changes.</param>
    public BarSummary SummaryOf(int slot, bool keeps = false)
    {
        if (_windows[slot].IsKept)
        {
            return _kept[slot];
        }

        var summary = Sum(slot, keeps);
        if (keeps)
        {
            if (slot >= _kept.Length)
            {
                Array.Resize(ref _kept, _windows.Length);
            }

            _kept[slot] = summary;
            _windows[slot].IsKept = true;
        }

        return summary;
    }

    /// <summary>Says that a minute has changed, and all that it is part of.</summary>
    public void Forget(int slot)
    {
        for (; slot != None; slot = _windows[slot].Parent)
        {
            _windows[slot].IsKept = false;
        }
    }

    private BarSummary Sum(int slot, bool keeps)
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
        for (var part = window.NewestPart; part != None && _windows[part].Parent == slot; part = _windows[part].Older)
        {
            parts[count++] = part;
        }

        while (count > 0)
        {
            summary.Append(SummaryOf(parts[--count], keeps));
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

        Unlink(in window, slot);
        if (window.Seconds is { } seconds)
        {
            seconds.Clear();
            _freeSeconds.Push(seconds);
        }

        window = default;
        _free.Push(slot);
    }

    /// <summary>Writes the windows, without the free slots between them.</summary>
    /// <returns>By slot the number that its window is written under.</returns>
    public int[] Save(StateWriter to)
    {
        // A window in use has an end after its start.
        var numbers = new int[_used];
        var count = 0;
        for (var slot = 0; slot < _used; slot++)
        {
            numbers[slot] = _windows[slot].End > _windows[slot].Start ? count++ : None;
        }

        to.Write(count);
        for (var slot = 0; slot < _used; slot++)
        {
            if (numbers[slot] != None)
            {
                _windows[slot].Save(to, numbers);
            }
        }

        return numbers;
    }

    /// <param name="from">What <see cref="Save"/> wrote; there are no windows yet.</param>
    /// <param name="instruments">Instruments that there are.</param>
    public void Load(ref StateReader from, int instruments)
    {
        var count = from.Count(Window.LeastSavedBytes);
        _windows = new Window[Math.Max(count, _windows.Length)];
        for (; _used < count; _used++)
        {
            _windows[_used] = Window.Load(ref from, instruments, count);
        }

        EnsureInstrument(instruments);
        for (var slot = 0; slot < count; slot++)
        {
            if (!TryRelink(slot))
            {
                throw from.Wrong("windows that refer to each other", slot);
            }
        }
    }

    /// <summary>Finds what refers to a window that was loaded.</summary>
    private bool TryRelink(int slot)
    {
        ref var window = ref _windows[slot];
        if (window.End <= window.Start || (window.Parent == None) != (window.Level == Levels - 1))
        {
            return false;
        }

        if (window.Older != None)
        {
            ref var older = ref _windows[window.Older];
            if (older.End > window.Start || older.Instrument != window.Instrument || older.Level != window.Level || older.Newer != None)
            {
                return false;
            }

            older.Newer = slot;
        }

        if (window.Parent != None)
        {
            ref var parent = ref _windows[window.Parent];
            if (parent.Instrument != window.Instrument || parent.Level != window.Level + 1 || parent.Start > window.Start)
            {
                return false;
            }

            parent.NewestPart = parent.NewestPart == None || _windows[parent.NewestPart].Start < window.Start ? slot : parent.NewestPart;
        }

        ref var newest = ref _newest[(window.Instrument * Levels) + window.Level];
        newest = newest == None || _windows[newest].Start < window.Start ? slot : newest;
        return true;
    }

    /// <summary>The window that holds an instant, from the day down.</summary>
    private int Find(int instrument, int level, long micros)
    {
        var parent = level == Levels - 1 ? None : Find(instrument, level + 1, micros);
        var slot = level == Levels - 1 ? Newest(instrument, level) : parent == None ? None : _windows[parent].NewestPart;
        while (slot != None && _windows[slot].Start > micros)
        {
            slot = _windows[slot].Older;
        }

        return slot != None && micros < _windows[slot].End ? slot : None;
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
        window.Newer = newer;
        window.NewestPart = None;
        window.Revision = -1;
        Link(in window, slot);
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

    /// <summary>Makes a window known to those beside it and to the one that it is part of.</summary>
    private void Link(in Window window, int slot)
    {
        if (window.Newer == None)
        {
            _newest[(window.Instrument * Levels) + window.Level] = slot;
        }
        else
        {
            _windows[window.Newer].Older = slot;
        }

        if (window.Older != None)
        {
            _windows[window.Older].Newer = slot;
        }

        if (window.Parent != None && (window.Newer == None || _windows[window.Newer].Parent != window.Parent))
        {
            _windows[window.Parent].NewestPart = slot;
        }
    }

    private void Unlink(in Window window, int slot)
    {
        if (window.Newer == None)
        {
            _newest[(window.Instrument * Levels) + window.Level] = window.Older;
        }
        else
        {
            _windows[window.Newer].Older = window.Older;
        }

        if (window.Older != None)
        {
            _windows[window.Older].Newer = window.Newer;
        }

        if (window.Parent != None && _windows[window.Parent].NewestPart == slot)
        {
            _windows[window.Parent].NewestPart = None;
        }
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
