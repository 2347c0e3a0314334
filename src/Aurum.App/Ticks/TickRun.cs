using System.Buffers;
using NodaTime;

namespace Aurum.App.Ticks;

/// <summary>One life of the pipeline and its journal, from an opening to the closing or a failure: takes work from the queue,
/// closes frames and hands them on.</summary>
internal sealed class TickRun : IDisposable
{
    private readonly TickQueue _queue;
    private readonly TickRecovered _state;
    private readonly TickServiceOptions _options;
    private readonly TimeProvider _time;
    private readonly TickCommitter _committer;
    private readonly TickIntake _intake;
    private readonly ArrayBufferWriter<byte> _snapshot = new();
    private long _lastSnapshot;

    /// <param name="queue">Where the work comes from.</param>
    /// <param name="state">Pipeline and journal.</param>
    /// <param name="keys">Answers by idempotency key.</param>
    /// <param name="settler">Takes committed frames to the tables.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Stamps frames.</param>
    /// <param name="committed">Takes each frame that is on disk.</param>
    public TickRun(
        TickQueue queue,
        TickRecovered state,
        TickKeys keys,
        TickSettler settler,
        TickServiceOptions options,
        TimeProvider time,
        Action<OpenFrame, double> committed)
    {
        (_queue, _state, _options, _time, Settler) = (queue, state, options, time, settler);
        _lastSnapshot = state.SnapshotFrame;
        _committer = new TickCommitter(state.Journal, committed, queue.Wake);
        _intake = new TickIntake(state.Pipeline, state.Checkpoints, keys, options, Close)
        {
            Frame = _committer.Rent(),
            IsComplete = state.IsComplete,
        };
    }

    public TickSettler Settler { get; }

    /// <summary>Works until the queue is closed and empty.</summary>
    /// <exception cref="IOException">The journal cannot be written. What was not answered has been told.</exception>
    public void Run()
    {
        while (true)
        {
            var work = _queue.Take();
            if (_committer.Failure is { } failure)
            {
                work?.Fail(Refused(failure));
                throw failure;
            }

            if (work is not null)
            {
                Take(work);
            }

            var isEnd = work is null && _queue.IsClosed;
            if (!_intake.Frame.IsEmpty && (isEnd || _committer.IsFree))
            {
                Close();
            }

            if (isEnd)
            {
                return;
            }
        }
    }

    /// <summary>Writes what was handed on, and stops.</summary>
    public void Dispose()
    {
        _committer.Dispose();
        foreach (var work in _intake.Frame.Answers)
        {
            work.Fail(Refused(_committer.Failure));
        }

        _intake.Frame.Dispose();
        _state.IsComplete = _intake.IsComplete;
    }

    /// <summary>The state behind all that was taken in.</summary>
    private byte[] Snapshot()
    {
        _snapshot.ResetWrittenCount();
        TickState.Write(_snapshot, _options, _intake.IsComplete);
        _state.Pipeline.Save(_snapshot);
        return _snapshot.WrittenSpan.ToArray();
    }

    public static TickServiceException Refused(Exception? failure) => new(
        $"real-time prices cannot be written to the journal: {failure?.Message ?? "the service was stopped"}", failure);

    private void Take(TickWork work)
    {
        try
        {
            _intake.Take(work);
        }
        catch (Exception e)
        {
            work.Fail(Refused(e));
            throw;
        }
    }

    private void Close()
    {
        Settler.WaitForRoom();
        var frame = _intake.Frame;
        frame.Close(_state.Pipeline, Instant.FromDateTimeOffset(_time.GetUtcNow()));

        // The elder of two snapshots has to lie before what is not in the tables yet, as a restart begins there.
        if (_state.Journal.IsSegmentFull && Settler.Settled >= _lastSnapshot)
        {
            frame.Snapshot = Snapshot();
            _lastSnapshot = _state.Journal.Last + 1;
        }

        _committer.Put(frame);
        _intake.Frame = _committer.Rent();
    }
}
