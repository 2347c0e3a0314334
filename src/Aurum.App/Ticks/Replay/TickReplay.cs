using System.Buffers;
using Aurum.Market.Ticks;

namespace Aurum.App.Ticks.Replay;

/// <summary>Reads files of messages into the tick service, as fast as it takes them or in step with their event times. What was
/// taken in before is stepped over.</summary>
/// <param name="service">Takes the messages.</param>
/// <param name="options">How fast, and in which pieces.</param>
/// <param name="time">The clock of the pace.</param>
internal sealed class TickReplay(TickService service, ReplayOptions options, TimeProvider time)
{
    private const int MostInFlight = 16;

    private readonly Queue<(Task<TickReceipt> Answer, byte[] Buffer)> _inFlight = new();
    private long _started;
    private long? _firstMicros;

    /// <summary>What became of the messages that were read.</summary>
    public TickCounters Counts { get; private set; }

    /// <summary>Bytes that were read, those stepped over not counted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Files that had been taken in before, whole.</summary>
    public int FilesKnown { get; private set; }

    public int Files { get; private set; }

    /// <summary>Called after each piece.</summary>
    public Action<TickReplay>? Progress { get; init; }

    /// <exception cref="TickServiceException">A piece was not taken in; what came before it was.</exception>
    public async Task RunAsync(IReadOnlyList<ReplayFile> files, CancellationToken cancel)
    {
        _started = time.GetTimestamp();
        try
        {
            foreach (var file in files)
            {
                await ReadAsync(file, cancel);
            }
        }
        finally
        {
            await DrainAsync(0, isFailing: cancel.IsCancellationRequested);
        }

        await service.CompleteAsync(cancel);
    }

    private async Task ReadAsync(ReplayFile file, CancellationToken cancel)
    {
        var (position, start) = (service.CheckpointOf(file.Stream), Bytes);
        await using var stream = file.Open();
        var prelude = file.Skip(stream, position);
        var pieces = new PieceReader(stream, file.Options.Format, options.BatchMessages);
        Files++;
        while (!pieces.IsEnd)
        {
            var piece = await pieces.NextAsync(cancel);
            if (pieces.IsEnd && piece.Count == 0 && position > 0 && Bytes == start)
            {
                // All of it was taken in before.
                FilesKnown++;
                ArrayPool<byte>.Shared.Return(piece.Array!);
                return;
            }

            var submission = new TickSubmission(file.Stream, file.Options, piece, position, pieces.IsEnd, null)
            {
                IsKept = true,
                Prelude = prelude,
            };
            _inFlight.Enqueue((await service.QueueAsync(submission, cancel), piece.Array!));
            position += piece.Count;
            Bytes += piece.Count;
            await DrainAsync(options.Speed is null ? MostInFlight : 0, isFailing: false);
            await PaceAsync(cancel);
        }
    }

    private async Task DrainAsync(int most, bool isFailing)
    {
        while (_inFlight.Count > most)
        {
            var (answer, buffer) = _inFlight.Dequeue();
            if (isFailing)
            {
                await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var receipt = await answer;
            ArrayPool<byte>.Shared.Return(buffer);
            Counts = new TickCounters(
                Counts.Received + receipt.Received,
                Counts.Accepted + receipt.Accepted,
                Counts.Duplicate + receipt.Duplicate,
                Counts.LateAmended + receipt.LateAmended,
                Counts.DeadLettered + receipt.DeadLettered);
            Progress?.Invoke(this);
        }
    }

    /// <summary>Waits until as much time has passed as between the first tick and the newest, by the speed.</summary>
    private async Task PaceAsync(CancellationToken cancel)
    {
        if (options.Speed is not { } speed || service.Status.NewestEventMicros is not { } newest)
        {
            return;
        }

        _firstMicros ??= newest;
        var due = TimeSpan.FromMicroseconds((newest - _firstMicros.Value) / speed) - time.GetElapsedTime(_started);
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due, time, cancel);
        }
    }
}

/// <summary>How a replay goes.</summary>
/// <param name="Speed">Seconds of event time a second; null: as fast as it is taken in.</param>
/// <param name="BatchMessages">Messages a piece; 0: as many as 512 KiB hold. Not of binary files.</param>
internal sealed record ReplayOptions(double? Speed, int BatchMessages);
