using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Something for the pipeline to do, and the answer that somebody waits for.</summary>
internal sealed class TickWork
{
    private readonly TaskCompletionSource<TickReceipt> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DeadLetter> _letters = [];
    private TickCounters _counts;
    private int _isAnswered;

    /// <summary>Messages to take in; null where it is one of the others.</summary>
    public TickSubmission? Submission { get; init; }

    /// <summary>Event time that the clock vouches for.</summary>
    public long? WatermarkMicros { get; init; }

    /// <summary>Whether the input has ended.</summary>
    public bool Completes { get; init; }

    /// <summary>Hears once that it is answered.</summary>
    public Action<TickWork>? Answered { get; init; }

    /// <summary>Its idempotency key with its tenant; null where it has none.</summary>
    public TickKey? Key => Submission is { IdempotencyKey: { } key } ? new TickKey(Submission.Options.Tenant, key) : null;

    public int Bytes => Submission?.Bytes.Length ?? 0;

    /// <summary>What became of its messages so far.</summary>
    public TickCounters Counts => _counts;

    /// <summary>Completes when it is on disk.</summary>
    public Task<TickReceipt> Answer => _answer.Task;

    /// <summary>Adds what became of a piece of its messages.</summary>
    public void Count(in TickCounters before, in TickCounters after, ReadOnlySpan<DeadLetter> letters, int lettersTold)
    {
        _counts = new TickCounters(
            _counts.Received + after.Received - before.Received,
            _counts.Accepted + after.Accepted - before.Accepted,
            _counts.Duplicate + after.Duplicate - before.Duplicate,
            _counts.LateAmended + after.LateAmended - before.LateAmended,
            _counts.DeadLettered + after.DeadLettered - before.DeadLettered);
        _letters.AddRange(letters[..Math.Min(letters.Length, lettersTold - _letters.Count)]);
    }

    /// <summary>The answer once its last message is in a frame.</summary>
    public TickReceipt ReceiptOf(long frame) => Receipt(frame, _counts, _letters, isRepeat: false);

    public static TickReceipt Receipt(long frame, in TickCounters counts, IReadOnlyList<DeadLetter> letters, bool isRepeat) => new(
        frame, counts.Received, counts.Accepted, counts.Duplicate, counts.LateAmended, counts.DeadLettered, letters, isRepeat);

    public void Succeed(TickReceipt receipt)
    {
        if (IsFirst())
        {
            Answered?.Invoke(this);
            _answer.SetResult(receipt);
        }
    }

    public void Fail(Exception reason)
    {
        if (IsFirst())
        {
            Answered?.Invoke(this);
            _answer.SetException(reason);
        }
    }

    private bool IsFirst() => Interlocked.Exchange(ref _isAnswered, 1) == 0;
}
