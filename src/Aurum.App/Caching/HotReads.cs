using System.Collections.Concurrent;

namespace Aurum.App.Caching;

/// <summary>Gets a value that is kept, or has it made once, however many ask for it at a time: in this process by one flight that the
/// others wait for, among processes by a lock. Shortly before a value goes, one caller makes it anew while the others still get it.
/// Safe from several threads.</summary>
/// <param name="cache">Where values are kept.</param>
/// <param name="wait">How long the lock of another process is waited for at most.</param>
/// <param name="time">The clock.</param>
/// <param name="chance">Spreads the ends of values; not shared with others.</param>
internal sealed class HotReads(IHotCache cache, TimeSpan wait, TimeProvider time, Random chance)
{
    /// <summary>Last part of a value's time in which it is made anew.</summary>
    private const double EarlyPart = 0.1;

    /// <summary>Part of its time by which a value may go sooner, so that what was made together does not go together.</summary>
    private const double JitterPart = 0.1;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<HotKey, Task<Shared>> _flights = new();
    private long _made;
    private long _owners;

    /// <summary>Values that were made here.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Gets a value.</summary>
    /// <param name="key">Key.</param>
    /// <param name="stay">How long a value that is made now is kept.</param>
    /// <param name="make">Makes it; null: it can't be shared.</param>
    /// <param name="cancel">Ends it for this caller.</param>
    /// <returns>Null where the caller's <paramref name="make"/> gave null.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> Get(
        HotKey key, TimeSpan stay, Func<ValueTask<ReadOnlyMemory<byte>?>> make, CancellationToken cancel)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<Shared>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = _flights.GetOrAdd(key, mine.Task);
            if (flight == mine.Task)
            {
                return await Lead(key, stay, make, mine, cancel);
            }

            var shared = await flight.WaitAsync(cancel);
            if (shared.Value is { } value)
            {
                return value;
            }

            // Who made it was stopped: somebody else's turn. Where it failed or can't be shared, everybody for himself.
            if (!shared.IsStopped)
            {
                return await Make(make);
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>?> Lead(
        HotKey key, TimeSpan stay, Func<ValueTask<ReadOnlyMemory<byte>?>> make, TaskCompletionSource<Shared> mine,
        CancellationToken cancel)
    {
        var shared = default(Shared);
        try
        {
            var value = await FindOrMake(key, stay, make, mine, cancel);
            shared = new Shared(value, IsStopped: false);
            return value;
        }
        catch (OperationCanceledException)
        {
            shared = new Shared(null, IsStopped: true);
            throw;
        }
        finally
        {
            _flights.TryRemove(key, out _);
            mine.TrySetResult(shared);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> FindOrMake(
        HotKey key, TimeSpan stay, Func<ValueTask<ReadOnlyMemory<byte>?>> make, TaskCompletionSource<Shared> mine,
        CancellationToken cancel)
    {
        var found = await cache.Find(key, cancel);
        if (found is { } kept && kept.Left > stay * EarlyPart)
        {
            return kept.Value;
        }

        var owner = $"{Environment.MachineName}-{Environment.ProcessId}-{Interlocked.Increment(ref _owners)}";
        var started = time.GetTimestamp();
        while (true)
        {
            var turn = await cache.Claim(key, owner, cancel);
            if (turn == HotTurn.Others && found is null && time.GetElapsedTime(started) < wait)
            {
                await Task.Delay(LookAgain, time, cancel);
                if (await cache.Find(key, cancel) is { } made)
                {
                    return made.Value;
                }

                continue;
            }

            return turn == HotTurn.Others && found is { } old
                ? old.Value
                : await Refresh(key, stay, make, mine, found, turn, owner, cancel);
        }
    }

    /// <summary>Makes the value, unless somebody did between the look and the claim.</summary>
    private async Task<ReadOnlyMemory<byte>?> Refresh(
        HotKey key, TimeSpan stay, Func<ValueTask<ReadOnlyMemory<byte>?>> make, TaskCompletionSource<Shared> mine, HotEntry? found,
        HotTurn turn, string owner, CancellationToken cancel)
    {
        try
        {
            if (found is { } old)
            {
                // It is still right: who asks meanwhile need not wait.
                mine.TrySetResult(new Shared(old.Value, IsStopped: false));
            }
            else if (turn == HotTurn.Own && await cache.Find(key, cancel) is { } made)
            {
                return made.Value;
            }

            var value = await Make(make);
            if (value is { } given)
            {
                await cache.Keep(key, given, stay * (1 - (JitterPart * Chance())), cancel);
            }

            return value;
        }
        finally
        {
            if (turn == HotTurn.Own)
            {
                await cache.Release(key, owner, CancellationToken.None);
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> Make(Func<ValueTask<ReadOnlyMemory<byte>?>> make)
    {
        Interlocked.Increment(ref _made);
        return await make();
    }

    private double Chance()
    {
        lock (chance)
        {
            return chance.NextDouble();
        }
    }

    /// <summary>What a flight came to.</summary>
    /// <param name="Value">For all who waited; null: none.</param>
    /// <param name="IsStopped">Whether the one who made it was stopped.</param>
    private readonly record struct Shared(ReadOnlyMemory<byte>? Value, bool IsStopped);
}
