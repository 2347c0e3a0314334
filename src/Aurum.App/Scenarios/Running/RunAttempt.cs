using System.Diagnostics.CodeAnalysis;
using Aurum.Curves.Documents;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using Aurum.Store.Work;

namespace Aurum.App.Scenarios.Running;

/// <summary>One attempt at a run, and what came of it; whoever works on runs makes them so.</summary>
/// <param name="State">How the run ends; null: it does not.</param>
/// <param name="Error">Why it ends without outputs, or is tried again.</param>
/// <param name="IsAgain">Whether it is to be tried again.</param>
internal sealed record RunAttempt(RunState? State, string? Error, bool IsAgain)
{
    /// <summary>It was interrupted: by somebody who ended the run, or because the worker stops.</summary>
    public static readonly RunAttempt Interrupted = new(null, null, IsAgain: false);

    /// <summary>Why an attempt of a process that is gone did not come to its end.</summary>
    public const string Abandoned = "the process that ran it ended";

    private static readonly RunAttempt Succeeded = new(RunState.Succeeded, null, IsAgain: false);

    /// <summary>Computes a run and stores what it comes to.</summary>
    /// <param name="run">The run, as it was when the attempt began.</param>
    /// <param name="active">What ends it early.</param>
    /// <param name="compute">Computes it.</param>
    /// <param name="store">Stores the outputs with the success.</param>
    /// <param name="tell">Is told of faults of ours.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever ends a run is written down")]
    public static RunAttempt Make(
        RunRecord run, ActiveRun active, RunComputation compute, Action<RunOutputs> store, Action<string> tell)
    {
        try
        {
            var outputs = compute(run, active, active.Token);
            active.Token.ThrowIfCancellationRequested();
            store(outputs);
            return Succeeded;
        }
        catch (OperationCanceledException) when (active.Token.IsCancellationRequested)
        {
            return !active.IsCancelled && active.IsTooLong
                ? new RunAttempt(RunState.Timeout, $"it took longer than {run.TimeoutMinutes} minutes", IsAgain: false)
                : Interrupted;
        }
        catch (LeaseLostException lost)
        {
            // Another process has the run: what becomes of it is written down there.
            tell($"scenarios: {lost.Message}");
            active.Cancel();
            return Interrupted;
        }
        catch (DocumentException refused)
        {
            return new RunAttempt(RunState.Failed, refused.Message, IsAgain: false);
        }
        catch (Exception error) when (IsTransient(error))
        {
            return Failed(run, error.Message);
        }
        catch (Exception error)
        {
            tell($"scenarios: run {run.Id} failed by a fault of ours: {error}");
            return new RunAttempt(RunState.Failed, $"a fault of the program, which was logged: {error.Message}", IsAgain: false);
        }
    }

    /// <summary>An attempt failed for a reason that may pass: the run is tried again, or it was the last attempt.</summary>
    public static RunAttempt Failed(RunRecord run, string error)
    {
        var attempt = run.RetryCount + 1;
        return attempt >= run.MaxAttempts
            ? new RunAttempt(RunState.Failed, $"{attempt} attempts: {error}", IsAgain: false)
            : new RunAttempt(null, error, IsAgain: true);
    }

    /// <summary>What may pass: disk, engine, time.</summary>
    public static bool IsTransient(Exception error) => error is IOException or TimeoutException or EngineException;
}
