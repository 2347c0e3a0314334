using System.Runtime.Versioning;

namespace Aurum.Tests.Docs;

/// <summary>The executor of documents, on documents made here.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConsoleSessionTests
{
    [Fact]
    public void Reads_commands_and_what_they_print()
    {
        const string Markdown =
            """
            # Title

            ```console
            $ echo a
            a
            $ echo \
                b
            b

            $ true
            ```

            ```sh
            $ echo not this
            ```
            """;
        var block = Assert.Single(ConsoleBlock.Read(Markdown));
        Assert.Equal(3, block.Line);
        Assert.Equal([(4, "echo a"), (6, "echo b"), (10, "true")], block.Steps.Select(static s => (s.Line, s.Command)));
        Assert.Equal(["a"], block.Steps[0].Output);
        Assert.Equal(["b", ""], block.Steps[1].Output);
    }

    [Theory]
    [InlineData("a\nb", "a\nb\n", true)]
    [InlineData("a\nb", "a  \nb\n\n", true)]
    [InlineData("a", "a\nb\n", false)]
    [InlineData("a\nb", "a\n", false)]
    [InlineData("", "", true)]
    [InlineData("", "a\n", false)]
    [InlineData("...", "a\nb\n", true)]
    [InlineData("a\n...\nd", "a\nb\nc\nd\n", true)]
    [InlineData("a\n...\nd", "a\nd\n", true)]
    [InlineData("a\n...\nd", "a\nb\nc\n", false)]
    [InlineData("took ... ms (x)", "took 12 ms (x)\n", true)]
    [InlineData("took ... ms (x)", "took 12 ms (y)\n", false)]
    [InlineData("a...", "a b\nc\n", false)]
    public void Three_dots_stand_for_anything(string shown, string output, bool matches) =>
        Assert.Equal(matches, new ConsoleStep(1, "x", shown.Split('\n')).Matches(output));

    [Theory]
    [InlineData("./aurum up", true)]
    [InlineData("aurum sandbox --caiso-port 0", true)]
    [InlineData("aurum up --help", false)]
    [InlineData("aurum status", false)]
    [InlineData("echo up", false)]
    public void Knows_which_commands_serve(string command, bool serves) => Assert.Equal(serves, ConsoleSession.Serves(command));

    [Fact]
    public async Task Runs_commands_in_one_empty_folder()
    {
        await using var session = new ConsoleSession(program: null);
        var blocks = ConsoleBlock.Read(
            """
            ```console
            $ ls
            $ echo 1 > one; echo wrong >&2
            wrong
            ```
            ```console
            $ ls
            one
            $ cat none; echo "exit $?"
            cat: ...
            exit 1
            ```
            """);
        Assert.Empty(await session.RunAsync("made.md", blocks));
    }

    [Fact]
    public async Task Tells_what_was_not_as_shown()
    {
        await using var session = new ConsoleSession(program: null);
        var fault = Assert.Single(await session.RunAsync("made.md", ConsoleBlock.Read("```console\n$ echo b\na\n```")));
        Assert.Equal("made.md:2: $ echo b\nexpected:\na\nfound:\nb\n", fault);
    }

    [Fact]
    public async Task A_server_runs_for_the_rest_of_its_block_and_is_interrupted_then()
    {
        await using var session = new ConsoleSession(program: null);
        var server = Path.Combine(session.Folder, "aurum");
        await File.WriteAllTextAsync(server, """
            #!/bin/bash
            trap 'kill $!; echo stopped > end; exit' TERM
            echo starting
            sleep 120 > /dev/null &
            echo ready
            wait

            """);
        File.SetUnixFileMode(server, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var blocks = ConsoleBlock.Read(
            """
            ```console
            $ ./aurum up
            starting
            ready
            $ ls
            aurum
            ```
            ```console
            $ cat end
            stopped
            ```
            """);
        Assert.Empty(await session.RunAsync("made.md", blocks));
    }
}
