namespace Aurum.App.Ticks;

/// <summary>Work that waits for the pipeline, in the order it came. Bounded by the bytes that are not answered yet: who brings more
/// waits, first come first served.</summary>
/// <param name="limitBytes">Most bytes; one piece of work may be larger where it is alone.</param>
internal sealed class TickQueue(long limitBytes)
{
    private readonly object _gate = new();
    private readonly Queue<TickWork> _work = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private Exception? _closed;
    private Exception? _suspended;
    private bool _isWoken;

    public long LimitBytes { get; } = limitBytes;

    /// <summary>Bytes that are not answered yet.</summary>
    public long Bytes { get; private set; }

    /// <summary>Puts work in. Completes when it is in.</summary>
    /// <exception cref="TickServiceException">The queue is closed.</exception>
    public ValueTask PutAsync(TickWork work, CancellationToken cancel)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_waiting.Count == 0 && HasRoom(work))
            {
                Enter(work);
                return ValueTask.CompletedTask;
            }

            return new ValueTask(WaitAsync(_waiting.AddLast(new Waiter(work)), cancel));
        }
    }

    /// <summary>Takes the next work; waits for it.</summary>
    /// <returns>Null where <see cref="Wake"/> was called, or the queue is closed and empty.</returns>
    public TickWork? Take()
    {
        lock (_gate)
        {
            while (_work.Count == 0 && _closed is null && !_isWoken)
            {
                Monitor.Wait(_gate);
            }

            _isWoken = false;
            return _work.TryDequeue(out var work) ? work : null;
        }
    }

    /// <summary>Makes <see cref="Take"/> return without waiting, once.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed is not null;
            }
        }
    }

    /// <summary>Work was answered: there is room for other.</summary>
    public void Answered(TickWork work)
    {
        lock (_gate)
        {
            Bytes -= work.Bytes;
            Admit();
        }
    }

    /// <summary>Takes nothing in for a while, and gives back what is in it.</summary>
    /// <param name="reason">What those are told who wait, and who come meanwhile; null: goes on.</param>
    public IReadOnlyList<TickWork> Suspend(TickServiceException? reason)
    {
        lock (_gate)
        {
            _suspended = reason;
            if (reason is null)
            {
                return [];
            }

            TickWork[] left = [.. _work];
            _work.Clear();
            FailWaiting(reason);
            return left;
        }
    }

    /// <summary>Takes nothing more in; what is in it can still be taken out.</summary>
    /// <param name="reason">What those are told who wait, and who come later.</param>
    public void Close(TickServiceException reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            FailWaiting(reason);
            Monitor.Pulse(_gate);
        }
    }

    private void FailWaiting(TickServiceException reason)
    {
        foreach (var waiter in _waiting)
        {
            waiter.Entered.TrySetException(reason);
        }

        _waiting.Clear();
    }

    private bool HasRoom(TickWork work) => Bytes == 0 || Bytes + work.Bytes <= LimitBytes;

    private void Admit()
    {
        while (_waiting.First is { } first && HasRoom(first.Value.Work))
        {
            _waiting.RemoveFirst();
            Enter(first.Value.Work);
            first.Value.Entered.TrySetResult();
        }
    }

    private void Enter(TickWork work)
    {
        Bytes += work.Bytes;
        _work.Enqueue(work);
        Monitor.Pulse(_gate);
    }

    private async Task WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancel)
    {
        await using var registration = cancel.Register(() =>
        {
            lock (_gate)
            {
                if (node.List is not null)
                {
                    _waiting.Remove(node);
                    node.Value.Entered.TrySetCanceled(cancel);
                    Admit();
                }
            }
        });
        await node.Value.Entered.Task;
    }

    private void ThrowIfClosed()
    {
        if ((_closed ?? _suspended) is { } reason)
        {
            throw new TickServiceException(reason.Message, reason);
        }
    }

    private sealed record Waiter(TickWork Work)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
