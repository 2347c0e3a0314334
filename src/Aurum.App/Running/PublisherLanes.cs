namespace Aurum.App.Running;

/// <summary>Hands out the few places in which days of one publisher are worked on, to the jobs with the lowest priority number first,
/// then to the oldest. Safe for several threads.</summary>
/// <param name="lanes">Places of each publisher.</param>
internal sealed class PublisherLanes(int lanes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lanes> _publishers = new(StringComparer.Ordinal);
    private long _turns;

    /// <summary>Waits for a place. Dispose the result to leave it.</summary>
    public async Task<IDisposable> Enter(string publisher, JobRank rank, CancellationToken cancel)
    {
        TaskCompletionSource turn;
        Lanes places;
        lock (_lock)
        {
            if (!_publishers.TryGetValue(publisher, out places!))
            {
                _publishers.Add(publisher, places = new Lanes { Free = lanes });
            }

            if (places.Free > 0)
            {
                places.Free--;
                return new Place(this, places);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            places.Waiting.Enqueue(turn, (rank.Priority, rank.Age, _turns++));
        }

        await using var _ = cancel.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Place(this, places);
    }

    private void Leave(Lanes places)
    {
        lock (_lock)
        {
            while (places.Waiting.TryDequeue(out var next, out var _))
            {
                // False for one that no longer waits.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            places.Free++;
        }
    }

    private sealed class Lanes
    {
        public int Free { get; set; }

        public PriorityQueue<TaskCompletionSource, (int Priority, long Age, long Turn)> Waiting { get; } = new();
    }

    private sealed class Place(PublisherLanes owner, Lanes lanes) : IDisposable
    {
        private PublisherLanes? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave(lanes);
    }
}

/// <summary>Whose turn it is.</summary>
/// <param name="Priority">1 goes first, 10 last.</param>
/// <param name="Age">When the job was ordered, in ticks: the older one goes first.</param>
internal readonly record struct JobRank(int Priority, long Age);
