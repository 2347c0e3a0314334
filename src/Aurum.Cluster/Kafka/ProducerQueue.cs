namespace Aurum.Cluster.Kafka;

/// <summary>Counts what waits for an acknowledgement and makes senders wait while it is too much.</summary>
/// <param name="maxMessages">Messages at most.</param>
/// <param name="maxBytes">Bytes at most; a message that is larger than all of it goes alone.</param>
internal sealed class ProducerQueue(long maxMessages, long maxBytes)
{
    /// <summary>Time between two looks at the token of a sender that waits.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly object _room = new();
    private int _senders;

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    public long FullWaits { get; private set; }

    /// <summary>Takes room for a message.</summary>
    /// <returns>False where there was none in time.</returns>
    public bool Enter(long bytes, TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        lock (_room)
        {
            if (IsFull(bytes))
            {
                FullWaits++;
                var since = time.GetTimestamp();
                while (IsFull(bytes))
                {
                    cancel.ThrowIfCancellationRequested();
                    if (time.GetElapsedTime(since) >= longest)
                    {
                        return false;
                    }

                    _senders++;
                    Monitor.Wait(_room, Look);
                    _senders--;
                }
            }

            Messages++;
            Bytes += bytes;
            return true;
        }
    }

    /// <summary>Gives the room of a message back.</summary>
    public void Leave(long bytes)
    {
        lock (_room)
        {
            Messages--;
            Bytes -= bytes;
            if (_senders > 0)
            {
                Monitor.PulseAll(_room);
            }
        }
    }

    private bool IsFull(long bytes) => Messages > 0 && (Messages >= maxMessages || Bytes + bytes > maxBytes);
}
