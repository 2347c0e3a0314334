using System.Threading.Channels;

namespace Aurum.Cluster.Lineage;

/// <summary>Takes events of jobs that wait for nobody, and tells them in the background. Full, it drops the oldest and counts them; what
/// can't be told is dropped after its tries and counted too. Never blocks, never throws.</summary>
public sealed class LineageQueue
{
    private readonly Channel<LineageEvent> _events;
    private readonly LineageSender _sender;
    private readonly Action<string> _tell;
    private long _dropped;
    private long _sent;

    /// <param name="sender">Tells them.</param>
    /// <param name="tell">Is told when something is lost for the first time in a row.</param>
    public LineageQueue(LineageSender sender, Action<string> tell)
    {
        _sender = sender;
        _tell = tell;
        _events = Channel.CreateBounded<LineageEvent>(
            new BoundedChannelOptions(sender.Options.QueueEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Events that were lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Events that were told.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Takes an event; returns at once.</summary>
    public void Add(LineageEvent lineage) => _events.Writer.TryWrite(lineage);

    /// <summary>No event will come any more: <see cref="Run"/> ends when all are told.</summary>
    public void End() => _events.Writer.TryComplete();

    /// <summary>Tells events until there are no more, or it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var isFailing = false;
        try
        {
            await foreach (var lineage in _events.Reader.ReadAllAsync(cancel))
            {
                try
                {
                    await _sender.Send([lineage], cancel);
                    Interlocked.Increment(ref _sent);
                    isFailing = false;
                }
                catch (LineageException e)
                {
                    Interlocked.Increment(ref _dropped);
                    if (!isFailing)
                    {
                        _tell($"lineage: {e.Message}; events of jobs are dropped until it works again");
                    }

                    isFailing = true;
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ended as asked.
        }
    }
}
