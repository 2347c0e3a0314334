using Aurum.App.Commands;
using Aurum.App.Running;

namespace Aurum.App.Output;

/// <summary>Shows a backfill: job, cost and progress on standard error, gaps and totals on standard output. A single day is its own
/// result, in a line.</summary>
internal sealed class BackfillView(CommandConsole console, bool isSingleDay) : IDisposable
{
    private ProgressLine? _progress;

    public void Show(BackfillEvent happened)
    {
        switch (happened.Kind)
        {
            case BackfillEventKind.Day when isSingleDay:
                console.WriteLine(happened.Text);
                break;
            case BackfillEventKind.Cost or BackfillEventKind.Gap or BackfillEventKind.Done or BackfillEventKind.Warning when isSingleDay:
                break;
            case BackfillEventKind.Job or BackfillEventKind.Warning:
                console.Error.WriteLine($"aurum: {happened.Text}");
                break;
            case BackfillEventKind.Stopped:
                _progress?.End();
                console.Error.WriteLine($"aurum: {happened.Text}");
                break;
            case BackfillEventKind.Cost:
                console.Error.WriteLine($"aurum: {happened.Text}");
                _progress = new ProgressLine(console, "days", happened.Days);
                break;
            case BackfillEventKind.Day:
                _progress?.Step(happened.Days, happened.Text);
                break;
            case BackfillEventKind.Failed:
                _progress?.End();
                throw new CommandException(ExitCodes.Failed, happened.Text);
            default:
                _progress?.End();
                console.WriteLine(happened.Text);
                break;
        }
    }

    public void Dispose() => _progress?.Dispose();
}
