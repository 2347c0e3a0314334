using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary>Asks the server that has the data directory open.</summary>
internal static class RemoteSql
{
    public static async Task Print(Uri server, string sql, int maxRows, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sql")
        {
            Content = JsonContent.Create(new { sql, max_rows = maxRows }),
        };
        request.Headers.Accept.ParseAdd(format == RowFormat.Json ? "application/json" : "text/csv");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(ExitCodes.BadInput, await answer.Content.ReadAsStringAsync(cancel));
        }

        await answer.Content.CopyToAsync(console.Out, cancel);
        await console.Out.FlushAsync(cancel);
    }
}
