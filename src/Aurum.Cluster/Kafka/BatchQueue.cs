namespace Aurum.Cluster.Kafka;

/// <summary>Batches between the thread that polls and who reads them: bounded, and partitions that move away can be taken out.</summary>
/// <param name="capacity">Batches that wait at most.</param>
internal sealed class BatchQueue(int capacity) : IDisposable
{
    private readonly object _turn = new();
    private readonly Queue<KafkaBatch> _ready = [];
    private readonly HashSet<KafkaBatch> _inHand = [];
    private readonly Stack<KafkaBatch> _free = [];
    private readonly HashSet<PartitionLease> _blocked = [];
    private readonly SemaphoreSlim _items = new(0);
    private bool _isOver;

    /// <summary>Batches that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_turn)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Keys and values in batches that wait, and in those that readers have.</summary>
    public long Bytes
    {
        get
        {
            lock (_turn)
            {
                return _ready.Sum(static b => (long)b.Size) + _inHand.Sum(static b => (long)b.Size);
            }
        }
    }

    /// <summary>An empty batch.</summary>
    public KafkaBatch Rent(KafkaConsumer owner)
    {
        lock (_turn)
        {
            return _free.TryPop(out var batch) ? batch : new KafkaBatch(owner);
        }
    }

    /// <summary>Hands a batch over; false where there was no room in time.</summary>
    public bool Offer(KafkaBatch batch, TimeSpan longest)
    {
        lock (_turn)
        {
            if (_ready.Count >= capacity && longest > TimeSpan.Zero)
            {
                Monitor.Wait(_turn, longest);
            }

            if (_ready.Count >= capacity)
            {
                return false;
            }

            if (_blocked.Count > 0)
            {
                batch.Remove(_blocked.Contains);
            }

            _ready.Enqueue(batch);
        }

        _items.Release();
        return true;
    }

    /// <summary>Nothing of some partitions is handed over until they are read again from where a reader gave them back.</summary>
    public void Block(IReadOnlyCollection<PartitionLease> leases)
    {
        lock (_turn)
        {
            _blocked.UnionWith(leases);
            Remove(_blocked.Contains);
        }
    }

    public void Unblock(IReadOnlyCollection<PartitionLease> leases)
    {
        lock (_turn)
        {
            _blocked.ExceptWith(leases);
        }
    }

    /// <summary>The next batch; null at the end.</summary>
    public async ValueTask<KafkaBatch?> Take(CancellationToken cancel)
    {
        while (true)
        {
            await _items.WaitAsync(cancel);
            lock (_turn)
            {
                if (_ready.TryDequeue(out var batch))
                {
                    Monitor.PulseAll(_turn);
                    if (batch.Count > 0)
                    {
                        _inHand.Add(batch);
                        return batch;
                    }

                    _free.Push(batch);
                }
                else if (_isOver)
                {
                    _items.Release();
                    return null;
                }
            }
        }
    }

    /// <summary>A reader is done with a batch, or gave it up. False where it was given back before.</summary>
    public bool Return(KafkaBatch batch)
    {
        lock (_turn)
        {
            return _inHand.Remove(batch);
        }
    }

    /// <summary>Puts a batch aside for the next use, and wakes who waits for readers.</summary>
    public void Free(KafkaBatch batch)
    {
        lock (_turn)
        {
            batch.Clear();
            _free.Push(batch);
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>Takes partitions out of what waits.</summary>
    public void Remove(Func<PartitionLease, bool> leases)
    {
        lock (_turn)
        {
            foreach (var batch in _ready)
            {
                batch.Remove(leases);
            }
        }
    }

    /// <summary>Waits until no reader has a batch with some partitions in hand; false where one still has.</summary>
    public bool WaitForReaders(Func<PartitionLease, bool> leases, TimeSpan longest, TimeProvider time)
    {
        lock (_turn)
        {
            var since = time.GetTimestamp();
            while (_inHand.Any(b => b.Has(leases)))
            {
                var left = longest - time.GetElapsedTime(since);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_turn, left))
                {
                    return !_inHand.Any(b => b.Has(leases));
                }
            }

            return true;
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        lock (_turn)
        {
            _isOver = true;
            Monitor.PulseAll(_turn);
        }

        _items.Release();
    }

    public void Dispose()
    {
        lock (_turn)
        {
            foreach (var batch in _ready.Concat(_free))
            {
                batch.Free();
            }

            _ready.Clear();
            _free.Clear();
        }
    }
}
