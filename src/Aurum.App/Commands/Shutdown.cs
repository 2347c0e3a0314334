namespace Aurum.App.Commands;

/// <summary>Waits for Ctrl+C or a request to end (SIGTERM).</summary>
internal static class Shutdown
{
    public static async Task Wait(CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            // What it was waiting for.
        }
    }
}
