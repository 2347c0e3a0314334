using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary>Prints all bars that a running server has, however many: a page at a time, all as they were when the first page was
/// asked for.</summary>
/// <param name="server">The server.</param>
/// <param name="pageRows">Bars of a page.</param>
internal sealed class RemoteBars(Uri server, int pageRows = RemoteBars.PageRows)
{
    private const int PageRows = 250_000;
    private const int BufferBytes = 1 << 16;

    /// <param name="sqlUpTo">The query of bars that came up to a frame, in an order of which no two are alike.</param>
    /// <param name="format">How they are printed.</param>
    /// <param name="console">Where to.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="CommandException">The server does not answer, or refuses the query.</exception>
    public async Task Print(Func<long, string> sqlUpTo, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        var sql = sqlUpTo(await NumberAsync(http, "SELECT coalesce(max(frame), 0) FROM bars", cancel));
        switch (format)
        {
            case RowFormat.Table:
                await PrintTable(http, sql, console, cancel);
                break;
            case RowFormat.Json:
                await PrintJson(http, sql, console, cancel);
                break;
            default:
                await PrintCsv(http, sql, console.Out, cancel);
                break;
        }
    }

    private string PageOf(string sql, long from) =>
        string.Create(CultureInfo.InvariantCulture, $"{sql} LIMIT {pageRows} OFFSET {from}");

    private async Task PrintTable(HttpClient http, string sql, CommandConsole console, CancellationToken cancel)
    {
        var total = await NumberAsync(http, $"SELECT count(*) FROM ({sql}) AS q", cancel);
        using var rows = await RowsAsync(
            http, string.Create(CultureInfo.InvariantCulture, $"{sql} LIMIT {RemoteSql.TableRows}"), RemoteSql.TableRows, cancel);
        console.Write(RemoteSql.Table(rows.RootElement.GetProperty("data"), total));
    }

    private async Task PrintJson(HttpClient http, string sql, CommandConsole console, CancellationToken cancel)
    {
        long printed = 0;
        for (long count = pageRows; count == pageRows; printed += count)
        {
            using var page = await RowsAsync(http, PageOf(sql, printed), pageRows, cancel);
            var rows = page.RootElement.GetProperty("data");
            count = rows.GetArrayLength();
            var text = new StringBuilder();
            foreach (var row in rows.EnumerateArray())
            {
                text.Append(printed == 0 && text.Length == 0 ? "[\n  " : ",\n  ").Append(RemoteSql.JsonRow(row));
            }

            console.Write(text.ToString());
        }

        console.Write(printed == 0 ? "[]\n" : "\n]\n");
    }

    private async Task PrintCsv(HttpClient http, string sql, Stream output, CancellationToken cancel)
    {
        for (long printed = 0, count = pageRows; count >= pageRows; printed += count)
        {
            using var answer = await RemoteSql.Ask(http, server, PageOf(sql, printed), pageRows, RowFormat.Csv, cancel);
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            count = await CopyLinesAsync(body, output, hasHeader: printed == 0, cancel) - 1;
        }

        await output.FlushAsync(cancel);
    }

    /// <summary>Copies lines, the first one only where it is to be the header.</summary>
    /// <returns>Lines, the first one among them.</returns>
    private static async Task<long> CopyLinesAsync(Stream from, Stream to, bool hasHeader, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        long lines = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            var start = 0;
            if (lines == 0 && !hasHeader)
            {
                start = Array.IndexOf(buffer, (byte)'\n', 0, read) + 1;
                start = start == 0 ? read : start;
            }

            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            await to.WriteAsync(buffer.AsMemory(start, read - start), cancel);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return lines;
    }

    private async Task<long> NumberAsync(HttpClient http, string sql, CancellationToken cancel)
    {
        using var answer = await RowsAsync(http, sql, 1, cancel);
        return answer.RootElement.GetProperty("data")[0].EnumerateObject().First().Value.GetInt64();
    }

    private async Task<JsonDocument> RowsAsync(HttpClient http, string sql, int maxRows, CancellationToken cancel)
    {
        using var answer = await RemoteSql.Ask(http, server, sql, maxRows, RowFormat.Json, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancel);
    }
}
