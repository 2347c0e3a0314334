using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Curves.Building;
using Aurum.App.Output;
using Aurum.Store;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves blocks</c>: peak, off-peak and all hours of each market and month held against each other. Its options are the
/// parameters of <c>/v1/curves/blocks</c>.</summary>
internal static class CurvesBlocksCommand
{
    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("asof_date", false), ("iso", false), ("region", false), ("location", false), ("product", false), ("units_raw", false),
        ("tenor_label", false), ("all_hours", true), ("on_peak", true), ("off_peak", true), ("on_peak_hours", true),
        ("off_peak_hours", true), ("derived", false), ("residual", true), ("fits", false), ("cells", false),
    ];

    private static readonly JsonSerializerOptions Forms = NewForms();

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var flags = new CurveFlags(CurveOrder.OfMarkets, "words that must all stand in the curves' names: german power");
        var format = FormatOption.Create();
        var command = new Command(
            "blocks", "Hold peak, off-peak and all hours of each market and month against each other: two give the third, three must fit.");
        flags.AddTo(command, format);
        command.SetAction((parsed, cancel) =>
            Run(
                parsed.GetRequiredValue(data), flags.Values(parsed), parsed.GetValue(format) ?? console.DefaultFormat, console, cancel));
        return command;
    }

    private static async Task<int> Run(
        string dataDirectory, Dictionary<string, StringValues> values, RowFormat format, CommandConsole console,
        CancellationToken cancel)
    {
        var months = await SqlSource.Ask(
            dataDirectory,
            store => Balance(store, values, console.Now),
            server => AdminSource.AskPages(server, $"/v1/curves/blocks{QueryString.Create(values)}", cancel),
            console,
            cancel);
        AdminSource.Print(
            [.. months.Select(m => (JsonElement[])[.. Columns.Select(c => m.GetProperty(c.Name))])], Columns, format, console);
        var three = months.Count(static m => m.GetProperty("fits").ValueKind != JsonValueKind.Null);
        var off = months.Count(static m => m.GetProperty("fits").ValueKind == JsonValueKind.False);
        await console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"aurum: {months.Count} months with two blocks or three; {off} of the {three} with three do not fit within "
            + $"{BlockShape.Tolerance}"));
        return ExitCodes.Done;
    }

    private static IReadOnlyList<JsonElement> Balance(AurumStore store, Dictionary<string, StringValues> values, Instant now)
    {
        try
        {
            var query = new QueryReader(new QueryCollection(values), CurveOrder.OfMarkets.Append(RowResource.AsOf).ToList());
            var months = new StoredBlocks(store.Read).Balance(CurveOrder.ReadQuotes(query, query.AsOf() ?? now));
            return [.. JsonSerializer.SerializeToElement(months, Forms).EnumerateArray()];
        }
        catch (RequestFormatException mistake)
        {
            throw new CommandException(ExitCodes.BadInput, mistake.Message);
        }
    }

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }
}
