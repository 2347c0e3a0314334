using Aurum.Cluster.Redis.Connections;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis;

/// <summary>Speaks RESP3 with one Redis server: commands of all callers share few connections and need not wait for each other.
/// Connects at the first command and, when a connection is lost, again by itself. Safe from several threads.</summary>
/// <remarks>While there is no connection commands fail at once. Only the first command waits, for the first try. A command whose
/// connection is lost may have been done or not. Commands that block the server's connection (BLPOP, WAIT) do not belong here.</remarks>
public sealed class RedisClient : IAsyncDisposable
{
    private readonly RedisLink[] _links;
    private readonly RedisOptions _options;
    private readonly RedisState _state;
    private uint _next;

    /// <param name="options">Checked settings.</param>
    /// <param name="time">The clock, for time-outs and waits.</param>
    /// <param name="chance">For the jitter of waits; not shared with others.</param>
    /// <param name="metrics">Counts lost connections; null: nobody.</param>
    /// <param name="tell">Told in a sentence when the connection is lost and when it is there again; null: nobody.</param>
    public RedisClient(
        RedisOptions options, TimeProvider time, Random chance, RedisMetrics? metrics = null, Action<string>? tell = null)
    {
        options.Check();
        _options = options;
        _state = new RedisState(options.Address, metrics, tell);
        _links = [.. Enumerable.Range(0, options.Connections).Select(_ => new RedisLink(
            options, time, new Random(chance.Next()), static _ => { }, static (_, _) => Task.CompletedTask, _state.Change))];
    }

    public RedisOptions Options => _options;

    /// <summary>Whether a command would be sent now.</summary>
    public bool IsConnected => Array.Exists(_links, static l => l.Connection is not null);

    /// <summary>Connections that were made so far: another number than before means that what was in the server may be gone.</summary>
    public int Connections => _state.Connections;

    /// <summary>Version of the server as it said last, for example 7.0.15; null before the first connection.</summary>
    public string? ServerVersion => _links[0].Greeting?.Version;

    /// <summary>Commands that wait for replies.</summary>
    public int Pending => _links.Sum(static l => l.Connection?.Pending ?? 0);

    /// <summary>Sends a command.</summary>
    /// <param name="command">Its words.</param>
    /// <param name="cancel">Ends the wait; the command may be done all the same.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="RedisException">There is no connection, no reply in time, no room, or the server refused.</exception>
    public Task<RespValue> Call(ReadOnlySpan<RedisArgument> command, CancellationToken cancel)
    {
        var link = Link();
        if (link.Connection is not { } connection)
        {
            var batch = new RedisBatch();
            batch.Add(command);
            return CallLater(link, batch, cancel);
        }

        try
        {
            var reply = connection.Call(command);
            return cancel.CanBeCanceled ? reply.WaitAsync(cancel) : reply;
        }
        catch (RedisException fault)
        {
            return Task.FromException<RespValue>(fault);
        }
    }

    /// <summary>Sends commands as one piece.</summary>
    /// <param name="batch">The commands; free again when the replies are there.</param>
    /// <param name="cancel">Ends the wait; the commands may be done all the same.</param>
    /// <returns>A reply each, in order; refusals are among them as error replies.</returns>
    /// <exception cref="RedisException">There is no connection, no reply in time, or no room.</exception>
    public async Task<IReadOnlyList<RespValue>> Call(RedisBatch batch, CancellationToken cancel)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        var link = Link();
        var connection = link.Connection ?? await Connect(link, cancel);
        return await connection.Call(batch).WaitAsync(cancel);
    }

    /// <summary>The first refusal among replies as an exception; null where there is none.</summary>
    public static RedisException? RefusalIn(IReadOnlyList<RespValue> replies)
    {
        foreach (var reply in replies)
        {
            if (reply.IsError)
            {
                return RedisRefusal.Of(reply);
            }
        }

        return null;
    }

    /// <summary>Makes the connections anew where a refusal says that the server is no longer the one to write to.</summary>
    /// <returns>Whether it does.</returns>
    internal bool LeaveAfter(RedisException fault)
    {
        if (!RedisRefusal.IsOfTheServer(fault))
        {
            return false;
        }

        foreach (var link in _links)
        {
            link.Connection?.Abandon(fault.Message);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }

    private static async Task<RedisConnection> Connect(RedisLink link, CancellationToken cancel)
    {
        await link.Tried.WaitAsync(cancel);
        return link.Connection ?? throw Again(link.Fault);
    }

    /// <summary>The same failure for one more caller: an exception that is thrown twice has lost its place.</summary>
    private static RedisException Again(RedisException fault) => new(fault.Fault, fault.Message, fault) { Code = fault.Code };

    private static async Task<RespValue> CallLater(RedisLink link, RedisBatch batch, CancellationToken cancel)
    {
        var connection = await Connect(link, cancel);
        var reply = (await connection.Call(batch).WaitAsync(cancel))[0];
        return reply.IsError ? throw RedisRefusal.Of(reply) : reply;
    }

    private RedisLink Link()
    {
        if (_links.Length == 1)
        {
            return _links[0];
        }

        var first = Interlocked.Increment(ref _next);
        for (uint i = 0; i < _links.Length; i++)
        {
            var link = _links[(first + i) % _links.Length];
            if (link.Connection is not null)
            {
                return link;
            }
        }

        return _links[first % _links.Length];
    }
}
