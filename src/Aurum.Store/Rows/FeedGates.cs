using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>Lets one delivery of a feed in at a time: of this process, and of all others that have the database open. Behind the gate,
/// what is remembered of the feed is what the database has.</summary>
internal sealed class FeedGates(StoreEngine engine, int waitSeconds)
{
    /// <summary>How long a process waits before it asks again for a gate that another one holds: first, and at most.</summary>
    private const int FirstWaitMilliseconds = 5;
    private const int LongestWaitMilliseconds = 250;

    /// <exception cref="TimeoutException">Another delivery did not end in time.</exception>
    public void Enter(FeedState feed, CancellationToken cancel)
    {
        if (!feed.Gate.Wait(TimeSpan.FromSeconds(waitSeconds), cancel))
        {
            throw TooLong(feed);
        }

        try
        {
            if (engine.Sharing is { } sharing)
            {
                EnterShared(sharing, feed, cancel);
            }
        }
        catch
        {
            feed.Gate.Release();
            throw;
        }
    }

    public void Leave(FeedState feed)
    {
        try
        {
            engine.Sharing?.Leave(feed.Feed);
        }
        finally
        {
            feed.Gate.Release();
        }
    }

    /// <summary>Counts a commit of a feed that is behind its gate, in the transaction.</summary>
    /// <exception cref="StoreException">Another process has written to the feed nevertheless: the gate was lost with its connection.
    /// The delivery can be tried again.</exception>
    public static void Claim(EngineConnection connection, FeedState feed)
    {
        var name = CounterSql.NameOf(feed.Feed);
        var version = feed.ClaimVersion();
        using var claim = connection.Prepare(CounterSql.Claim);
        if (claim.Bind(name).Bind(version).Run() == 1)
        {
            return;
        }

        using var insert = connection.Prepare(CounterSql.Insert);
        if (version != 0 || insert.Bind(name).Bind(1L).Run() != 1)
        {
            throw new StoreException($"{feed.Feed}: another process wrote to the feed while this delivery was open; try it again");
        }
    }

    private void EnterShared(EngineSharing sharing, FeedState feed, CancellationToken cancel)
    {
        var waited = 0;
        for (var wait = FirstWaitMilliseconds; !sharing.TryEnter(feed.Feed); wait = Math.Min(2 * wait, LongestWaitMilliseconds))
        {
            if (waited >= waitSeconds * 1000)
            {
                throw TooLong(feed);
            }

            cancel.WaitHandle.WaitOne(wait);
            cancel.ThrowIfCancellationRequested();
            waited += wait;
        }

        try
        {
            Refresh(feed);
        }
        catch
        {
            sharing.Leave(feed.Feed);
            throw;
        }
    }

    private void Refresh(FeedState feed)
    {
        var version = engine.List(
            CounterSql.Value, s => s.Bind(CounterSql.NameOf(feed.Feed)), static (rows, i) => rows.Int64(0, i)) is [var found] ? found : 0;
        if (!feed.IsAt(version))
        {
            feed.Forget();
            FeedMemory.Read(engine, feed.Feed, _ => feed);
            feed.Remembers(version);
        }
    }

    private TimeoutException TooLong(FeedState feed) =>
        new($"another delivery of {feed.Feed} is open and did not end within {waitSeconds} seconds");
}
