using System.CommandLine;
using System.Text.Json;
using Aurum.App.Api.Ppa;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.App.Ppa.Orders;
using Aurum.App.Ppa.Results;
using Aurum.Store.Models;

namespace Aurum.App.Commands;

/// <summary><c>aurum ppa add|list|show|remove</c>: the stored contracts of a tenant.</summary>
internal static class PpaContractCommands
{
    private const int MaxContracts = 1_000_000;
    private const int ShownValuations = 10;

    private static readonly (string Name, bool IsNumber)[] ListColumns =
    [
        ("ppa_contract_id", false), ("version", true), ("instrument_id", false), ("name", false), ("side", false), ("counterparty", false),
        ("technology", false), ("start", false), ("end", false), ("updated_at", false),
    ];

    private static readonly string[] OfTerms = ["name", "side", "counterparty", "technology", "start", "end"];

    private static readonly JsonSerializerOptions Forms = NewForms();

    public static IEnumerable<Command> Create(CommandConsole console, Option<string> data)
    {
        yield return CreateAdd(console, data);
        yield return CreateList(console, data);
        yield return CreateShow(console, data);
        yield return CreateRemove(console, data);
    }

    public static Option<string> TenantOption() => new("--tenant")
    {
        Description = "whose contracts", HelpName = "NAME", DefaultValueFactory = static _ => TenantChoice.Default,
    };

    private static Command CreateAdd(CommandConsole console, Option<string> data)
    {
        var file = new Argument<string>("FILE") { Description = "a contract; - reads it from standard input" };
        var instrument = new Option<string?>("--instrument") { Description = "your own name for it", HelpName = "NAME" };
        var tenant = TenantOption();
        var command = new Command("add", "Store a contract, so that its valuations are kept.") { file, instrument, tenant };
        command.SetAction(async (parsed, cancel) =>
        {
            var terms = PpaFile.Json(await PpaFile.Read(parsed.GetRequiredValue(file), console, cancel));
            var name = parsed.GetValue(instrument);
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            ContractText.Read(terms);
            var id = await source.Ask(
                (_, store) => store.Contracts.Create(source.Tenant, name, terms, console.Now).Id,
                async remote =>
                {
                    var instrumentId = name is null ? "" : $", \"instrument_id\": {JsonSerializer.Serialize(name)}";
                    var (_, made) = await remote.Post("/v1/ppa/contracts", $$"""{"terms": {{terms}}{{instrumentId}}}""", cancel);
                    return made.GetProperty("ppa_contract_id").GetString()!;
                },
                cancel);
            console.WriteLine(id);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList(CommandConsole console, Option<string> data)
    {
        var tenant = TenantOption();
        var format = FormatOption.Create();
        var command = new Command("list", "List the stored contracts.") { tenant, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            var contracts = await source.Ask(
                (_, store) => (IReadOnlyList<JsonElement>)
                    [.. store.Contracts.List(source.Tenant, null, MaxContracts).Select(static c => Json(ContractShape.Of(c)))],
                remote => remote.GetAll("/v1/ppa/contracts?limit=200", cancel),
                cancel);
            AdminSource.Print(
                [.. contracts.Select(Cells)], ListColumns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateShow(CommandConsole console, Option<string> data)
    {
        var id = new Argument<string>("ID") { Description = "a stored contract, as 'aurum ppa list' lists them" };
        var tenant = TenantOption();
        var terms = new Option<bool>("--terms") { Description = "print the terms alone, as JSON" };
        var command = new Command("show", "Print a stored contract in words, and its latest valuations.") { id, tenant, terms };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(id);
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            var path = $"/v1/ppa/contracts/{Uri.EscapeDataString(name)}";
            var (contract, values) = await source.Ask(
                (desk, store) =>
                {
                    var found = desk.Stored(source.Tenant, new ValuationOrder { ContractId = name });
                    var rows = store.Valuations.Rows(new ValuationQuery(source.Tenant, name, ShownValuations) { Metric = "npv" });
                    return (Json(ContractShape.Of(found)), Json(rows.Select(ValuationRowShape.Of)));
                },
                async remote => (await remote.Get(path, cancel),
                    await remote.Get($"{path}/valuations?metric=npv&limit={ShownValuations}", cancel)),
                cancel);
            console.Write(parsed.GetValue(terms)
                ? contract.GetProperty("terms").GetRawText() + "\n"
                : Described(contract, values));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRemove(CommandConsole console, Option<string> data)
    {
        var id = new Argument<string>("ID") { Description = "a stored contract, as 'aurum ppa list' lists them" };
        var tenant = TenantOption();
        var command = new Command("remove", "Delete a stored contract and its valuations.") { id, tenant };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(id);
            var source = new PpaSource(parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console);
            await source.Ask(
                (desk, store) =>
                {
                    desk.Stored(source.Tenant, new ValuationOrder { ContractId = name });
                    return store.Contracts.Delete(source.Tenant, name, null, console.Now) == ContractChange.Made;
                },
                async remote =>
                {
                    await remote.Delete($"/v1/ppa/contracts/{Uri.EscapeDataString(name)}", cancel);
                    return true;
                },
                cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Described(JsonElement contract, JsonElement values)
    {
        var head = $"{contract.GetProperty("ppa_contract_id")}, version {contract.GetProperty("version")} of "
            + $"{contract.GetProperty("updated_at")}\n";
        var words = PpaReport.Terms(TermShape.Of(ContractText.Read(contract.GetProperty("terms").GetRawText())));
        return $"{head}\n{words}\n{PpaReport.Valuations(values)}";
    }

    /// <summary>Of a list, with members of the terms beside those of the contract.</summary>
    private static JsonElement[] Cells(JsonElement contract) =>
    [
        .. ListColumns.Select(c => OfTerms.Contains(c.Name)
            ? contract.GetProperty("terms").TryGetProperty(c.Name, out var term) ? term : default
            : contract.GetProperty(c.Name)),
    ];

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Forms);

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }
}
