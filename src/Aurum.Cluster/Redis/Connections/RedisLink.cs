using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Connections;

/// <summary>A connection that is made again when it is lost, with growing waits and jitter, until it is disposed. While there is none,
/// callers are told so at once. Safe from several threads.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private const double FirstWaitMs = 50;

    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly Action<RespValue> _pushed;
    private readonly Func<RedisConnection, CancellationToken, Task> _connected;
    private readonly Action<RedisException?> _changed;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RedisConnection? _connection;
    private RedisException? _fault;
    private Task? _work;

    /// <param name="options">Where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">For the jitter of waits.</param>
    /// <param name="pushed">Takes what was not asked for.</param>
    /// <param name="connected">Done with each new connection before anybody else uses it.</param>
    /// <param name="changed">Told the reason when the connection is lost or can't be made, and null when there is one.</param>
    public RedisLink(
        RedisOptions options,
        TimeProvider time,
        Random chance,
        Action<RespValue> pushed,
        Func<RedisConnection, CancellationToken, Task> connected,
        Action<RedisException?> changed) =>
        (_options, _time, _chance, _pushed, _connected, _changed) = (options, time, chance, pushed, connected, changed);

    /// <summary>The connection; null where there is none now.</summary>
    public RedisConnection? Connection => Volatile.Read(ref _connection);

    public RedisGreeting? Greeting { get; private set; }

    /// <summary>Why there is no connection.</summary>
    public RedisException Fault =>
        Volatile.Read(ref _fault) ?? new RedisException(RedisFault.Unreachable, $"{_options.Address}: not connected yet");

    /// <summary>Completes after the first try to connect, however it ended.</summary>
    public Task Tried
    {
        get
        {
            Start();
            return _tried.Task;
        }
    }

    /// <summary>Begins to connect; further calls do nothing.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _work) is not null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
            {
                _work ??= Task.Run(Run);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            _stop.Cancel();
            work = _work ??= Task.CompletedTask;
        }

        await work;
        Volatile.Write(ref _fault, new RedisException(RedisFault.Closed, $"{_options.Address}: the client was closed"));
        _tried.TrySetResult();
    }

    private async Task Run()
    {
        for (var failures = 0; !_stop.IsCancellationRequested;)
        {
            var began = _time.GetTimestamp();
            var fault = await Serve();
            if (fault is null)
            {
                return;
            }

            // A connection that held for a while is a new start; one that is lost at once is one more failure.
            failures = _time.GetElapsedTime(began).TotalMilliseconds > _options.ReconnectMs ? 1 : failures + 1;
            var most = Math.Min(_options.ReconnectMs, FirstWaitMs * Math.Pow(2, Math.Min(failures - 1, 20)));
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(most * (0.5 + (_chance.NextDouble() / 2))), _time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Connects, and returns when that failed or the connection is lost.</summary>
    /// <returns>The reason; null where the link is closed.</returns>
    private async Task<RedisException?> Serve()
    {
        RedisConnection? connection = null;
        try
        {
            (connection, Greeting) = await RedisDial.Open(_options, _time, _pushed, _stop.Token);
            await _connected(connection, _stop.Token);
            Volatile.Write(ref _connection, connection);
            _changed(null);
            _tried.TrySetResult();
            Note(await connection.Lost.WaitAsync(_stop.Token));
        }
        catch (RedisException fault)
        {
            Note(fault);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            // Whatever it is, a file of certificates that cannot be read for one, it is told, and tried again.
            Note(new RedisException(RedisFault.Unreachable, $"{_options.Address}: {error.Message}", error));
        }
        finally
        {
            Volatile.Write(ref _connection, null);
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }

        _tried.TrySetResult();
        return Fault;
    }

    private void Note(RedisException fault)
    {
        Volatile.Write(ref _fault, fault);
        Volatile.Write(ref _connection, null);
        _changed(fault);
    }
}
