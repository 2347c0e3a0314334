using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Requests;

namespace Aurum.App.Commands;

/// <summary>The endpoints of contracts of a running server, for one tenant.</summary>
internal sealed class RemotePpa : IDisposable
{
    private readonly Uri _server;
    private readonly HttpClient _http;

    public RemotePpa(Uri server, string tenant)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add(TenantChoice.Header, tenant);
    }

    /// <summary>The data of an answer.</summary>
    /// <exception cref="CommandException">The server refuses, with its words.</exception>
    public async Task<JsonElement> Get(string path, CancellationToken cancel)
    {
        var (_, data) = await Send(HttpMethod.Get, path, null, cancel);
        return data.GetProperty("data");
    }

    /// <summary>All rows of a list that comes in pages.</summary>
    /// <exception cref="CommandException">The server refuses, with its words.</exception>
    public async Task<IReadOnlyList<JsonElement>> GetAll(string path, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var (_, page) = await Send(HttpMethod.Get, path + cursor, null, cancel);
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            if (page.GetProperty("meta").GetProperty("next_cursor").GetString() is not { } next)
            {
                return rows;
            }

            cursor = $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(next)}";
        }
    }

    /// <summary>The data of an answer to a body, and the address of what it made.</summary>
    /// <exception cref="CommandException">The server refuses, with its words.</exception>
    public async Task<(string? Location, JsonElement Data)> Post(string path, string body, CancellationToken cancel)
    {
        var (location, answer) = await Send(HttpMethod.Post, path, body, cancel);
        return (location, answer.GetProperty("data"));
    }

    public Task Delete(string path, CancellationToken cancel) => Send(HttpMethod.Delete, path, null, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<(string? Location, JsonElement Answer)> Send(
        HttpMethod method, string path, string? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var answer = await RemoteSql.Send(_http, request, _server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(
                (int)answer.StatusCode == StatusCodes.Status404NotFound ? ExitCodes.Failed : ExitCodes.BadInput, Said(text));
        }

        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return (answer.Headers.Location?.ToString(), document.RootElement.Clone());
    }

    /// <summary>What the server found wrong: a line for each field, or the sentence.</summary>
    private static string Said(string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            if (document.RootElement.TryGetProperty("errors", out var errors))
            {
                return string.Join(
                    '\n', errors.EnumerateArray().Select(static e => $"{e.GetProperty("field")}: expected {e.GetProperty("expected")}, "
                        + $"found {e.GetProperty("found")}"));
            }

            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString()! : problem;
        }
        catch (JsonException)
        {
            return problem;
        }
    }
}
