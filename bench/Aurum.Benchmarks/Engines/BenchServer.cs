using System.Net;
using System.Net.Sockets;

namespace Aurum.Benchmarks.Engines;

/// <summary>What benchmarks of servers need of the machine.</summary>
internal static class BenchServer
{
    /// <summary>Whether a program is on the path.</summary>
    public static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
