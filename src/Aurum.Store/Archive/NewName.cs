using System.Runtime.InteropServices;

namespace Aurum.Store.Archive;

/// <summary>Gives a finished file its name where nobody has it: of several who do so at the same time, in any processes, one
/// succeeds.</summary>
/// <remarks><see cref="File.Move(string, string, bool)"/> looks first and renames then, where the system is not Windows: two who
/// look at the same time both succeed, and the first one's file is gone. A hard link is made by the system in one step.</remarks>
internal static partial class NewName
{
    /// <summary>EEXIST, on Linux and macOS.</summary>
    private const int IsThere = 17;

    /// <param name="finished">The file; gone from here afterwards, whoever succeeds.</param>
    /// <param name="name">Its name, in the same file system.</param>
    /// <returns>Whether it is this file that has the name now.</returns>
    /// <exception cref="IOException">The disk failed, or the file system has no hard links.</exception>
    public static bool TryGive(string finished, string name)
    {
        var isGiven = OperatingSystem.IsWindows() ? Move(finished, name) : Link(finished, name);
        File.Delete(finished);
        return isGiven;
    }

    private static bool Move(string finished, string name)
    {
        try
        {
            File.Move(finished, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    private static bool Link(string finished, string name)
    {
        if (link(finished, name) == 0)
        {
            return true;
        }

        if (Marshal.GetLastPInvokeError() == IsThere)
        {
            return false;
        }

        throw new IOException(
            $"{name} could not get its name (by a hard link, which its file system must have): {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string file, string name);
}
