using Aurum.App.Api.Requests;
using Aurum.App.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Api.Ticks;

/// <summary>Hands the pieces of a body to the tick service, a few at a time, and sums up what became of them.</summary>
/// <remarks>Who is too fast waits, but not forever: <see cref="TicksBusyException"/>. What was handed over is stored whatever happens to
/// the rest of the body.</remarks>
internal sealed class BodyIntake(TickService ticks, TickStreamOptions options, string? key, ApiOptions limits, TimeProvider time)
{
    /// <summary>Pieces of one body that may wait for the disk.</summary>
    private const int PiecesAtOnce = 8;

    /// <summary>Streams of this process so far: their names must differ.</summary>
    private static long _streams;

    private readonly Queue<Task<TickReceipt>> _open = new();
    private string _stream = "";
    private long _end;

    /// <summary>What is acknowledged so far.</summary>
    public TickReceipt Total { get; private set; } = new(0, 0, 0, 0, 0, 0, [], IsRepeat: false);

    /// <exception cref="RequestFormatException">The body is too long, or does not unpack.</exception>
    /// <exception cref="TicksBusyException">The queue stayed full.</exception>
    /// <exception cref="TickServiceException">The service cannot take them in.</exception>
    public async Task<TickReceipt> TakeAsync(TickPieces pieces, CancellationToken cancel)
    {
        TickPiece piece;
        try
        {
            do
            {
                piece = await pieces.NextAsync(cancel);
                Submit(piece);
                while (_open.Count >= (piece.IsEnd ? 1 : PiecesAtOnce))
                {
                    Add(await _open.Dequeue());
                }
            }
            while (!piece.IsEnd);
            return Total;
        }
        catch
        {
            await GiveUpAsync();
            throw;
        }
    }

    private void Submit(TickPiece piece)
    {
        if (options.Format == TickFormat.Binary && !piece.IsEnd && _stream.Length == 0)
        {
            // Records lean on definitions before them, maybe pieces ago: one stream.
            _stream = $"http/{Interlocked.Increment(ref _streams)}";
        }

        _end = piece.Position + piece.Bytes.Length;
        if (piece.Bytes.Length > 0 || _stream.Length > 0)
        {
            _open.Enqueue(SubmitAsync(new TickSubmission(
                _stream, options, piece.Bytes, piece.Position, _stream.Length == 0 || piece.IsEnd, KeyOf(piece))));
        }
    }

    /// <summary>The key of a piece: what was taken in of a body that broke off is not taken in again, and other bytes under the same key
    /// are not lost.</summary>
    private string? KeyOf(TickPiece piece) => key is null || _stream.Length > 0 ? null : BatchKeys.Of(key, piece.Position, piece.Bytes);

    private async Task<TickReceipt> SubmitAsync(TickSubmission submission)
    {
        // Not the request's token: a client that goes away takes nothing back.
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(limits.TickWaitSeconds), time);
        try
        {
            return await ticks.SubmitAsync(submission, late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new TicksBusyException(limits.TickWaitSeconds);
        }
    }

    private void Add(TickReceipt receipt)
    {
        var isFirst = Total.Frame == 0;
        Total = new TickReceipt(
            receipt.Frame,
            Total.Received + receipt.Received,
            Total.Accepted + receipt.Accepted,
            Total.Duplicate + receipt.Duplicate,
            Total.LateAmended + receipt.LateAmended,
            Total.DeadLettered + receipt.DeadLettered,
            [.. Total.FirstLetters.Concat(receipt.FirstLetters).Take(ticks.Options.LettersTold)],
            receipt.IsRepeat && (isFirst || Total.IsRepeat));
    }

    /// <summary>Waits for what was handed over, so that what is told is what is stored, and ends the stream.</summary>
    private async Task GiveUpAsync()
    {
        if (_stream.Length > 0)
        {
            _open.Enqueue(SubmitAsync(new TickSubmission(_stream, options, default, _end, IsEnd: true, null)));
        }

        while (_open.TryDequeue(out var task))
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsCompletedSuccessfully)
            {
                Add(await task);
            }
        }
    }
}

/// <summary>The tick service's queue stayed full: the sender is to come back.</summary>
internal sealed class TicksBusyException(double waitedSeconds)
    : Exception(FormattableString.Invariant($"the queue of ticks stayed full for {waitedSeconds:G} s"));
