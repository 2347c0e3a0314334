using System.Text;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary>What a command may touch of the world: results go to standard output, progress and complaints to standard
/// error.</summary>
/// <param name="Out">Bytes of results.</param>
/// <param name="Error">Text of progress, notes and errors.</param>
/// <param name="Time">The clock.</param>
/// <param name="IsTerminal">Whether results go to a person's terminal.</param>
/// <param name="ShowsProgress">Whether progress may be redrawn on standard error.</param>
internal sealed record CommandConsole(Stream Out, TextWriter Error, TimeProvider Time, bool IsTerminal, bool ShowsProgress)
{
    /// <summary>Where settings and secrets come from beside <c>aurum.json</c>.</summary>
    public OptionsWorld World { get; init; } = OptionsWorld.OfProcess;

    /// <summary>Bytes that are piped in.</summary>
    public Stream In { get; init; } = Stream.Null;

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    public RowFormat DefaultFormat => IsTerminal ? RowFormat.Table : RowFormat.Csv;

    public static CommandConsole OfProcess(TimeProvider time) => new(
        new ResultStream(OpenOutput()),
        Console.Error,
        time,
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected)
    {
        In = Console.OpenStandardInput(),
    };

    /// <summary>Standard output. The console's own stream drops what nobody reads any more without a word, and a stream without end would
    /// go on for ever: a pipe is written as a file. A file is not, as whoever writes to it next would begin at its start.</summary>
    private static Stream OpenOutput()
    {
        if (Console.IsOutputRedirected && !OperatingSystem.IsWindows())
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }

    public void Write(string text)
    {
        Out.Write(Encoding.UTF8.GetBytes(text));
        Out.Flush();
    }

    public void WriteLine(string text) => Write(text + "\n");

    /// <summary>Says something on standard error, under the program's name.</summary>
    public void Note(string text) => Error.WriteLine($"aurum: {text}");
}
