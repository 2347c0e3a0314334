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
        using var answer = await Post(http, order, isDetached: false, cancel);
        var isWhole = true;
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize(line, BackfillJson.Default.BackfillEvent) is { } happened)
            {
                isWhole &= happened.Kind is not (BackfillEventKind.Gap or BackfillEventKind.Stopped);
                tell(happened);
            }
        }

        return isWhole;
    }

    /// <summary>Leaves the order to the server.</summary>
    public static async Task<ToldJob> Place(Uri server, BackfillOrder order, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await Post(http, order, isDetached: true, cancel);
        return ToldJob.Of(await answer.Content.ReadAsStringAsync(cancel));
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, BackfillOrder order, bool isDetached, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/backfill")
        {
            Content = JsonContent.Create(BackfillRequest.Of(order, isDetached), BackfillJson.Default.BackfillRequest),
        };
        var answer = await RemoteSql.Send(http, request, http.BaseAddress!, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            using (answer)
            {
                throw new CommandException(ExitCodes.BadInput, RemoteSql.Detail(await answer.Content.ReadAsStringAsync(cancel)));
            }
        }

        return answer;
    }
}
