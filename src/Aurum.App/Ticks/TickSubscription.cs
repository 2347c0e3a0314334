using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Events as they are committed, each once, in the order of their tokens. Who reads slowly is not waited for: what is no
/// longer in memory is read from the tables.</summary>
/// <remarks>Of prices that changed while one did not look, the tables have the last alone. One reader.</remarks>
internal sealed class TickSubscription : IAsyncEnumerable<TickEvent>, IDisposable
{
    private const int MostEvents = 1_024;

    private readonly TickFeed _feed;
    private readonly TickEventFilter _filter;
    private readonly StoredEvents _stored;
    private readonly List<TickEvent> _events = [];
    private TickToken _after;

    /// <summary>The frame up to which prices were seen.</summary>
    private long _priced;
    private int _next;
    private long _pricesSeen;
    private bool _isDisposed;

    /// <param name="feed">The last frames in memory.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="stored">The tables.</param>
    /// <param name="after">The last event that was seen; null: from now on.</param>
    public TickSubscription(TickFeed feed, TickEventFilter filter, StoredEvents stored, TickToken? after)
    {
        (_feed, _filter, _stored) = (feed, filter, stored);
        feed.Attach();
        var now = new TickToken(feed.Last, int.MaxValue);
        _after = after is { } token && token < now ? token : now;
        _priced = _after.Index == int.MaxValue ? _after.Frame : Math.Max(0, _after.Frame - 1);
        _pricesSeen = _priced;
    }

    /// <summary>The frame up to which all prices of the tables were given out, where they are read from there.</summary>
    public long PricesSeen => Volatile.Read(ref _pricesSeen);

    public async IAsyncEnumerator<TickEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (!_isDisposed && !_feed.HasEnded)
        {
            // Who left off in the middle goes on there.
            while (_next < _events.Count)
            {
                yield return _events[_next++];
            }

            _events.Clear();
            _next = 0;
            Volatile.Write(ref _pricesSeen, _priced);
            var token = _after;
            if (!TryReadMemory())
            {
                _after = await _stored.ReadAsync(_filter, _after, _priced, _events, cancellationToken);
                _priced = _after.Index == int.MaxValue ? _after.Frame : _priced;
            }

            if (_after == token && _events.Count == 0)
            {
                await _feed.WaitAsync(_after.Frame, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _feed.Detach();
        }
    }

    /// <summary>Reads on in memory, until enough is found or nothing more is there.</summary>
    /// <returns>False where the next frame is not in memory.</returns>
    private bool TryReadMemory()
    {
        var last = _feed.Last;
        while (_events.Count < MostEvents)
        {
            if (_feed.Rings is not { } rings)
            {
                return false;
            }

            if (_after.Frame == 0 || _after.Index == int.MaxValue)
            {
                if (_after.Frame >= last)
                {
                    return true;
                }

                _after = new TickToken(_after.Frame + 1, -1);
            }

            if (!rings.TryFind(_after.Frame, out var entry) || !_filter.TryRead(rings, in entry, ref _after, _events))
            {
                return _events.Count > 0;
            }
        }

        return true;
    }
}
