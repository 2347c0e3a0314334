using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Aurum.Tests.Engines.Servers;

/// <summary>A server that a test starts on loopback: waits until it answers, can be paused and killed, and never outlives the
/// tests.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private const int KillSignal = 9;
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;
    private const int TerminateSignal = 15;
    private const int InterruptSignal = 2;
    private const int LinesKept = 60;
    private const int UsualEndSeconds = 20;

    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private bool _isDisposed;

    private ServerProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += Exit;
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>The last lines that it has written.</summary>
    public string Tail
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until it answers.</summary>
    /// <param name="file">Program; its path, or a name on the path.</param>
    /// <param name="package">Debian package that has it, for the error.</param>
    /// <param name="arguments">Arguments.</param>
    /// <param name="answers">Whether it answers by now; an exception is a no.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="seconds">How long to wait.</param>
    public static async Task<ServerProcess> Start(
        string file,
        string package,
        IEnumerable<string> arguments,
        Func<CancellationToken, Task<bool>> answers,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null,
        int seconds = 60)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(StartOrExplain(start, package));
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server.WaitFor(answers, seconds);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it answers.</summary>
    public async Task WaitFor(Func<CancellationToken, Task<bool>> answers, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await Asked(answers, limit.Token))
        {
            if (HasEnded)
            {
                await ReadToTheEnd();
                throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{Tail}");
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{_process.StartInfo.FileName} did not answer within {seconds} s:\n{Tail}");
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Waits for the first line that a condition holds for, and returns it.</summary>
    public async Task<string> Line(Func<string, bool> condition, int seconds = 60)
    {
        string? found = null;
        await WaitFor(
            _ =>
            {
                lock (_lines)
                {
                    found = _lines.FirstOrDefault(condition);
                }

                return Task.FromResult(found is not null);
            },
            seconds);
        return found!;
    }

    /// <summary>Ends it as <c>kill -9</c> does, and waits until it is gone.</summary>
    public void Kill() => End(KillSignal);

    /// <summary>Asks it to end, and waits until it is gone; one that takes longer is killed.</summary>
    public void Stop(int seconds = UsualEndSeconds) => End(TerminateSignal, seconds);

    /// <summary>The same with Ctrl+C.</summary>
    public void Interrupt() => End(InterruptSignal);

    /// <summary>Freezes it: connections stay, nothing is answered.</summary>
    public void Pause() => Signal(StopSignal);

    public void Resume() => Signal(ContinueSignal);

    /// <summary>Freezes it with all processes that it has started.</summary>
    public void PauseAll()
    {
        Pause();
        Children().ForEach(static child => _ = Kill(child, StopSignal));
    }

    public void ResumeAll()
    {
        Children().ForEach(static child => _ = Kill(child, ContinueSignal));
        Resume();
    }

    /// <summary>Lets no file grow beyond so many bytes, as a full disk does; null: as before.</summary>
    public void LimitFiles(long? bytes) => LimitFiles([], _process.Id, bytes);

    /// <summary>The same for a process of another user.</summary>
    /// <param name="runAs">What a command begins with that runs as the process' user.</param>
    /// <param name="process">Number of the process.</param>
    /// <param name="bytes">Largest file; null: as before.</param>
    public static void LimitFiles(IEnumerable<string> runAs, int process, long? bytes)
    {
        var size = bytes is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most}:unlimited") : "unlimited";
        string[] command = [.. runAs, "prlimit", string.Create(CultureInfo.InvariantCulture, $"--pid={process}"), $"--fsize={size}"];
        using var limit = Process.Start(command[0], command[1..]);
        limit.WaitForExit();
        // A session of a server may end meanwhile.
        var isDone = limit.ExitCode == 0 || !Directory.Exists($"/proc/{process}");
        Assert.True(isDone, $"{string.Join(' ', command)} ended with {limit.ExitCode}");
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        Exit(null, EventArgs.Empty);
        _process.Dispose();
    }

    /// <summary>Waits for the last lines of a program that has ended, but not for programs that it has started.</summary>
    private async Task ReadToTheEnd()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // One of those writes to the same pipe.
        }
    }

    private static async Task<bool> Asked(Func<CancellationToken, Task<bool>> answers, CancellationToken limit)
    {
        try
        {
            return await answers(limit);
        }
        catch (Exception)
        {
            // Not yet, whatever it said: the limit of time tells the end of patience.
            return false;
        }
    }

    private static Process StartOrExplain(ProcessStartInfo start, string package)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException(
                $"{start.FileName} could not be started ({error.Message}): apt-get install {package}, or run ./test.sh once", error);
        }
    }

    private void End(int signal, int seconds = UsualEndSeconds)
    {
        Signal(signal);
        if (!_process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            Signal(KillSignal);
            _process.WaitForExit();
        }
    }

    private void Exit(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
        {
            // A frozen process takes no other signal.
            Signal(KillSignal);
            _process.WaitForExit();
        }
    }

    /// <summary>Numbers of the processes that it has started.</summary>
    public List<int> Children() =>
    [
        .. Directory.GetDirectories("/proc").Select(static folder => Path.GetFileName(folder))
            .Where(static name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(static name => int.Parse(name, CultureInfo.InvariantCulture)).Where(number => ParentOf(number) == _process.Id),
    ];

    private static int ParentOf(int process)
    {
        try
        {
            // The name stands in parentheses and may have any letters: state and parent follow behind the last one.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, signal);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
