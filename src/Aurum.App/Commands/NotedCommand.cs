using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Aurum.App.Commands;

/// <summary>A command whose help says more than a line: the first paragraph stands in lists of commands, the others below the command's
/// own help.</summary>
internal sealed class NotedCommand : Command
{
    private const string ParagraphEnd = "\n\n";

    /// <param name="name">Its name.</param>
    /// <param name="text">Paragraphs, an empty line between two.</param>
    public NotedCommand(string name, string text)
        : base(name, text.ReplaceLineEndings("\n").Split(ParagraphEnd)[0])
    {
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.IndexOf(ParagraphEnd, StringComparison.Ordinal);
        Notes = end < 0 ? "" : lines[(end + ParagraphEnd.Length)..];
    }

    /// <summary>The paragraphs behind the first.</summary>
    public string Notes { get; }

    /// <summary>Makes the help of a program print notes.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new NotedHelp((HelpAction)help.Action!);
    }

    private sealed class NotedHelp(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command is NotedCommand { Notes.Length: > 0 } noted)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(noted.Notes);
            }

            return code;
        }
    }
}
