using Aurum.App.Commands;

namespace Aurum.App.Output;

/// <summary>Progress of a simulation on standard error. Told from several threads, in any order.</summary>
internal sealed class SimulationProgress(CommandConsole console) : IProgress<double>, IDisposable
{
    private const int Percent = 100;

    private readonly ProgressLine _line = new(console, "% of the paths", Percent);
    private readonly Lock _lock = new();
    private long _told;

    public void Report(double value)
    {
        lock (_lock)
        {
            var now = (long)(value * Percent);
            if (now > _told)
            {
                _line.Step(now - _told, "simulated");
                _told = now;
            }
        }
    }

    public void Dispose() => _line.Dispose();
}
