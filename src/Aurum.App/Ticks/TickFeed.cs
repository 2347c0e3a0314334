using System.Numerics;
using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>The last committed frames in memory, for those who follow them. Kept while somebody does.</summary>
/// <param name="events">Ticks, and prices, that are kept; a quarter as many bars and points. 0: none, all are read from the
/// tables.</param>
/// <param name="maxSubscribers">Most who follow.</param>
internal sealed class TickFeed(int events, int maxSubscribers)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _changed;
    private FrameRings? _rings;
    private long _last;

    /// <summary>Those who follow.</summary>
    public int Subscribers { get; private set; }

    /// <summary>Last frame that was committed.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Whether nothing more comes: who follows goes on elsewhere.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The frames in memory; null where nobody follows.</summary>
    public FrameRings? Rings => Volatile.Read(ref _rings);

    /// <summary>Begins behind a frame. Frames that were on disk although nobody was told are not in memory: who follows reads them from
    /// the tables.</summary>
    public void Start(long last)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            if (_rings is not null && last != _last)
            {
                Volatile.Write(ref _rings, NewRings(last + 1));
            }

            Volatile.Write(ref _last, last);
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    /// <summary>Somebody follows from now on.</summary>
    /// <exception cref="TickServiceException">Too many do.</exception>
    public void Attach()
    {
        lock (_gate)
        {
            if (Subscribers >= maxSubscribers)
            {
                throw new TickServiceException($"{Subscribers} follow already (Ticks:MaxSubscribers)");
            }

            Subscribers++;
            if (events > 0)
            {
                _rings ??= NewRings(_last + 1);
            }
        }
    }

    public void Detach()
    {
        lock (_gate)
        {
            Subscribers--;
            if (Subscribers == 0)
            {
                Volatile.Write(ref _rings, null);
            }
        }
    }

    /// <summary>Shows a committed frame. The writer's thread.</summary>
    public void Publish(OpenFrame frame)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _rings?.Write(frame);
            Volatile.Write(ref _last, frame.Number);
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    /// <summary>Ends all who follow.</summary>
    public void End()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            HasEnded = true;
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    /// <summary>Waits until a frame behind one is committed, or nothing more comes.</summary>
    public Task WaitAsync(long frame, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_last > frame || HasEnded)
            {
                return Task.CompletedTask;
            }

            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changed.Task.WaitAsync(cancel);
        }
    }

    private FrameRings NewRings(long first) => new((int)BitOperations.RoundUpToPowerOf2((uint)events), first);
}

/// <summary>Frames by number, and their contents by kind.</summary>
internal sealed class FrameRings
{
    private const int Frames = 8_192;

    private readonly long _first;
    private readonly TickRing<FrameEntry> _entries = new(Frames);
    private readonly FrameEntry[] _entry = new FrameEntry[1];

    /// <param name="events">Ticks, a power of two from 1024.</param>
    /// <param name="first">The first frame that will come.</param>
    public FrameRings(int events, long first)
    {
        _first = first;
        (Ticks, Prices) = (new TickRing<Tick>(events), new TickRing<LatestPrice>(events));
        (Bars, Points) = (new TickRing<Bar>(events / 4), new TickRing<CurvePoint>(events / 4));
    }

    public TickRing<Tick> Ticks { get; }

    public TickRing<Bar> Bars { get; }

    public TickRing<CurvePoint> Points { get; }

    public TickRing<LatestPrice> Prices { get; }

    public void Write(OpenFrame frame)
    {
        var output = frame.Output;
        _entry[0] = new FrameEntry(
            Ticks.Written, output.Ticks.Count, Bars.Written, output.Bars.Count, Points.Written, output.CurvePoints.Count, Prices.Written,
            output.Prices.Count);
        Ticks.Write(output.Ticks.Items);
        Bars.Write(output.Bars.Items);
        Points.Write(output.CurvePoints.Items);
        Prices.Write(output.Prices.Items);
        _entries.Write(_entry);
    }

    /// <returns>False where the frame is not in memory any more, or was committed before somebody followed.</returns>
    public bool TryFind(long frame, out FrameEntry entry)
    {
        Span<FrameEntry> found = stackalloc FrameEntry[1];
        var isThere = frame >= _first && _entries.TryRead(frame - _first, found);
        entry = found[0];
        return isThere;
    }
}

/// <summary>Where a frame's contents begin, and how much there is of each.</summary>
internal readonly record struct FrameEntry(
    long Tick, int Ticks, long Bar, int Bars, long Point, int Points, long Price, int Prices)
{
    public int Events => Ticks + Bars + Points + Prices;
}
