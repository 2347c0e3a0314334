namespace Aurum.App.Simulation;

/// <summary>A folder for a life's data among the system's temporary ones, deleted in the end.</summary>
internal sealed class SimulationFolder(ulong seed) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"aurum-simulate-{Environment.ProcessId}-{seed}");

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
