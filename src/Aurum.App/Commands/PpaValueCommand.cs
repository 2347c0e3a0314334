using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Api.Ppa;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.App.Ppa.Orders;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa value</c>: what a contract is worth, its cash flows, parts, deltas and risk. A stored contract's valuation is
/// stored; a file's is not.</summary>
internal static class PpaValueCommand
{

    private static readonly JsonSerializerOptions Forms = NewForms();

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var contract = PpaFile.Argument("a contract: a file, - for standard input, or the id of a stored one");
        var tenant = PpaContractCommands.TenantOption();
        var months = new Option<bool>("--months") { Description = "cash flows by month; by year otherwise" };
        var manifest = new Option<string?>("--manifest")
        {
            Description = "write what the result hangs on, for 'aurum ppa repeat'", HelpName = "FILE",
        };
        var format = FormatOption.Create();
        var command = new Command("value", "Value a contract: cash flows, net present value, parts, risk.")
        {
            contract, tenant, months, manifest, format,
        };
        var flags = new PpaOrderFlags(command, ofOneDate: true);
        command.SetAction(async (parsed, cancel) =>
        {
            var body = await flags.Body(parsed, console, cancel);
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            var answer = await Value(source, parsed.GetRequiredValue(contract), body, cancel);
            if (parsed.GetValue(manifest) is { } file)
            {
                await File.WriteAllTextAsync(file, PpaRepeatCommand.FileOf(answer), cancel);
            }

            Print(answer, parsed.GetValue(format) ?? console.DefaultFormat, parsed.GetValue(months), console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<JsonElement> Value(PpaSource source, string name, JsonObject body, CancellationToken cancel)
    {
        if (await PpaFile.ReadOrId(name, source.Console, cancel) is { } terms)
        {
            body["terms"] = JsonNode.Parse(PpaFile.Json(terms));
            return await Preview(source, body.ToJsonString(), cancel);
        }

        body["ppa_contract_id"] = name;
        var text = body.ToJsonString();
        return await source.Ask(
            (desk, _) =>
            {
                using var progress = new SimulationProgress(source.Console);
                var order = ValuationOrder.Read(Encoding.UTF8.GetBytes(text), OrderForm.Stored);
                var stored = desk.ValueStored(source.Tenant, order, progress, cancel);
                return JsonSerializer.SerializeToElement(ValuationAnswers.Of(stored.Record), Forms);
            },
            async remote =>
            {
                var (location, _) = await remote.Post("/v1/ppa/valuate", text, cancel);
                return await remote.Get(location!, cancel);
            },
            cancel);
    }

    private static Task<JsonElement> Preview(PpaSource source, string body, CancellationToken cancel) => source.Ask(
        (desk, _) =>
        {
            using var progress = new SimulationProgress(source.Console);
            var order = ValuationOrder.Read(Encoding.UTF8.GetBytes(body), OrderForm.Given);
            return JsonSerializer.SerializeToElement(ValuationAnswers.Of(desk.Value(source.Tenant, order, progress, cancel)), Forms);
        },
        async remote => (await remote.Post("/v1/ppa/preview", body, cancel)).Data,
        cancel);

    private static void Print(JsonElement answer, RowFormat format, bool byMonth, CommandConsole console)
    {
        var result = answer.GetProperty("result");
        switch (format)
        {
            case RowFormat.Json:
                console.WriteLine(JsonSerializer.Serialize(answer, Forms));
                break;
            case RowFormat.Csv:
                AdminSource.Print(PpaReport.Rows(result, byMonth), PpaReport.Columns(byMonth), RowFormat.Csv, console);
                break;
            default:
                console.Write(PpaReport.Of(answer, byMonth));
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
