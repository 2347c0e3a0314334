using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Aurum.Tests.Commands;

/// <summary>The built program as a process of its own, as a shell starts it.</summary>
internal sealed class AurumProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next line, and is a new one then.</summary>
    private volatile TaskCompletionSource _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AurumProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Path of the program as its own project built it, in the same configuration as the tests.</summary>
    public static string Program { get; } = ProgramPath();

    /// <summary>Starts the program, with Ctrl+C as a terminal has it: a shell in the background may have switched it off.</summary>
    public static AurumProcess Start(params string[] arguments) =>
        new(StartInfo("/usr/bin/env", ["--default-signal=INT", "dotnet", Program, .. arguments]));

    /// <summary>Runs the program to its end.</summary>
    public static async Task<CommandRun> Run(params string[] arguments)
    {
        await using var process = Start(arguments);
        return await process.End();
    }

    /// <summary>Types a line into bash; $AURUM is the program.</summary>
    public static async Task<CommandRun> Shell(string line, params string[] arguments)
    {
        var start = StartInfo("/bin/bash", ["-c", line, "bash", .. arguments]);
        start.Environment["AURUM"] = $"dotnet {Program}";
        await using var process = new AurumProcess(start);
        return await process.End();
    }

    /// <summary>The address that a server names on standard error.</summary>
    public async Task<Uri> Address()
    {
        var exited = _process.WaitForExitAsync();
        var first = await Task.WhenAny(_address.Task, exited).WaitAsync(Patience);
        Assert.True(first == _address.Task, $"the server ended: {_error}");
        return await _address.Task;
    }

    /// <summary>What was printed up to a text on standard error.</summary>
    public async Task<CommandRun> AfterError(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var more = _line.Task;
            lock (_output)
            {
                if (_error.ToString().Contains(text, StringComparison.Ordinal))
                {
                    return new CommandRun(-1, _output.ToString(), _error.ToString());
                }
            }

            await more.WaitAsync(patience.Token);
        }
    }

    /// <summary>Sends a signal, for example INT, and waits for the end.</summary>
    public async Task<CommandRun> Signal(string name)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await End();
    }

    public async Task<CommandRun> End()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        lock (_output)
        {
            return new CommandRun(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string file, string[] arguments) => new(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            text.Append(line).Append('\n');
        }

        Interlocked.Exchange(ref _line, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        const string Prefix = "aurum: ";
        if (line.StartsWith(Prefix + "http", StringComparison.Ordinal))
        {
            _address.TrySetResult(new Uri(line[Prefix.Length..line.IndexOf(' ', Prefix.Length)]));
        }
    }

    private static string ProgramPath()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Samples.ProjectRoot(), "src", "Aurum.App", "bin", framework.Parent!.Name, framework.Name, "aurum.dll");
    }
}
