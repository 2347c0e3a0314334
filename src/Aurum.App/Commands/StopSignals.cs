using System.Runtime.InteropServices;

namespace Aurum.App.Commands;

/// <summary>Ctrl+C and SIGTERM, from the first moment of the program on: the first one asks the command to stop, the second one, or
/// half a minute, ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>What a command may take to write to its end what it is writing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly ITimer _overdue;
    private int _signals;

    public StopSignals(TimeProvider time)
    {
        _overdue = time.CreateTimer(static _ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _overdue.Dispose();
        _stop.Dispose();
    }

    private static void End() => Environment.Exit(ExitCodes.Failed);

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            End();
        }

        _overdue.Change(Patience, Timeout.InfiniteTimeSpan);
        _ = _stop.CancelAsync();
    }
}
