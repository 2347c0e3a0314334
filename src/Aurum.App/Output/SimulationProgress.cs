using Aurum.App.Commands;

namespace Aurum.App.Output;

/// <summary>Progress of a simulation on standard error. Told from several threads, in any order.</summary>
internal sealed class SimulationProgress(CommandConsole console, long parts) : IProgress<double>, IDisposable
{
    private readonly ProgressLine _line = new(console, "percent of the paths", parts);
    private readonly Lock _lock = new();
    private long _told;

    public void Report(double value)
    {
        lock (_lock)
        {
            var now = (long)(value * parts);
            if (now > _told)
            {
                _line.Step(now - _told, "simulated");
                _told = now;
            }
        }
    }

    public void Dispose() => _line.Dispose();
}
