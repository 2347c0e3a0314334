using System.Diagnostics;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Writes closed frames to the journal, on a thread of its own: while one is brought to disk, the next one
/// fills.</summary>
internal sealed class TickCommitter : IDisposable
{
    /// <summary>One that fills, one that waits, one that is written.</summary>
    private const int Frames = 3;

    private readonly TickJournal _journal;
    private readonly Action<OpenFrame, double> _committed;
    private readonly Action _freed;
    private readonly object _gate = new();
    private readonly Stack<OpenFrame> _idle = new();
    private readonly Thread _thread;
    private OpenFrame? _next;
    private bool _isWriting;
    private bool _isClosing;

    /// <param name="journal">The journal.</param>
    /// <param name="committed">Takes each frame that is on disk, with the seconds that took; before it is used again.</param>
    /// <param name="freed">Hears that nothing is being written, or that writing has failed.</param>
    public TickCommitter(TickJournal journal, Action<OpenFrame, double> committed, Action freed)
    {
        (_journal, _committed, _freed) = (journal, committed, freed);
        for (var i = 0; i < Frames; i++)
        {
            _idle.Push(new OpenFrame());
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "aurum ticks journal" };
        _thread.Start();
    }

    /// <summary>Why it stopped; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether a frame would be written at once.</summary>
    public bool IsFree
    {
        get
        {
            lock (_gate)
            {
                return _next is null && !_isWriting;
            }
        }
    }

    /// <summary>A frame to fill. Waits until one is free.</summary>
    public OpenFrame Rent()
    {
        lock (_gate)
        {
            while (_idle.Count == 0 && Failure is null)
            {
                Monitor.Wait(_gate);
            }

            return _idle.TryPop(out var frame) ? frame : throw Failure!;
        }
    }

    /// <summary>Takes a closed frame. Waits while another one waits already.</summary>
    public void Put(OpenFrame frame)
    {
        lock (_gate)
        {
            while (_next is not null && Failure is null)
            {
                Monitor.Wait(_gate);
            }

            if (Failure is not null)
            {
                throw Failure;
            }

            _next = frame;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes what was given, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        while (_idle.TryPop(out var frame))
        {
            frame.Dispose();
        }
    }

    private void Run()
    {
        while (Next() is { } frame)
        {
            try
            {
                Commit(frame);
                Done(frame);
            }
#pragma warning disable CA1031 // The frame is not acknowledged; the service tells those who wait, and goes on from the journal.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failed(e, frame);
                return;
            }
        }
    }

    private OpenFrame? Next()
    {
        lock (_gate)
        {
            while (_next is null && !_isClosing)
            {
                Monitor.Wait(_gate);
            }

            var frame = _next;
            _next = null;
            _isWriting = frame is not null;
            Monitor.PulseAll(_gate);
            return frame;
        }
    }

    private void Commit(OpenFrame frame)
    {
        var began = Stopwatch.GetTimestamp();
        frame.Number = _journal.Append(frame.Bytes);
        _journal.Sync();
        _committed(frame, Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (frame.Snapshot is { } state)
        {
            Roll(state);
        }
    }

    private void Roll(byte[] state)
    {
        try
        {
            _journal.Roll(state);
        }
        catch (IOException)
        {
            // No room: the segment goes on, its frames are all there, and the next frame brings a newer state.
        }
    }

    private void Done(OpenFrame frame)
    {
        frame.Clear();
        lock (_gate)
        {
            _isWriting = false;
            _idle.Push(frame);
            Monitor.PulseAll(_gate);
        }

        _freed();
    }

    private void Failed(Exception reason, OpenFrame frame)
    {
        OpenFrame? next;
        lock (_gate)
        {
            Failure = reason;
            _isWriting = false;
            next = _next;
            _next = null;
            Monitor.PulseAll(_gate);
        }

        FailAll(frame, reason);
        if (next is not null)
        {
            FailAll(next, reason);
        }

        _freed();
    }

    /// <summary>Tells those who wait for a frame that it was not written.</summary>
    public static void FailAll(OpenFrame frame, Exception reason)
    {
        var told = new TickServiceException($"real-time prices cannot be written to the journal: {reason.Message}", reason);
        frame.Answers.ForEach(work => work.Fail(told));
        frame.Dispose();
    }
}
