using System.Diagnostics.CodeAnalysis;
using Aurum.App.Api.Rows;
using Aurum.Store.Engines;
using Aurum.Store.Reading;

namespace Aurum.App.Api.Events;

/// <summary>Looks for new commits while somebody follows them, and wakes the followers. One look serves them all. A look that fails is
/// made again: what was committed meanwhile is seen by the next one that succeeds.</summary>
internal sealed class CommitTail(RowServices services, ApiOptions options, ILogger<CommitTail> log) : BackgroundService
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _followed = New();
    private TaskCompletionSource _hurried = New();
    private int _followers;
    private long _newest;

    /// <summary>Completes at the next new commit. Take it before reading the store, so that no commit is missed in
    /// between.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Begins to follow; dispose to end. Null where the limit of followers is reached.</summary>
    public IDisposable? Follow()
    {
        lock (_lock)
        {
            if (_followers >= options.EventClients)
            {
                return null;
            }

            _followers++;
            services.Api.Metrics.EventClients(1);
            _followed.TrySetResult();
            return new Follower(this);
        }
    }

    /// <summary>Looks for new commits now, as somebody heard of one.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _hurried.TrySetResult();
        }
    }

    /// <summary>Number of the newest commit; 0 where there is none.</summary>
    public long Newest()
    {
        var newest = services.Store.Outbox(new RecordQuery { Descending = true, Limit = 1 });
        return newest.Count == 0 ? 0 : newest[0].Id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(options.EventPollSeconds);
        var isWell = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            await FollowedAsync(stoppingToken);
            var hurried = Hurried();
            isWell = TryLook(isWell);
            await hurried.WaitAsync(pause, services.Api.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Hurried()
    {
        lock (_lock)
        {
            if (_hurried.Task.IsCompleted)
            {
                _hurried = New();
            }

            return _hurried.Task;
        }
    }

    /// <summary>Looks, and tells when looks begin to fail and when they succeed again.</summary>
    /// <returns>Whether it succeeded.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever a look meets, the next may not")]
    private bool TryLook(bool wasWell)
    {
        try
        {
            Look();
        }
        catch (Exception error)
        {
            if (wasWell)
            {
                Log.EventsStandStill(log, error is EngineException refused ? refused.Reason : error.Message);
            }

            return false;
        }

        if (!wasWell)
        {
            Log.EventsGoOn(log);
        }

        return true;
    }

    private void Look()
    {
        var newest = Newest();
        lock (_lock)
        {
            if (newest != _newest)
            {
                _newest = newest;
                _changed.SetResult();
                _changed = New();
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _followers--;
        }

        services.Api.Metrics.EventClients(-1);
    }

    private async Task FollowedAsync(CancellationToken cancel)
    {
        Task followed;
        lock (_lock)
        {
            if (_followers > 0)
            {
                return;
            }

            _followed = New();
            followed = _followed.Task;
        }

        await followed.WaitAsync(cancel);
    }

    private sealed class Follower(CommitTail tail) : IDisposable
    {
        private int _isDone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDone, 1) == 1)
            {
                return;
            }

            tail.Leave();
        }
    }
}
