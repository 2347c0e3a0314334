using System.Globalization;

namespace Aurum.Store;

/// <summary>Holds a data directory for one opener: a locked file, and beside it who holds it.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _ownerPath;

    private StoreLock(FileStream @lock, string ownerPath)
    {
        _lock = @lock;
        _ownerPath = ownerPath;
    }

    /// <exception cref="StoreLockedException">Somebody else holds it.</exception>
    public static StoreLock Take(string dataDirectory, string holder)
    {
        var ownerPath = Path.Combine(dataDirectory, "aurum.owner");
        try
        {
            var stream = new FileStream(Path.Combine(dataDirectory, "aurum.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var taken = new StoreLock(stream, ownerPath);
            taken.Announce(holder);
            return taken;
        }
        catch (IOException)
        {
            var (processId, address) = ReadOwner(ownerPath);
            throw new StoreLockedException(dataDirectory, processId, address);
        }
    }

    public void Announce(string holder)
    {
        var temporary = _ownerPath + ".new";
        File.WriteAllText(temporary, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n{holder}\n");
        File.Move(temporary, _ownerPath, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(_ownerPath);
        _lock.Dispose();
    }

    private static (int ProcessId, string Holder) ReadOwner(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return (0, "");
        }

        return lines.Length >= 2 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? (processId, lines[1])
            : (0, "");
    }
}
