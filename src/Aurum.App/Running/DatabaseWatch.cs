using Aurum.App.Configuration;
using Aurum.Store.Engines;

namespace Aurum.App.Running;

/// <summary>What a process does whose database is away: says so once, asks again with growing waits, and lets all its parts wait for the
/// same answer. Safe from several threads.</summary>
/// <param name="ask">Reaches the database, or throws. Blocks.</param>
/// <param name="settings">Waits.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="jitter">Spread of waits, so that many processes do not come at once.</param>
/// <param name="tell">Hears when the database goes away and when it is back.</param>
internal sealed class DatabaseWatch(Action ask, WorkerSettings settings, TimeProvider time, Random jitter, Action<string> tell)
{
    /// <summary>Time between two looks at a database that nobody complains of.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>A database that does not answer for longer is not ready to be worked with, though nothing has failed yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private string? _why = "the database has not been reached yet";
    private long? _askedAt;
    private long? _awaySince;
    private Task _back = Task.CompletedTask;

    /// <summary>Times that the database went away, since the start.</summary>
    public long Outages { get; private set; }

    /// <summary>Seconds since the database went away; 0: it is there.</summary>
    public double AwaySeconds
    {
        get
        {
            lock (_lock)
            {
                return _awaySince is { } since ? time.GetElapsedTime(since).TotalSeconds : 0;
            }
        }
    }

    /// <summary>What keeps this process from working, in words; null: nothing. Asks nobody.</summary>
    public string? WhyNotReady()
    {
        lock (_lock)
        {
            return _why ?? (_askedAt is { } at && time.GetElapsedTime(at) is var waited && waited > Patience
                ? $"the database has not answered for {waited.TotalSeconds:0} seconds"
                : null);
        }
    }

    /// <summary>Asks until the database answers.</summary>
    /// <exception cref="EngineException">It answers, and refuses what only a person can mend.</exception>
    /// <exception cref="Aurum.Store.StoreException">It is not of a form that this program knows.</exception>
    public async Task Reach(CancellationToken cancel)
    {
        var tries = 0;
        while (await Failure(cancel) is { } error)
        {
            if (Began(error, tries++))
            {
                tell($"the database is away: {error.Reason}. Work goes on when it is back; it is asked again every "
                    + $"{settings.LongestRetrySeconds:0.##} seconds at most");
            }

            await Task.Delay(Wait(tries), time, cancel);
        }

        if (Ended() is { } away)
        {
            tell($"the database is back after {away.TotalSeconds:0.0} seconds and {tries} failed tries; work goes on");
        }
    }

    /// <summary>Waits until the database answers after an error; where several wait, one asks.</summary>
    public async Task Ride(EngineException error, CancellationToken cancel)
    {
        Task back;
        lock (_lock)
        {
            if (_back.IsCompletedSuccessfully)
            {
                _why = error.Reason;
                _back = Reach(cancel);
            }

            back = _back;
        }

        await back.WaitAsync(cancel);
    }

    /// <summary>Looks now and then, until it is cancelled: a process that has nothing to do notices too.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Beat, time, cancel);
            if (await Failure(cancel) is { } error)
            {
                await Ride(error, cancel);
            }
        }
    }

    private async Task<EngineException?> Failure(CancellationToken cancel)
    {
        lock (_lock)
        {
            _askedAt ??= time.GetTimestamp();
        }

        try
        {
            await Task.Run(ask, cancel).WaitAsync(cancel);
            return null;
        }
        catch (EngineException error) when (!error.NeedsPerson)
        {
            return error;
        }
        finally
        {
            lock (_lock)
            {
                _askedAt = null;
            }
        }
    }

    private bool Began(EngineException error, int tries)
    {
        lock (_lock)
        {
            _why = error.Reason;
            _awaySince ??= time.GetTimestamp();
            Outages += tries == 0 ? 1 : 0;
            return tries == 0;
        }
    }

    private TimeSpan? Ended()
    {
        lock (_lock)
        {
            TimeSpan? away = _awaySince is { } since ? time.GetElapsedTime(since) : null;
            (_why, _awaySince) = (null, null);
            return away;
        }
    }

    /// <summary>Between half of it and all of it.</summary>
    private TimeSpan Wait(int tries)
    {
        var seconds = Math.Min(settings.LongestRetrySeconds, settings.FirstRetrySeconds * Math.Pow(2, Math.Min(tries - 1, 30)));
        lock (_lock)
        {
            return TimeSpan.FromSeconds(seconds * (0.5 + (jitter.NextDouble() / 2)));
        }
    }
}
