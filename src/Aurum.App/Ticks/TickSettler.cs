using System.Diagnostics;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Brings committed frames into the tables, many in one transaction, on a thread of its own. A failure is tried again:
/// the journal has all that the tables lack.</summary>
internal sealed class TickSettler : IDisposable
{
    private readonly TickTables _tables;
    private readonly TickJournal _journal;
    private readonly TickServiceOptions _options;
    private readonly object _gate = new();
    private readonly List<(long Frame, TaskCompletionSource Done)> _waiting = [];
    private readonly Thread _thread;
    private TickSettlement _filling = new();
    private TickSettlement _writing = new();
    private long _firstAdded;
    private long _bytes;
    private long _writingBytes;
    private bool _isClosing;
    private bool _hasEndedWaiting;

    public TickSettler(TickTables tables, TickJournal journal, TickServiceOptions options)
    {
        (_tables, _journal, _options) = (tables, journal, options);
        Settled = tables.SettledFrame;
        Added = Settled;
        _thread = new Thread(Run) { IsBackground = true, Name = "aurum ticks tables" };
        _thread.Start();
    }

    /// <summary>Last frame that the tables have.</summary>
    public long Settled { get; private set; }

    /// <summary>Last frame that was added.</summary>
    public long Added { get; private set; }

    /// <summary>Why the tables cannot be written; null where they can.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Called on the settling thread when frames are in the tables, with the seconds that took.</summary>
    public Action<double> Wrote { get; init; } = static _ => { };

    /// <summary>Takes a committed frame.</summary>
    public void Add(in FrameContent frame)
    {
        lock (_gate)
        {
            if (_filling.LastFrame == 0)
            {
                _firstAdded = Stopwatch.GetTimestamp();
            }

            frame.AddTo(_filling);
            _bytes += frame.Bytes;
            Added = frame.Number;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits while too much is not in the tables yet.</summary>
    public void WaitForRoom()
    {
        lock (_gate)
        {
            while (_bytes + _writingBytes >= (long)_options.UnsettledMiB << 20 && !_isClosing && !_hasEndedWaiting)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Nobody waits for room any more: the service is closing, and what cannot be written stays in the journal.</summary>
    public void EndWaiting()
    {
        lock (_gate)
        {
            _hasEndedWaiting = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until the tables have a frame that was added.</summary>
    /// <exception cref="TickServiceException">They cannot be written.</exception>
    public Task SettleAsync(long frame, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (Settled >= frame)
            {
                return Task.CompletedTask;
            }

            if (_isClosing)
            {
                return Task.FromException(new TickServiceException("the tick service is closed"));
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((frame, done));
            Monitor.PulseAll(_gate);
            return done.Task.WaitAsync(cancel);
        }
    }

    /// <summary>Writes what there is once more, and ends. What cannot be written stays in the journal.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        _filling.Dispose();
        _writing.Dispose();
    }

    private void Run()
    {
        while (Next())
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                _tables.Settle(_writing);
                Wrote(Stopwatch.GetElapsedTime(began).TotalSeconds);
                Done();
            }
#pragma warning disable CA1031 // Whatever it was, nothing of it is written, and the journal has it all: it is told, and tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failed(e);
            }
        }
    }

    /// <summary>Waits until there is something to write that is old or large enough, or that somebody waits for.</summary>
    /// <returns>False at the end.</returns>
    private bool Next()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_writing.LastFrame > 0)
                {
                    // A failure: the same again, after a while.
                    var pause = TimeSpan.FromSeconds(_options.RetrySeconds);
                    for (var failed = Stopwatch.GetTimestamp(); !_isClosing && Stopwatch.GetElapsedTime(failed) < pause;)
                    {
                        Monitor.Wait(_gate, pause);
                    }

                    return !_isClosing;
                }

                var left = _filling.LastFrame == 0 ? Timeout.InfiniteTimeSpan
                    : TimeSpan.FromSeconds(_options.SettleSeconds) - Stopwatch.GetElapsedTime(_firstAdded);
                if (_filling.LastFrame > 0
                    && (left <= TimeSpan.Zero || _isClosing || _filling.TickCount >= _options.SettleTicks || _waiting.Count > 0))
                {
                    (_filling, _writing) = (_writing, _filling);
                    (_bytes, _writingBytes) = (0, _bytes);
                    return true;
                }

                if (_isClosing)
                {
                    return false;
                }

                Monitor.Wait(_gate, left);
            }
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            Settled = _writing.LastFrame;
            _writing.Clear();
            _writingBytes = 0;
            Failure = null;
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Frame <= Settled)
                {
                    _waiting[i].Done.TrySetResult();
                    _waiting.RemoveAt(i);
                }
            }

            Monitor.PulseAll(_gate);
        }

        _journal.Release(Settled);
    }

    private void Failed(Exception reason)
    {
        lock (_gate)
        {
            if (Settled >= _writing.LastFrame)
            {
                // It was written; only what the journal has too much could not be deleted, which the next time does.
                return;
            }

            Failure = reason;
            foreach (var (_, done) in _waiting)
            {
                done.TrySetException(
                    new TickServiceException($"real-time prices cannot be written to the tables: {reason.Message}", reason));
            }

            _waiting.Clear();
        }
    }
}
