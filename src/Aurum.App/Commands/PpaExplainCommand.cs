using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.App.Ppa.Orders;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa explain</c>: why a contract is worth more or less on the curves of a later date.</summary>
internal static class PpaExplainCommand
{
    private static readonly JsonSerializerOptions Forms = NewForms();

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var contract = PpaFile.Argument("a contract: a file, - for standard input, or the id of a stored one");
        var tenant = PpaContractCommands.TenantOption();
        var from = new Option<string>("--from") { Description = "the earlier as-of date", HelpName = "DAY", Required = true };
        var to = new Option<string>("--to") { Description = "the later as-of date", HelpName = "DAY", Required = true };
        var format = FormatOption.Create();
        var command = new Command("explain", "Explain a change of value between two dates: time, prices, shape, basis, rates.")
        {
            contract, from, to, tenant, format,
        };
        var flags = new PpaOrderFlags(command, ofOneDate: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var body = await flags.Body(parsed, console, cancel);
            body["from"] = LocalDatePattern.Iso.Format(Dates.Parse(parsed.GetRequiredValue(from), "--from"));
            body["to"] = LocalDatePattern.Iso.Format(Dates.Parse(parsed.GetRequiredValue(to), "--to"));
            var name = parsed.GetRequiredValue(contract);
            if (await PpaFile.ReadOrId(name, console, cancel) is { } terms)
            {
                body["terms"] = JsonNode.Parse(PpaFile.Json(terms));
            }
            else
            {
                body["ppa_contract_id"] = name;
            }

            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            Print(await Explain(source, body.ToJsonString(), cancel), parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<JsonElement> Explain(PpaSource source, string body, CancellationToken cancel) => source.Ask(
        (desk, _) =>
        {
            var order = ValuationOrder.Read(Encoding.UTF8.GetBytes(body), OrderForm.Explanation);
            return JsonSerializer.SerializeToElement(desk.Explain(source.Tenant, order, cancel).Shape, Forms);
        },
        async remote => (await remote.Post("/v1/ppa/explain", body, cancel)).Data,
        cancel);

    private static void Print(JsonElement explained, RowFormat format, CommandConsole console)
    {
        switch (format)
        {
            case RowFormat.Json:
                console.WriteLine(JsonSerializer.Serialize(explained, Forms));
                break;
            case RowFormat.Csv:
                AdminSource.Print(
                    [.. explained.GetProperty("parts").EnumerateArray().Select(PpaReport.PartCells)], PpaReport.PartColumns, RowFormat.Csv,
                    console);
                break;
            default:
                console.Write(PpaReport.Explained(explained));
                break;
        }
    }

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        JsonForms.Configure(options);
        return options;
    }
}
