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
        var taken = new StoreLock(Lock(dataDirectory, ownerPath), ownerPath);
        try
        {
            taken.Announce(holder);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
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

    private static FileStream Lock(string dataDirectory, string ownerPath)
    {
        var path = Path.Combine(dataDirectory, "aurum.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            var (processId, holder) = ReadOwner(ownerPath);
            throw new StoreLockedException(dataDirectory, processId, holder);
        }
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
