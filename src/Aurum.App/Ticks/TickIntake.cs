using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks;

/// <summary>Gives submissions to the pipeline in pieces, and collects what they make in the frame that is open. One
/// thread.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="checkpoints">How far the streams have come that are remembered; written by the pipeline's thread alone.</param>
/// <param name="keys">Answers by idempotency key.</param>
/// <param name="options">Limits.</param>
/// <param name="close">Closes the open frame, and opens another one.</param>
internal sealed class TickIntake(
    TickPipeline pipeline, TickCheckpoints checkpoints, TickKeys keys, TickServiceOptions options, Action close)
{
    private const int PieceBytes = 256 << 10;

    private readonly Dictionary<string, TickInlet> _inlets = new(StringComparer.Ordinal);

    /// <summary>The frame that is open.</summary>
    public OpenFrame Frame { get; set; } = null!;

    /// <summary>Whether the last that was taken in was the end of the input.</summary>
    public bool IsComplete { get; set; }

    public void Take(TickWork work)
    {
        if (work.Submission is { } submission)
        {
            Take(work, submission);
        }
        else if (work.WatermarkMicros is { } micros)
        {
            pipeline.OnWatermark(micros);
            Frame.VouchedMicros = micros;
            Frame.Answers.Add(work);
            close();
        }
        else if (work.Completes)
        {
            if (!IsComplete)
            {
                pipeline.Complete();
                Frame.IsComplete = IsComplete = true;
            }

            Frame.Answers.Add(work);
            close();
        }
    }

    private void Take(TickWork work, TickSubmission submission)
    {
        if (work.Key is { } key && keys.TryAnswer(key, work))
        {
            return;
        }

        if (Refusal(submission) is { } refusal)
        {
            if (work.Key is { } refused)
            {
                keys.Forget(refused, refusal);
            }

            work.Fail(refusal);
            return;
        }

        var inlet = InletOf(work, submission);
        Feed(inlet, work, submission);
        if (submission.IsKept)
        {
            checkpoints.Put(submission.Stream, inlet.Position);
            Frame.Checkpoints.Add(new TickCheckpoint(submission.Stream, inlet.Position, submission.IsEnd));
        }

        if (submission.IsEnd)
        {
            _inlets.Remove(submission.Stream);
        }

        if (work.Key is { } taken)
        {
            Frame.Keys.Add(new TickBatchKey(taken.Tenant, taken.Key, work.Counts));
        }

        Frame.Redriven.AddRange(submission.Redriven);
        Frame.Answers.Add(work);
    }

    /// <summary>What is wrong with a submission; null where nothing is.</summary>
    private TickServiceException? Refusal(TickSubmission submission)
    {
        var inlet = _inlets.GetValueOrDefault(submission.Stream);
        var expected = inlet?.Next ?? (submission.IsKept ? checkpoints.Of(submission.Stream) : submission.Position);
        return expected != submission.Position
            ? new TickServiceException(
                $"stream {submission.Stream}: expected bytes from {expected} on, found some from {submission.Position} on")
            : inlet is null && _inlets.Count >= options.MaxStreams && !submission.IsEnd
                ? new TickServiceException($"{_inlets.Count} streams are open already")
                : null;
    }

    private TickInlet InletOf(TickWork work, TickSubmission submission)
    {
        if (_inlets.TryGetValue(submission.Stream, out var inlet))
        {
            return inlet;
        }

        inlet = new TickInlet(pipeline.Open(submission.Options));
        if (!submission.Prelude.IsEmpty)
        {
            OnPiece(inlet, work, submission, submission.Prelude, isEnd: false);
        }

        inlet.Position = submission.Position;
        if (!submission.IsEnd)
        {
            _inlets.Add(submission.Stream, inlet);
        }

        return inlet;
    }

    private void Feed(TickInlet inlet, TickWork work, TickSubmission submission)
    {
        var bytes = inlet.Join(submission.Bytes);
        var piece = PieceBytes;
        var offset = 0;
        while (offset < bytes.Length)
        {
            var length = Math.Min(bytes.Length - offset, piece);
            var isLast = offset + length == bytes.Length;
            var used = OnPiece(inlet, work, submission, bytes.Slice(offset, length), submission.IsEnd && isLast);
            offset += used;
            if (used == 0)
            {
                if (isLast)
                {
                    break;
                }

                piece *= 2;
            }

            if ((Unsafe.SizeOf<Tick>() * (long)pipeline.Normalized.Count) + Frame.LetterBytes >= (long)options.FrameKiB << 10)
            {
                close();
            }
        }

        inlet.Keep(bytes, offset);
    }

    private int OnPiece(TickInlet inlet, TickWork work, TickSubmission submission, ReadOnlyMemory<byte> piece, bool isEnd)
    {
        var before = pipeline.Counters;
        var from = pipeline.Output.DeadLetters.Count;
        var start = inlet.Position;
        var used = pipeline.OnBytes(inlet.Stream, piece.Span, start, isEnd);
        inlet.Position += used;
        var after = pipeline.Counters;
        var letters = pipeline.Output.DeadLetters.Items[from..];
        var forms = inlet.Forms.Pass(piece.Span[..used], start, letters);
        for (var i = 0; i < letters.Length; i++)
        {
            var at = (int)(letters[i].Position - start);
            var bytes = piece.Slice(at, Math.Min(letters[i].Length, piece.Length - at));
            Frame.Add(new TickFrameLetter(submission.Options.Tenant, submission.Stream, letters[i], bytes)
            {
                Form = forms.Length > 0 ? forms[i] : null,
            });
        }

        work.Count(in before, in after, letters, options.LettersTold);
        Frame.Messages += after.Received - before.Received;
        IsComplete &= after.Received == before.Received;
        return used;
    }
}

/// <summary>A stream that is being taken in.</summary>
internal sealed class TickInlet(TickStream stream)
{
    private byte[] _rest = [];

    public TickStream Stream { get; } = stream;

    /// <summary>What is kept with its dead letters.</summary>
    public LetterForms Forms { get; } = new(stream);

    /// <summary>Bytes that were taken.</summary>
    public long Position { get; set; }

    /// <summary>Place of the bytes that come next.</summary>
    public long Next => Position + _rest.Length;

    /// <summary>What was left over before, with new bytes behind it.</summary>
    public ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> bytes)
    {
        if (_rest.Length == 0)
        {
            return bytes;
        }

        var joined = new byte[_rest.Length + bytes.Length];
        _rest.CopyTo(joined, 0);
        bytes.CopyTo(joined.AsMemory(_rest.Length));
        _rest = [];
        return joined;
    }

    /// <summary>Keeps what was not taken.</summary>
    /// <param name="joined">What <see cref="Join"/> gave.</param>
    /// <param name="taken">Bytes of it that were taken.</param>
    public void Keep(ReadOnlyMemory<byte> joined, int taken) => _rest = joined[taken..].ToArray();
}
