namespace Aurum.Store;

/// <summary>Another process, or this one, holds the data directory.</summary>
/// <param name="dataDirectory">The folder.</param>
/// <param name="processId">Process that holds it; 0 where it did not say.</param>
/// <param name="holder">Its address, or the command that it runs; empty where it did not say.</param>
public sealed class StoreLockedException(string dataDirectory, int processId, string holder)
    : Exception(
        $"{dataDirectory} is in use by process {(processId == 0 ? "unknown" : processId)}"
        + (holder.Length == 0 ? "" : $" ({holder})"))
{
    public string DataDirectory { get; } = dataDirectory;

    public int ProcessId { get; } = processId;

    public string Holder { get; } = holder;
}
