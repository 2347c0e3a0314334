using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>Workers that always have more to ask for, over one gate. The clock moves to the next alarm when everybody waits.</summary>
internal sealed class WorkedDay : IDisposable
{
    public static readonly Duration TimeOfAnswer = Duration.FromMilliseconds(400);

    private readonly HandClock _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _workers = [];
    private readonly RequestJournal? _journal;
    private readonly PumpedContext _pump = new();

    /// <param name="start">Where the clock starts.</param>
    /// <param name="limits">Limits of the site.</param>
    /// <param name="feedLimits">Limits of datasets.</param>
    /// <param name="folder">Where requests are noted; null: nowhere.</param>
    public WorkedDay(
        Instant start, SiteLimits limits, IReadOnlyDictionary<string, FeedLimitOptions>? feedLimits = null, string? folder = null)
    {
        _clock = new HandClock(start);
        _journal = folder is null ? null : new RequestJournal(folder, _clock);
        var sites = new SiteDirectory(
            [new Site("site", new Uri("http://site.test"), limits)], new Dictionary<string, SiteOptions>(), _clock, feedLimits, _journal);
        sites.Recall(_journal?.LastDay() ?? [], [], start);
        Gate = sites["site"];
    }

    public SiteGate Gate { get; }

    public long RowsOfAnswer { get; init; } = 10;

    public long BytesOfAnswer { get; init; } = 1_000;

    /// <summary>Requests that went out, in their order.</summary>
    public List<(Instant At, FeedId Feed)> Asked { get; } = [];

    /// <summary>Adds workers that ask again as soon as they have their answer.</summary>
    public void Work(FeedId feed, bool isLive, int workers)
    {
        for (var i = 0; i < workers; i++)
        {
            _pump.Run(() => _workers.Add(Ask(feed, isLive)));
        }
    }

    /// <summary>Runs until the instant, then stops the workers where they are.</summary>
    public void RunTo(Instant end)
    {
        _pump.Run(() =>
        {
            while (_clock.NextAlarm is { } next && next < end)
            {
                _clock.AdvanceTo(next);
                _pump.Drain();
            }

            _end.Cancel();
        });
        _journal?.Dispose();
        Assert.All(_workers, worker => Assert.True(worker.IsCompleted, "a worker did not stop"));
        Assert.All(_workers, worker => Assert.False(worker.IsFaulted, worker.Exception?.ToString()));
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _end.Dispose();
    }

    private async Task Ask(FeedId feed, bool isLive)
    {
        while (true)
        {
            try
            {
                using var permit = await Gate.Enter(feed, isLive, _end.Token);
                Asked.Add((_clock.Now, feed));
                await Task.Delay(TimeOfAnswer.ToTimeSpan(), _clock, _end.Token);
            }
            catch (QuotaSpentException)
            {
                // The planner would look again after a while.
                await Task.Delay(TimeSpan.FromMinutes(30), _clock, _end.Token);
                continue;
            }

            Gate.Received(feed, BytesOfAnswer);
            Gate.Read(feed, 1, RowsOfAnswer);
        }
    }

    /// <summary>Runs everything that is to go on, on the thread of the test.</summary>
    private sealed class PumpedContext : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Call, object? State)> _calls = [];

        public override void Post(SendOrPostCallback d, object? state) => _calls.Enqueue((d, state));

        public void Run(Action action)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                action();
                Drain();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void Drain()
        {
            while (_calls.TryDequeue(out var next))
            {
                next.Call(next.State);
            }
        }
    }
}
