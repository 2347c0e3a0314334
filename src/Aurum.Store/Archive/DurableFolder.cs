using System.Runtime.InteropServices;

namespace Aurum.Store.Archive;

/// <summary>Puts the names in a folder on disk. A file's own flush keeps its bytes; the name that a rename gives it is kept by
/// flushing the folder, which .NET has no call for.</summary>
/// <remarks>Does nothing on Windows, which keeps names in the file system's journal. Safe from several threads.</remarks>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>EINVAL: a file system that cannot flush folders, on Linux and macOS.</summary>
    private const int NotSupported = 22;

    private static readonly Lock Making = new();

    /// <summary>Makes a folder and those above it that are not there; when it returns, their names are on disk.</summary>
    public static void Create(string folder)
    {
        lock (Making)
        {
            CreateBelow(Path.GetFullPath(folder));
        }
    }

    /// <summary>When it returns, the names of the files in the folder are on disk.</summary>
    /// <exception cref="IOException">The folder is not there, or the disk failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = open(folder, ReadOnly);
        if (handle < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (fsync(handle) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = close(handle);
        }
    }

    private static void CreateBelow(string folder)
    {
        if (Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent)
        {
            return;
        }

        CreateBelow(parent);
        Directory.CreateDirectory(folder);
        Flush(parent);
    }

    private static IOException Failed(string folder) =>
        new($"{folder} could not be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int handle);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int handle);
}
