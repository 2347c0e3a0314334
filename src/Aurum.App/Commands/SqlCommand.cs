using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary><c>aurum sql "..."</c>: one read-only query, with or without a server on the data directory.</summary>
internal static class SqlCommand
{
    private const int DefaultMaxRows = 1_000_000;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var query = new Argument<string>("QUERY") { Description = "a query; 'show tables' lists what there is" };
        var format = FormatOption.Create();
        var limit = new Option<int>("--max-rows")
        {
            Description = "rows printed at most",
            HelpName = "N",
            DefaultValueFactory = static _ => DefaultMaxRows,
        };
        var command = new Command("sql", "Ask the store a read-only query.") { query, format, limit };
        command.SetAction(async (parsed, cancel) =>
        {
            await SqlSource.Print(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(query),
                parsed.GetValue(limit),
                parsed.GetValue(format) ?? console.DefaultFormat,
                console,
                cancel);
            return ExitCodes.Done;
        });
        return command;
    }
}
