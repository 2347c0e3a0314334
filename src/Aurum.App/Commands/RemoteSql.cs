using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary>Asks the server that has the data directory open, and prints what a direct query would.</summary>
internal static class RemoteSql
{
    /// <summary>Rows of a table for people.</summary>
    public const int TableRows = 200;

    /// <exception cref="CommandException">The server refuses the query; the message is its own.</exception>
    public static async Task Print(
        Uri server, string sql, int maxRows, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await Ask(http, server, sql, maxRows, format, cancel);
        if (format == RowFormat.Csv)
        {
            await answer.Content.CopyToAsync(console.Out, cancel);
            await console.Out.FlushAsync(cancel);
            return;
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancel);
        var rows = document.RootElement.GetProperty("data");
        console.Write(format == RowFormat.Json ? Json(rows) : Table(rows, rows.GetArrayLength()));
    }

    /// <summary>Asks a query.</summary>
    /// <returns>CSV, or JSON with the rows in <c>data</c>.</returns>
    /// <exception cref="CommandException">The server refuses the query; the message is its own.</exception>
    public static async Task<HttpResponseMessage> Ask(
        HttpClient http, Uri server, string sql, int maxRows, RowFormat format, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/sql?format={(format == RowFormat.Csv ? "csv" : "json")}")
        {
            Content = JsonContent.Create(new Dictionary<string, object> { ["sql"] = sql, ["max_rows"] = maxRows }),
        };
        var answer = await Send(http, request, server, cancel);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new CommandException(ExitCodes.BadInput, Detail(await answer.Content.ReadAsStringAsync(cancel)));
        }
    }

    public static async Task<HttpResponseMessage> Send(
        HttpClient http, HttpRequestMessage request, Uri server, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(
                ExitCodes.Failed, $"the data directory is held by {server}, which does not answer: {e.Message}. Try again, or stop it");
        }
    }

    /// <summary>What the server found wrong, out of its problem document.</summary>
    public static string Detail(string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            return document.RootElement.TryGetProperty("found", out var found) ? found.GetString()!
                : document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString()!
                : problem;
        }
        catch (JsonException)
        {
            return problem;
        }
    }

    private static string Json(JsonElement rows) => rows.GetArrayLength() == 0
        ? "[]\n"
        : "[\n  " + string.Join(",\n  ", rows.EnumerateArray().Select(JsonRow)) + "\n]\n";

    public static string JsonRow(JsonElement row) =>
        "{" + string.Join(", ", row.EnumerateObject().Select(c => $"{CellText.Json(c.Name)}: {JsonCell(c.Value)}")) + "}";

    private static string JsonCell(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.String ? CellText.Json(cell.GetString()!) : cell.GetRawText();

    /// <summary>The first rows of so many as a table.</summary>
    public static string Table(JsonElement rows, long total)
    {
        var first = rows.EnumerateArray().FirstOrDefault();
        if (first.ValueKind != JsonValueKind.Object)
        {
            return ResultPrinter.NoRows;
        }

        var numbers = rows.EnumerateArray().SelectMany(r => r.EnumerateObject())
            .Where(c => c.Value.ValueKind == JsonValueKind.Number).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var table = new TextTable([.. first.EnumerateObject().Select(c => (c.Name, numbers.Contains(c.Name)))]);
        foreach (var row in rows.EnumerateArray().Take(TableRows))
        {
            table.Add([.. row.EnumerateObject().Select(c => c.Value.ValueKind == JsonValueKind.Null ? "" : c.Value.ToString())]);
        }

        var more = total - TableRows;
        return more <= 0
            ? table.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{table}... {more:N0} more rows (--format csv prints all of them)\n");
    }
}
