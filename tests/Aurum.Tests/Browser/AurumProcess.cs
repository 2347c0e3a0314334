using System.Diagnostics;
using System.Text;

namespace Aurum.Tests.Browser;

/// <summary>The built program as its own process, on a data folder.</summary>
internal sealed class AurumProcess : IAsyncDisposable
{
    private const int MaxLines = 2000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();
    private int _lines;

    private AurumProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"aurum stopped before it served:\n{Output}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has printed, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Runs a command to its end, which must be a good one.</summary>
    public static Task RunAsync(params string[] arguments) => RunToCodeAsync(0, arguments);

    /// <summary>Runs a command that must end with a code.</summary>
    public static async Task RunToCodeAsync(int expected, params string[] arguments)
    {
        await using var aurum = new AurumProcess(Start(arguments));
        await aurum._process.WaitForExitAsync();
        var code = aurum._process.ExitCode;
        Assert.True(code == expected, $"aurum {string.Join(' ', arguments)} ended with {code}:\n{aurum.Output}");
    }

    /// <summary>Starts a server and waits until it says where it is.</summary>
    public static async Task<(AurumProcess Process, string Address)> ServeAsync(params string[] arguments)
    {
        var aurum = new AurumProcess(Start(arguments));
        return (aurum, await aurum._address.Task.WaitAsync(StartLimit));
    }

    public async ValueTask DisposeAsync()
    {
        // An end that was never awaited is not a fault that nobody saw.
        _ = _address.Task.Exception;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Start(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "aurum.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    /// <summary>Keeps the first lines, and finds the address in <c>aurum: http://127.0.0.1:8095 shows prices ...</c>.</summary>
    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            if (_lines++ < MaxLines)
            {
                _output.AppendLine(line);
            }
        }

        if (line.StartsWith("aurum: http://", StringComparison.Ordinal))
        {
            _address.TrySetResult(line.Split(' ')[1]);
        }
    }
}
