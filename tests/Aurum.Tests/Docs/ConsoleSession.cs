using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Aurum.Tests.Docs;

/// <summary>Types the commands of a document into a shell in an empty folder, with <c>aurum</c> and <c>./aurum</c> being the
/// built program.</summary>
/// <remarks>A command that serves (<c>aurum up</c>) does not end by itself: it counts as right as soon as its output is what the
/// document shows, runs on for the commands after it, and is interrupted at the end of its block.</remarks>
[UnsupportedOSPlatform("windows")]
internal sealed class ConsoleSession : IAsyncDisposable
{
    private static readonly string[] Serving = ["up", "serve", "sandbox"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<Process> _servers = [];

    /// <param name="program">Path of aurum.dll; null where no command needs it.</param>
    public ConsoleSession(string? program)
    {
        Folder = Directory.CreateTempSubdirectory("aurum-console-").FullName;
        Tools = Directory.CreateTempSubdirectory("aurum-tools-").FullName;
        if (program is not null)
        {
            var script = $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n";
            foreach (var path in new[] { Path.Combine(Tools, "aurum"), Path.Combine(Folder, "aurum") })
            {
                File.WriteAllText(path, script);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    public string Folder { get; }

    private string Tools { get; }

    /// <summary>Runs all blocks, in order, in the same folder. Gives what was not as shown, with line, command, expected and
    /// found.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string document, IEnumerable<ConsoleBlock> blocks)
    {
        var faults = new List<string>();
        foreach (var block in blocks)
        {
            foreach (var step in block.Steps)
            {
                var output = await TypeAsync(step);
                if (!step.Matches(output))
                {
                    faults.Add(
                        $"{document}:{step.Line}: $ {step.Command}\nexpected:\n{string.Join('\n', step.Output)}\nfound:\n{output}");
                }
            }

            await StopServersAsync();
        }

        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServersAsync();
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Tools, recursive: true);
    }

    /// <summary>The program as its own project built it, in the same configuration as the tests.</summary>
    public static string BuiltProgram()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(
            Samples.ProjectRoot(), "src", "Aurum.App", "bin", framework.Parent!.Name, framework.Name, "aurum.dll");
        Assert.True(File.Exists(path), $"{path} is not built");
        return path;
    }

    /// <summary>Whether a command is one that runs until it is interrupted.</summary>
    public static bool Serves(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[0] is "aurum" or "./aurum" && Serving.Contains(words[1]) && !words.Contains("--help");
    }

    private async Task<string> TypeAsync(ConsoleStep step)
    {
        var process = Start(step.Command);
        var output = new StringBuilder();
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.Append(line).Append('\n');
                    if (Serves(step.Command) && step.Matches(output.ToString()))
                    {
                        shown.TrySetResult();
                    }
                }
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        using var patience = new CancellationTokenSource(Patience);
        var exited = process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(exited, shown.Task) == shown.Task)
        {
            _servers.Add(process);
        }
        else
        {
            await EndAsync(process, exited, output);
        }

        lock (output)
        {
            return output.ToString();
        }
    }

    private static async Task EndAsync(Process process, Task exited, StringBuilder output)
    {
        try
        {
            await exited;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            lock (output)
            {
                output.Append($"(still running after {Patience.TotalSeconds} seconds)\n");
            }
        }

        process.Dispose();
    }

    private Process Start(string command)
    {
        // One stream, as a terminal shows it; exec, so that an interrupt reaches the program itself.
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"exec 2>&1; {(Serves(command) ? "exec " : "")}{command}"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{Tools}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["TERM"] = "dumb";
        start.Environment["COLUMNS"] = "120";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"no shell for '{command}'");
        process.StandardInput.Close();
        return process;
    }

    private async Task StopServersAsync()
    {
        foreach (var server in _servers)
        {
            using var interrupt =
                Process.Start("/bin/kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await interrupt.WaitForExitAsync(CancellationToken.None);
            using var patience = new CancellationTokenSource(Patience);
            await EndAsync(server, server.WaitForExitAsync(patience.Token), new StringBuilder());
        }

        _servers.Clear();
    }
}
