using System.Text.RegularExpressions;

namespace Aurum.Tests.Docs;

/// <summary>A terminal session shown in a document: a fence named <c>console</c>.</summary>
/// <param name="Line">Line of the fence in its document, from 1.</param>
/// <param name="Steps">Commands in their order.</param>
internal sealed record ConsoleBlock(int Line, IReadOnlyList<ConsoleStep> Steps)
{
    /// <summary>All blocks of a document.</summary>
    public static IReadOnlyList<ConsoleBlock> Read(string markdown)
    {
        var blocks = new List<ConsoleBlock>();
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd() is "```console")
            {
                var end = Array.FindIndex(lines, i + 1, static l => l.TrimEnd() is "```");
                end = end < 0 ? lines.Length : end;
                blocks.Add(new ConsoleBlock(i + 1, ReadSteps(lines.AsSpan((i + 1)..end), i + 2)));
                i = end;
            }
        }

        return blocks;
    }

    private static List<ConsoleStep> ReadSteps(ReadOnlySpan<string> lines, int firstLine)
    {
        var steps = new List<ConsoleStep>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                var line = firstLine + i;
                var command = lines[i][2..];
                while (command.EndsWith('\\') && i + 1 < lines.Length)
                {
                    command = command[..^1] + lines[++i].TrimStart('>', ' ');
                }

                steps.Add(new ConsoleStep(line, command, []));
            }
            else if (steps.Count > 0)
            {
                steps[^1] = steps[^1] with { Output = [.. steps[^1].Output, lines[i]] };
            }
        }

        return steps;
    }
}

/// <summary>A command and what the document shows of its output. <c>...</c> stands for any text, on a line of its own for any
/// lines.</summary>
/// <param name="Line">Line of the command in its document, from 1.</param>
/// <param name="Command">What is typed.</param>
/// <param name="Output">The lines shown below it.</param>
internal sealed record ConsoleStep(int Line, string Command, IReadOnlyList<string> Output)
{
    private const string AnyText = "...";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether output is what the document shows, blanks at line ends and blank lines at the end aside.</summary>
    public bool Matches(string output) =>
        Regex.IsMatch(Tidy(output.ReplaceLineEndings("\n").Split('\n')), Pattern(), RegexOptions.None, MatchTimeout);

    private static string Tidy(IEnumerable<string> lines) =>
        string.Concat(lines.Select(static l => l.TrimEnd() + "\n")).TrimEnd('\n') + "\n";

    private string Pattern()
    {
        var shown = Output.Select(static l => l.TrimEnd()).ToList();
        while (shown.Count > 0 && shown[^1].Length == 0)
        {
            shown.RemoveAt(shown.Count - 1);
        }

        var lines = shown.Select(static line => line is AnyText
            ? @"(?:[^\n]*\n)*?"
            : string.Join(@"[^\n]*?", line.Split(AnyText).Select(Regex.Escape)) + @"\n");
        return @"\A" + string.Concat(lines) + (shown.Count == 0 ? @"\n?" : "") + @"\z";
    }
}
