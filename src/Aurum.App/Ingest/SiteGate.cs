using Aurum.App.Configuration;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Holds back requests to one site so that its limits and those of its datasets are kept: requests per minute with a burst, per
/// hour and per day, requests in flight, rows and bytes per hour, and the pause that the site itself asks for. Live collection and
/// backfill share the turns, and so do datasets by their priority.</summary>
internal sealed class SiteGate
{
    /// <summary>Longest wait for room in a quota by a live request; a longer one becomes an outcome, and the planner asks
    /// again.</summary>
    private static readonly TimeSpan LongestLiveWait = TimeSpan.FromMinutes(65);

    /// <summary>What a request may take beyond its own limit of time before the others count it as over.</summary>
    private const int SecondsToSpare = 10;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TokenBucket _burst;
    private readonly FairQueue _queue;
    private readonly Quota _quota;
    private readonly Dictionary<FeedId, Quota> _feeds = [];
    private readonly IReadOnlyDictionary<string, FeedLimitOptions> _feedLimits;
    private readonly RequestJournal? _journal;
    private readonly List<TaskCompletionSource> _asleep = [];
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <param name="site">Site with its limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="feedLimits">Limits of datasets by feed id; null: none has its own.</param>
    /// <param name="journal">Where requests are noted that count after a restart; null: nowhere.</param>
    public SiteGate(
        Site site, TimeProvider time, IReadOnlyDictionary<string, FeedLimitOptions>? feedLimits = null, RequestJournal? journal = null)
    {
        Site = site;
        _time = time;
        _burst = new TokenBucket(site.Limits.RequestsPerMinute / 60, site.Limits.Burst, time.GetTimestamp());
        _queue = new FairQueue(site.Limits.LiveShare);
        _quota = new Quota(QuotaLimits.Of(site.Limits), time);
        _feedLimits = feedLimits ?? new Dictionary<string, FeedLimitOptions>();
        _journal = journal;
        Breaker = new CircuitBreaker(
            site.Limits.BreakerErrors,
            TimeSpan.FromSeconds(site.Limits.BreakerWindowSeconds),
            TimeSpan.FromSeconds(site.Limits.BreakerOpenSeconds),
            time);
    }

    public Site Site { get; }

    /// <summary>What is shared with other processes that ask the site, and the name of this one; null where there are none. Requests,
    /// rows and bytes are counted for all of them together.</summary>
    public (SharedWork Work, string Holder)? Shared { get; set; }

    public CircuitBreaker Breaker { get; }

    /// <summary>Requests let through so far.</summary>
    public long Granted { get; private set; }

    /// <summary>A dataset's own limits beside those of the site.</summary>
    public QuotaLimits LimitsOf(FeedId feed) => QuotaLimits.Of(_feedLimits.GetValueOrDefault(feed.Text));

    /// <summary>Waits until a request may go out. Dispose the result when its answer has been read.</summary>
    /// <exception cref="QuotaSpentException">A live request would have to wait too long.</exception>
    public async Task<Permit> Enter(FeedId feed, bool isLive, CancellationToken cancel)
    {
        FairQueue.Place place;
        lock (_lock)
        {
            place = _queue.Join(feed, FeedLimitOptions.WeightOf(_feedLimits.GetValueOrDefault(feed.Text)), isLive);
        }

        try
        {
            while (TryTake(place, isLive, cancel) is { } wait)
            {
                await wait;
            }

            return new Permit(this, feed, await SharedTurn(feed, cancel));
        }
        finally
        {
            lock (_lock)
            {
                FairQueue.Leave(place);
                Wake();
            }
        }
    }

    /// <summary>Counts an answer: its bytes, and whether it asks for fewer requests. Its rows follow with <see cref="Read"/>.</summary>
    public void Received(FeedId feed, long bytes)
    {
        lock (_lock)
        {
            _quota.Received(bytes);
            QuotaOf(feed).Received(bytes);
        }
    }

    /// <summary>Counts the rows of answers that were read to the end.</summary>
    public void Read(FeedId feed, int answers, long rows)
    {
        lock (_lock)
        {
            _quota.Read(answers, rows);
            QuotaOf(feed).Read(answers, rows);
            Wake();
        }
    }

    /// <summary>The site said that it is asked too often.</summary>
    public void Throttled(FeedId feed)
    {
        lock (_lock)
        {
            _quota.Throttled++;
            QuotaOf(feed).Throttled++;
        }
    }

    /// <summary>Charges a request that goes out under a permit that is held already: a redirect that is followed. False where no limit
    /// leaves one more.</summary>
    public bool TryChargeRequest(FeedId feed)
    {
        lock (_lock)
        {
            if (_quota.WaitOfRequests() is not null || QuotaOf(feed).WaitOfRequests() is not null)
            {
                return false;
            }

            _burst.Refill(_time.GetTimestamp(), _time);
            Charge(feed);
            _quota.ChargeRequest();
            QuotaOf(feed).ChargeRequest();
            return true;
        }
    }

    /// <summary>Counts what an earlier process asked for and got.</summary>
    public void Recall(FeedId feed, TimeSpan age, long requests, long rows, long bytes)
    {
        lock (_lock)
        {
            _quota.Recall(age, requests, rows, bytes);
            QuotaOf(feed).Recall(age, requests, rows, bytes);
        }
    }

    /// <summary>Lets nothing out for a while: the site asked for it.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (_lock)
        {
            var until = _time.GetUtcNow() + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }

        Shared?.Work.Pause(Site.Name, Duration.FromTimeSpan(pause));
    }

    /// <summary>How much of the site's limits is used, then of its datasets' that have limits of their own or were asked for.</summary>
    public IReadOnlyList<QuotaStanding> Standing()
    {
        lock (_lock)
        {
            var waiting = _queue.Count;
            return
            [
                QuotaStanding.Of(_quota, null, waiting),
                .. _feeds.OrderBy(f => f.Key).Select(f => QuotaStanding.Of(f.Value, f.Key, 0)),
            ];
        }
    }

    /// <summary>Takes a request's place; null when it was there, else what to wait for before trying again.</summary>
    private Task? TryTake(FairQueue.Place place, bool isLive, CancellationToken cancel)
    {
        lock (_lock)
        {
            var own = QuotaOf(place.Feed).Wait();
            var site = _quota.Wait();
            RefuseLongWait(place.Feed, own > site || site is null ? own : site, isLive);
            if (!ReferenceEquals(place, _queue.Next(MayGo)))
            {
                return Sleep(place.IsFirst ? own : null, cancel);
            }

            if (_quota.IsFull)
            {
                return Sleep(null, cancel);
            }

            if (SiteWait(site) is { } wait)
            {
                return Sleep(wait, cancel);
            }

            Charge(place.Feed);
            _quota.Enter();
            QuotaOf(place.Feed).Enter();
            _queue.Served(place);
            return null;
        }
    }

    /// <summary>Waits until the limits leave a request for all processes together. This process's own place is taken already.</summary>
    private async Task<SiteTurn?> SharedTurn(FeedId feed, CancellationToken cancel)
    {
        if (Shared is not var (work, holder))
        {
            return null;
        }

        try
        {
            while (true)
            {
                var (turn, wait) = work.TryTake(holder, LimitsOf(Site.Name, QuotaLimits.Of(Site.Limits)) with
                {
                    PerSecond = Site.Limits.RequestsPerMinute / 60,
                    Burst = Site.Limits.Burst,
                    LongestSeconds = Site.Limits.TimeoutSeconds + SecondsToSpare,
                }, LimitsOf(feed.Text, LimitsOf(feed)));
                if (turn is not null)
                {
                    return turn;
                }

                await Task.Delay(wait.ToTimeSpan(), _time, cancel);
            }
        }
        catch
        {
            Leave(feed);
            throw;
        }
    }

    private static SharedLimits LimitsOf(string name, QuotaLimits limits) => new(
        name, 0, 0, limits.Concurrency, (long)limits.RequestsPerMinute, limits.RequestsPerHour, limits.RequestsPerDay)
    {
        RowsPerHour = limits.RowsPerHour,
        BytesPerHour = limits.BytesPerHour,
    };

    private void Charge(FeedId feed)
    {
        if (_quota.Limits.OutlivesProcess || QuotaOf(feed).Limits.OutlivesProcess)
        {
            _journal?.Add(Site.Name, feed);
        }

        _burst.Charge(1);
        Granted++;
    }

    private void RefuseLongWait(FeedId feed, TimeSpan? wait, bool isLive)
    {
        if (!isLive || wait is not { } longest || longest <= LongestLiveWait)
        {
            return;
        }

        _quota.Refused++;
        QuotaOf(feed).Refused++;
        var until = (_time.GetUtcNow() + longest).UtcDateTime;
        throw new QuotaSpentException(
            FormattableString.Invariant($"our own limit for {Site.Name} or {feed} leaves no request before {until:yyyy-MM-dd HH:mm} UTC"));
    }

    private bool MayGo(FeedId feed) => QuotaOf(feed) is { IsFull: false } quota && quota.Wait() is null;

    private Quota QuotaOf(FeedId feed)
    {
        if (!_feeds.TryGetValue(feed, out var quota))
        {
            _feeds[feed] = quota = new Quota(QuotaLimits.Of(_feedLimits.GetValueOrDefault(feed.Text)), _time);
        }

        return quota;
    }

    private TimeSpan? SiteWait(TimeSpan? quota)
    {
        _burst.Refill(_time.GetTimestamp(), _time);
        var pause = _pausedUntil - _time.GetUtcNow();
        var longest = pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
        longest = quota > longest ? quota.Value : longest;
        longest = _burst.TimeFor(1) is { } token && token > longest ? token : longest;
        return longest > TimeSpan.Zero ? longest : null;
    }

    /// <summary>Ends when something changes, or when the time is over.</summary>
    private async Task Sleep(TimeSpan? wait, CancellationToken cancel)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asleep.Add(woken);
        using var stop = cancel.Register(() => woken.TrySetResult());
        using var alarm = wait is { } time
            ? _time.CreateTimer(_ => woken.TrySetResult(), null, time, Timeout.InfiniteTimeSpan)
            : null;
        await woken.Task;
        cancel.ThrowIfCancellationRequested();
    }

    private void Leave(FeedId feed, SiteTurn? turn)
    {
        Leave(feed);
        if (turn is not null)
        {
            Shared?.Work.Done(turn);
        }
    }

    private void Leave(FeedId feed)
    {
        lock (_lock)
        {
            _quota.Leave();
            QuotaOf(feed).Leave();
            Wake();
        }
    }

    /// <summary>Lets everybody who waits look again.</summary>
    private void Wake()
    {
        foreach (var sleeper in _asleep)
        {
            sleeper.TrySetResult();
        }

        _asleep.Clear();
    }

    /// <summary>The right to have one request in flight.</summary>
    internal sealed class Permit(SiteGate gate, FeedId feed, SiteTurn? turn) : IDisposable
    {
        private SiteGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(feed, turn);
    }
}

/// <summary>A live request would have to wait too long for room in a quota. The message says until when.</summary>
internal sealed class QuotaSpentException(string message) : Exception(message);

/// <summary>How much of the limits of a site, or of one of its datasets, is used.</summary>
/// <param name="Feed">Dataset; null for the site.</param>
/// <param name="Waiting">Requests that wait for their turn; of the site.</param>
/// <param name="Uses">Each limit with its use.</param>
/// <param name="Throttled">Answers that asked for fewer requests, since the start.</param>
/// <param name="Overdrawn">Answers that brought more than was left, since the start.</param>
/// <param name="Refused">Requests not made because a quota is used up, since the start.</param>
internal sealed record QuotaStanding(
    FeedId? Feed, int Waiting, IReadOnlyList<LimitUse> Uses, long Throttled, long Overdrawn, long Refused)
{
    public static QuotaStanding Of(Quota quota, FeedId? feed, int waiting) =>
        new(feed, waiting, quota.Uses(), quota.Throttled, quota.Overdrawn, quota.Refused);
}
