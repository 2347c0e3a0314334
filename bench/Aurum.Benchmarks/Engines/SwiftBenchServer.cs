using System.Diagnostics;
using System.Net.Sockets;

namespace Aurum.Benchmarks.Engines;

/// <summary>OpenStack Swift from its Debian packages, on loopback, for a benchmark.</summary>
internal sealed class SwiftBenchServer : IDisposable
{
    private const int StartSeconds = 60;
    private const int PollMilliseconds = 50;

    private readonly List<Process> _processes = [];

    private SwiftBenchServer(SwiftSite site) => Site = site;

    public static bool IsThere => BenchServer.IsThere("swift-proxy-server") && BenchServer.IsThere("memcached");

    public SwiftSite Site { get; }

    /// <summary>Starts all of it and waits until it answers.</summary>
    public static SwiftBenchServer Start(string folder)
    {
        var server = new SwiftBenchServer(new SwiftSite(folder));
        try
        {
            server.Start([server.Site.Cache]);
            server.Start(server.Site.Storage);
            server.Start([server.Site.Proxy]);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }

    private void Start(IReadOnlyList<SwiftProcess> parts)
    {
        foreach (var part in parts)
        {
            var start = new ProcessStartInfo(part.Program, part.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var (name, value) in Site.Variables)
            {
                start.Environment[name] = value;
            }

            var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _processes.Add(process);
        }

        foreach (var part in parts)
        {
            WaitFor(part);
        }
    }

    private void WaitFor(SwiftProcess part)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", part.Port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began).TotalSeconds < StartSeconds)
            {
                _processes[^1].WaitForExit(TimeSpan.FromMilliseconds(PollMilliseconds));
            }
        }
    }
}
