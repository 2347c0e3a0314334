using Aurum.App.Scenarios.Running;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Requests that this worker has in hand and that wait to be worked on. Which is next: <see cref="RunQueue"/>. Safe from several
/// threads.</summary>
/// <param name="tenantConcurrency">Requests of one tenant that are worked on at once.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestHall(int tenantConcurrency, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RunQueue _queue = new(tenantConcurrency);
    private readonly Dictionary<string, HeldRequest> _held = new(StringComparer.Ordinal);
    private readonly RunBell _bell = new(time);

    /// <summary>Requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _queue.Waiting;
            }
        }
    }

    /// <summary>Requests that wait of one topic: those that wait for another attempt do not keep others out.</summary>
    public int WaitingOf(string topic)
    {
        lock (_lock)
        {
            return _held.Values.Count(h => h.Message.Partition.Topic == topic);
        }
    }

    /// <summary>Takes a request in hand, or back in hand.</summary>
    /// <param name="request">It.</param>
    /// <param name="notBefore">Earliest begin; null: at once.</param>
    public void Add(HeldRequest request, Instant? notBefore)
    {
        lock (_lock)
        {
            _held[request.Message.Name] = request;
            _queue.Add(new QueuedRun(
                request.Message.Name, request.Request.Tenant, request.Request.Urgency, request.ReceivedAt, notBefore));
        }

        _bell.Ring();
    }

    /// <summary>Drops what waits of a partition that went to another worker.</summary>
    public void Drop(LaneHold lane)
    {
        lock (_lock)
        {
            foreach (var (name, request) in _held.Where(h => h.Value.Lane == lane).ToList())
            {
                if (_queue.Remove(name))
                {
                    _held.Remove(name);
                }
            }
        }
    }

    /// <summary>The next request; waits for one.</summary>
    /// <exception cref="OperationCanceledException">The worker stops.</exception>
    public async Task<(HeldRequest Request, QueuedRun Place)> Take(CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Instant? due;
            lock (_lock)
            {
                // One look at the clock: what falls due between two would be slept through.
                var now = Instant.FromDateTimeOffset(time.GetUtcNow());
                if (_queue.Take(now) is { } place)
                {
                    _held.Remove(place.Id, out var request);
                    return (request!, place);
                }

                due = _queue.NextDue(now);
            }

            await _bell.Wait(due, cancel);
        }
    }

    /// <summary>A request that was taken is over, or waits again.</summary>
    public void Done(QueuedRun place)
    {
        lock (_lock)
        {
            _queue.Done(place);
        }

        _bell.Ring();
    }

    public void Dispose() => _bell.Dispose();
}

/// <summary>A request in hand.</summary>
/// <param name="Lane">Its partition.</param>
/// <param name="Message">As it came.</param>
/// <param name="Request">What it says.</param>
/// <param name="ReceivedAt">When it was taken in hand.</param>
internal sealed record HeldRequest(LaneHold Lane, RequestMessage Message, RunRequest Request, Instant ReceivedAt);
