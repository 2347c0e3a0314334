using System.Runtime.CompilerServices;
using System.Text.Json;
using Aurum.App.Commands;

namespace Aurum.App.Ticks.Letters;

/// <summary>Dead letters of a running server.</summary>
internal sealed class RemoteLetters(Uri server) : ILetterDesk
{
    private const int PageLetters = 1_000;

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };

    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> ListAsync(
        LetterFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        (string Name, string? Value)[] parts =
        [
            ("id", filter.Id), ("tenant", filter.Tenant), ("reason", filter.Reason), ("stream", filter.Stream), ("since", filter.Since),
            ("pending", filter.PendingOnly ? "true" : null), ("limit", $"{PageLetters}"),
        ];
        var query = string.Join(
            '&', parts.Where(static p => p.Value is not null).Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        for (var cursor = ""; ;)
        {
            var page = await AdminSource.Ask(server, $"/v1/ticks/dead-letters?{query}{cursor}", cancel);
            yield return [.. page.GetProperty("data").EnumerateArray()];
            if (page.GetProperty("meta").GetProperty("next_cursor").GetString() is not { } next)
            {
                yield break;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
    }

    public Task<IReadOnlyList<JsonElement>> RedriveAsync(IReadOnlyList<string> ids, CancellationToken cancel) =>
        PostAsync(new Dictionary<string, object> { ["ids"] = ids }, cancel);

    public async Task<JsonElement> MendAsync(string id, MendedMessage mended, CancellationToken cancel)
    {
        var done = await PostAsync(
            new Dictionary<string, object>
            {
                ["ids"] = new[] { id },
                ["body"] = mended.Text,
                ["format"] = mended.Format,
                ["market"] = mended.Market,
            },
            cancel);
        return done[0];
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<JsonElement>> PostAsync(Dictionary<string, object> body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ticks/dead-letters/redrive")
        {
            Content = JsonContent.Create(body),
        };
        using var answer = await RemoteSql.Send(_http, request, server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            var isForNow = (int)answer.StatusCode is 429 or >= 500;
            throw new CommandException(isForNow ? ExitCodes.Failed : ExitCodes.BadInput, RemoteSql.Detail(text));
        }

        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.Clone().GetProperty("data").EnumerateArray()];
    }
}
