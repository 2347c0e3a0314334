using System.CommandLine;
using System.CommandLine.Parsing;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>--format csv|json|table</c>, in any case.</summary>
internal static class FormatOption
{
    public static Option<RowFormat?> Create()
    {
        var option = new Option<RowFormat?>("--format")
        {
            Description = "how rows are printed (default: table on a terminal, else csv)",
            HelpName = "csv|json|table",
            CustomParser = Parse,
        };
        option.CompletionSources.Add("csv", "json", "table");
        return option;
    }

    private static RowFormat? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        switch (text.ToUpperInvariant())
        {
            case "CSV":
                return RowFormat.Csv;
            case "JSON":
                return RowFormat.Json;
            case "TABLE":
                return RowFormat.Table;
            default:
                argument.AddError($"--format: expected csv, json or table, found '{text}'");
                return null;
        }
    }
}
