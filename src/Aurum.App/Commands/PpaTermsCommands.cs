using System.CommandLine;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ppa;
using Aurum.App.Ppa.Orders;
using Aurum.App.Ppa.Results;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa check|schema|example</c>: contracts as documents; they need no data.</summary>
internal static class PpaTermsCommands
{
    private static readonly (string Name, bool IsNumber)[] Columns = [("term", false), ("text", false)];

    public static IEnumerable<Command> Create(CommandConsole console)
    {
        yield return CreateExample(console);
        yield return CreateCheck(console);
        yield return CreateSchema(console);
    }

    private static Command CreateCheck(CommandConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "a contract; - reads it from standard input" };
        var format = FormatOption.Create();
        var command = new Command("check", "Say a contract in words, or everything that is wrong with it.") { file, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var contract = ContractText.Read(await PpaFile.Read(parsed.GetRequiredValue(file), console, cancel));
            Print(contract, parsed.GetValue(format) ?? RowFormat.Table, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(PpaContract contract, RowFormat format, CommandConsole console)
    {
        var words = TermShape.Of(contract);
        if (format == RowFormat.Table)
        {
            console.Write(PpaReport.Terms(words));
            return;
        }

        AdminSource.Print(
            [
                .. words.Select(static w => (JsonElement[])
                    [JsonSerializer.SerializeToElement(w.Term), JsonSerializer.SerializeToElement(w.Text)]),
            ],
            Columns, format, console);
    }

    private static Command CreateSchema(CommandConsole console)
    {
        var command = new Command("schema", "Print the JSON Schema of contracts.");
        command.SetAction(_ =>
        {
            console.Write(PpaContractSchema.Json.TrimEnd() + "\n");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateExample(CommandConsole console)
    {
        var start = new Option<string?>("--start")
        {
            Description = "first day of delivery (default: 1 January of next year)", HelpName = "DAY",
        };
        var command = new Command("example", "Print a contract that the sandbox's workbooks have curves for.") { start };
        command.SetAction(parsed =>
        {
            var first = parsed.GetValue(start) is { } day
                ? Dates.Parse(day, "--start")
                : new LocalDate(console.Now.InUtc().Year + 1, 1, 1);
            console.Write(ExampleContract.From(first));
            return ExitCodes.Done;
        });
        return command;
    }
}
