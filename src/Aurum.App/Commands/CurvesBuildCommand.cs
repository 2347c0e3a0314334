using System.CommandLine;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Curves.Building;
using Aurum.App.Output;
using Aurum.Store;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves build</c>: a forward curve of stored quotes, by month, day or hour. Its options are the parameters of
/// <c>/v1/curves/built</c>.</summary>
internal static class CurvesBuildCommand
{
    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("date", false), ("interval_start_utc", false), ("interval_end_utc", false), ("price", true), ("unit", false), ("hours", true),
        ("origin", false),
    ];

    private static readonly JsonSerializerOptions Forms = NewForms();

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var flags = new CurveFlags(CurveOrder.OfCurve, "words that must all stand in the curve's names: ttf gas");
        var format = FormatOption.Create();
        var command = new Command("build", "Build a forward curve of stored quotes, by month, day or hour.");
        flags.AddTo(command, format);
        command.SetAction((parsed, cancel) =>
            Run(
                parsed.GetRequiredValue(data), flags.Values(parsed), parsed.GetValue(format) ?? console.DefaultFormat, console, cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, Dictionary<string, StringValues> values, RowFormat format, CommandConsole console,
        CancellationToken cancel)
    {
        var (account, points) = await SqlSource.Ask(
            dataDirectory, store => Build(store, values, console.Now, cancel), server => Ask(server, values, cancel), console, cancel);
        if (format == RowFormat.Json)
        {
            var answer = new Dictionary<string, object> { ["curve"] = account, ["points"] = points };
            console.WriteLine(JsonSerializer.Serialize(answer, Forms));
            return ExitCodes.Done;
        }

        AdminSource.Print(
            [.. points.Select(p => (JsonElement[])[.. Columns.Select(c => p.GetProperty(c.Name))])], Columns, format, console);
        foreach (var sentence in account.GetProperty("explanation").EnumerateArray())
        {
            await console.Error.WriteLineAsync($"aurum: {sentence.GetString()}");
        }

        return ExitCodes.Done;
    }

    private static (JsonElement Account, IReadOnlyList<JsonElement> Points) Build(
        AurumStore store, Dictionary<string, StringValues> values, Instant now, CancellationToken cancel)
    {
        try
        {
            var query = new QueryReader(new QueryCollection(values), CurveOrder.OfAccount);
            var curve = new StoredCurves(store.Read).Build(CurveOrder.Read(query, query.AsOf() ?? now), cancel);
            return (
                JsonSerializer.SerializeToElement(CurveAccount.Of(curve), Forms),
                [.. JsonSerializer.SerializeToElement(PointShape.Of(curve), Forms).EnumerateArray()]);
        }
        catch (RequestFormatException mistake)
        {
            throw new CommandException(ExitCodes.BadInput, mistake.Message);
        }
    }

    private static async Task<(JsonElement Account, IReadOnlyList<JsonElement> Points)> Ask(
        Uri server, Dictionary<string, StringValues> values, CancellationToken cancel)
    {
        var query = QueryString.Create(values);
        var account = await AdminSource.Ask(server, $"/v1/curves/built/account{query}", cancel);
        var points = await AdminSource.AskPages(server, $"/v1/curves/built{query}", cancel);
        return (account.GetProperty("data"), points);
    }

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        JsonForms.Configure(options);
        return options;
    }
}
