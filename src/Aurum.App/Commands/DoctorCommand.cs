using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Aurum.App.Configuration;
using Aurum.App.Output;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum doctor</c>: looks at what Aurum needs and says what to do about what is missing.</summary>
internal static class DoctorCommand
{
    private const long LeastFreeBytes = 2L << 30;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new Command("doctor", "Check the machine, the data directory and the ports.");
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data), console));
        return command;
    }

    public static int Run(string dataDirectory, CommandConsole console)
    {
        var options = OptionsReader.Read(dataDirectory);
        var table = new TextTable([("check", false), ("result", false), ("found", false), ("what to do", false)]);
        var isWell = true;
        foreach (var (name, ok, found, advice) in Checks(options))
        {
            table.Add(name, ok ? "ok" : "FAILED", found, ok ? "" : advice);
            isWell &= ok;
        }

        console.Write(table.ToString());
        return isWell ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IEnumerable<(string Name, bool Ok, string Found, string Advice)> Checks(AurumOptions options)
    {
        yield return (".NET", Environment.Version.Major >= 10, Environment.Version.ToString(), "install the .NET 10 runtime");
        yield return ("time zones", true, $"NodaTime tzdb {DateTimeZoneProviders.Tzdb.VersionId}", "");
        var folder = new DirectoryInfo(Path.GetFullPath(options.DataDirectory));
        yield return ("data directory", IsWritable(folder, out var why), folder.FullName, why);
        var free = FreeBytes(folder);
        yield return ("disk space", free >= LeastFreeBytes, $"{free >> 20:N0} MiB free", $"free at least {LeastFreeBytes >> 30} GiB or use --data on another disk");
        yield return ("port", IsFree(options.Bind, options.Port), $"{options.Bind}:{options.Port}", "another program holds it: use --port N");
    }

    private static bool IsWritable(DirectoryInfo folder, out string why)
    {
        try
        {
            folder.Create();
            var probe = Path.Combine(folder.FullName, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            why = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return false;
        }
    }

    private static long FreeBytes(DirectoryInfo folder) =>
        new DriveInfo(folder.Exists ? folder.FullName : Path.GetPathRoot(folder.FullName)!).AvailableFreeSpace;

    private static bool IsFree(string bind, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(bind), port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
