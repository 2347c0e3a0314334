namespace Aurum.Cluster.Redis.Connections;

/// <summary>Tells when a server goes and when it comes back: once each, not at every try.</summary>
internal sealed class RedisState(string address, RedisMetrics? metrics, Action<string>? tell)
{
    private readonly Lock _gate = new();
    private string? _lastFault;
    private int _connections;

    /// <summary>Connections that were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Change(RedisException? fault)
    {
        var reason = fault?.Message;
        if (fault is not null)
        {
            metrics?.Lost(fault.Fault);
        }
        else
        {
            Interlocked.Increment(ref _connections);
        }

        lock (_gate)
        {
            if (reason == _lastFault || fault?.Fault == RedisFault.Closed)
            {
                return;
            }

            _lastFault = reason;
        }

        tell?.Invoke(reason is null ? $"redis: connected to {address}" : $"redis: {reason}; all goes on without it");
    }
}
