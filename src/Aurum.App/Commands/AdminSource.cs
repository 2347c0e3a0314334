using System.Text.Json;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Store;

namespace Aurum.App.Commands;

/// <summary>Reads what <c>/v1/admin/external</c> tells: from the server that has the data directory open, or from the directory
/// itself.</summary>
internal static class AdminSource
{
    private const string Holder = "aurum status";

    private static readonly JsonSerializerOptions Forms = NewForms();

    /// <summary>The list as JSON, whoever made it.</summary>
    /// <param name="dataDirectory">Data directory.</param>
    /// <param name="path">What to ask a server for.</param>
    /// <param name="read">The same from the directory itself.</param>
    /// <param name="console">Clock.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="CommandException">Nothing is there, or the holder does not answer.</exception>
    public static async Task<JsonElement> Read<T>(
        string dataDirectory, string path, Func<Platform, IReadOnlyList<T>> read, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            return Direct(dataDirectory, read, console);
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            return (await Ask(server, path, cancel)).GetProperty("data");
        }
    }

    /// <summary>The same for a list that comes in pages from a server.</summary>
    /// <param name="dataDirectory">Data directory.</param>
    /// <param name="path">What to ask a server for, with a query.</param>
    /// <param name="read">The same from the directory itself.</param>
    /// <param name="console">Clock.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="CommandException">Nothing is there, or the holder does not answer.</exception>
    public static async Task<IReadOnlyList<JsonElement>> ReadPages<T>(
        string dataDirectory, string path, Func<Platform, IReadOnlyList<T>> read, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            return [.. Direct(dataDirectory, read, console).EnumerateArray()];
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            return await AskPages(server, path, cancel);
        }
    }

    /// <summary>All rows of a list that comes in pages from a server.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="path">What to ask for, with a query.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="CommandException">It does not answer, or refuses.</exception>
    public static async Task<IReadOnlyList<JsonElement>> AskPages(Uri server, string path, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = await Ask(server, $"{path}&limit={RowResource.MaxLimit}{cursor}", cancel);
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            if (page.GetProperty("meta").GetProperty("next_cursor").GetString() is not { } next)
            {
                return rows;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
    }

    /// <summary>Prints flat rows in the format that is asked for.</summary>
    /// <param name="rows">A list of cells for each row.</param>
    /// <param name="columns">Their names, and whether they are numbers.</param>
    /// <param name="format">How.</param>
    /// <param name="console">Where to.</param>
    public static void Print(
        IReadOnlyList<JsonElement[]> rows, IReadOnlyList<(string Name, bool IsNumber)> columns, RowFormat format, CommandConsole console)
    {
        if (format == RowFormat.Table)
        {
            var table = new TextTable(columns);
            foreach (var row in rows)
            {
                table.Add([.. row.Select(Text)]);
            }

            console.Write(rows.Count == 0 ? ResultPrinter.NoRows : table.ToString());
            return;
        }

        var objects = rows.Select(
            row => "{" + string.Join(", ", row.Select((c, i) => $"{CellText.Json(columns[i].Name)}: {Raw(c)}")) + "}");
        var json = rows.Count == 0 ? "[]\n" : "[\n  " + string.Join(",\n  ", objects) + "\n]\n";
        if (format == RowFormat.Json)
        {
            console.Write(json);
            return;
        }

        using var lines = new PooledBytes();
        JsonLines.WriteCsv(lines, System.Text.Encoding.UTF8.GetBytes(json), [.. columns.Select(c => c.Name)]);
        console.Write(System.Text.Encoding.UTF8.GetString(lines.Written.Span));
    }

    private static JsonElement Direct<T>(string dataDirectory, Func<Platform, IReadOnlyList<T>> read, CommandConsole console)
    {
        if (!StoreOpening.IsThere(dataDirectory))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{dataDirectory}: nothing is stored here yet; 'aurum up' or 'aurum fetch FEED' fills it");
        }

        using var platform = Platform.Open(OptionsReader.Read(dataDirectory), new PlatformWorld(console.Time, Holder));
        return JsonSerializer.SerializeToElement(read(platform), Forms);
    }

    /// <summary>What a server answers, whole.</summary>
    /// <exception cref="CommandException">It does not answer, or refuses.</exception>
    public static async Task<JsonElement> Ask(Uri server, string path, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await RemoteSql.Send(http, request, server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(ExitCodes.Failed, RemoteSql.Detail(text));
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }

    private static string Text(JsonElement cell) => cell.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? "" : cell.ToString();

    private static string Raw(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Undefined => "null",
        JsonValueKind.String => CellText.Json(cell.GetString()!),
        _ => cell.GetRawText(),
    };
}
