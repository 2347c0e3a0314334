using Aurum.Store.Sinks;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>Hears of deliveries that other processes have committed (LISTEN), over a connection of its own. What is notified while there is
/// no connection is not heard: each new one rings at once.</summary>
/// <param name="database">The database.</param>
/// <param name="bell">Rings.</param>
/// <param name="jitter">Spread of the waits before a lost connection is made anew.</param>
internal sealed class PostgresListener(PostgresDatabase database, OutboxBell bell, Random jitter)
{
    /// <summary>What the connection is called in <c>pg_stat_activity</c>.</summary>
    public const string Name = "aurum outbox";

    /// <summary>A connection on which nothing was heard for so long is asked whether it is there.</summary>
    public const int KeepAliveSeconds = 15;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private const int MostDoublings = 10;

    /// <summary>Channels are those of a database, whatever the schema.</summary>
    public static string ChannelOf(PostgresOptions options) => $"{options.Schema}_outbox";

    /// <summary>Listens until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        for (var failures = 0; !cancel.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await database.Listener(cancel);
                await Begin(connection, cancel);
                failures = 0;
                while (true)
                {
                    await connection.WaitAsync(cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or PostgresEngineException)
            {
                // Whoever waits looks at the outbox from time to time, and tells what it finds of the database.
                await Wait(failures++, cancel);
            }
        }
    }

    private async Task Begin(NpgsqlConnection connection, CancellationToken cancel)
    {
        connection.Notification += (_, _) => bell.Ring();
        await using var listen = new NpgsqlCommand($"LISTEN {ChannelOf(database.Options)}", connection);
        await listen.ExecuteNonQueryAsync(cancel);
        bell.Ring();
    }

    private Task Wait(int failures, CancellationToken cancel)
    {
        var wait = FirstWait * (1 << Math.Min(failures, MostDoublings));
        wait = wait < LongestWait ? wait : LongestWait;
        return Task.Delay(wait * (0.5 + (jitter.NextDouble() / 2)), database.Time, cancel)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
