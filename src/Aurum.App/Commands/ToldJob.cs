using System.Text.Json;

namespace Aurum.App.Commands;

/// <summary>A backfill job as the store, or the server that has it open, tells of it.</summary>
/// <param name="Id">Its whole id.</param>
/// <param name="Text">How it stands, a sentence.</param>
/// <param name="Warnings">Days that could not be had, or not in time.</param>
internal sealed record ToldJob(string Id, string Text, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads an answer of <c>/v1/backfill/{id}</c>.</summary>
    public static ToldJob Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var job = document.RootElement.GetProperty("data");
        return new ToldJob(
            job.GetProperty("id").GetString()!,
            job.GetProperty("text").GetString()!,
            [.. job.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)]);
    }

    /// <summary>Asks the server about a job, or to change it.</summary>
    /// <param name="server">Server.</param>
    /// <param name="id">Id, or the beginning of one.</param>
    /// <param name="verb">pause, resume or cancel; null only asks.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="CommandException">There is no such job, or it does not allow it: the server's words.</exception>
    public static async Task<ToldJob> Ask(Uri server, string id, string? verb, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        var path = $"/v1/backfill/{Uri.EscapeDataString(id)}";
        using var request = verb is null
            ? new HttpRequestMessage(HttpMethod.Get, path)
            : new HttpRequestMessage(HttpMethod.Post, $"{path}/{verb}")
            {
                Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            };
        using var answer = await RemoteSql.Send(http, request, server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? Of(text) : throw new CommandException(ExitCodes.BadInput, RemoteSql.Detail(text));
    }
}
