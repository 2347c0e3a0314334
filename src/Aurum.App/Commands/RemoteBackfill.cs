using System.Text.Json;
using Aurum.App.Api.Resources;
using Aurum.App.Running;

namespace Aurum.App.Commands;

/// <summary>Hands a backfill to the server that has the data directory open, and follows it.</summary>
internal static class RemoteBackfill
{
    /// <returns>Whether nothing of the order is missing.</returns>
    public static async Task<bool> Run(Uri server, BackfillOrder order, Action<BackfillEvent> tell, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/backfill")
        {
            Content = JsonContent.Create(BackfillRequest.Of(order), BackfillJson.Default.BackfillRequest),
        };
        using var answer = await RemoteSql.Send(http, request, server, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(ExitCodes.BadInput, RemoteSql.Detail(await answer.Content.ReadAsStringAsync(cancel)));
        }

        var isWhole = true;
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize(line, BackfillJson.Default.BackfillEvent) is { } happened)
            {
                isWhole &= happened.Kind != BackfillEventKind.Gap;
                tell(happened);
            }
        }

        return isWhole;
    }
}
