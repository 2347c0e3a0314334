using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.LakeFs;

/// <summary>Branches, commits, merges and tags of a lakeFS repository. What is there already counts as made, and what is gone as removed,
/// so that every call can be repeated.</summary>
/// <remarks>Source: the lakeFS OpenAPI document, version 1 of the API.</remarks>
public sealed class LakeFsClient : IDisposable
{
    private const int BytesPerSecondAtLeast = 256 << 10;
    private const int PageSize = 1_000;

    private readonly LakeFsOptions _options;
    private readonly HttpClient _http;
    private readonly EngineLogin _login;
    private readonly TimeProvider _time;
    private readonly Func<ulong> _nextToken;
    private readonly string _root;

    /// <param name="options">Where, and with what limits.</param>
    /// <param name="time">Clock of limits.</param>
    /// <param name="nextToken">Chance, for the spread of waits.</param>
    public LakeFsClient(LakeFsOptions options, TimeProvider time, Func<ulong> nextToken)
    {
        options.Check();
        (_options, _time, _nextToken) = (options, time, nextToken);
        _root = $"{options.Endpoint.TrimEnd('/')}/api/v1/repositories/{Uri.EscapeDataString(options.Repository)}";
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(options.RequestSeconds),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _login = new EngineLogin(options.Secrets, ("LakeFs:AccessKey", options.AccessKey), ("LakeFs:SecretKey", options.SecretKey));
    }

    public LakeFsOptions Options => _options;

    /// <summary>The repository as the server describes it.</summary>
    public async Task<JsonNode> Repository(CancellationToken cancel) =>
        await Send(HttpMethod.Get, "", null, 0, cancel) ?? throw NoJson("");

    /// <summary>Names of all branches.</summary>
    public Task<IReadOnlyList<string>> Branches(CancellationToken cancel) => Ids("/branches", cancel);

    /// <summary>Names of all tags.</summary>
    public Task<IReadOnlyList<string>> Tags(CancellationToken cancel) => Ids("/tags", cancel);

    /// <summary>Makes a branch from another one, unless it is there.</summary>
    public Task CreateBranch(string name, string source, CancellationToken cancel) => Allowing(
        409, () => Send(HttpMethod.Post, "/branches", new JsonObject { ["name"] = name, ["source"] = source }, 0, cancel));

    /// <summary>Removes a branch, if it is there.</summary>
    public Task DeleteBranch(string name, CancellationToken cancel) => Allowing(
        404, () => Send(HttpMethod.Delete, $"/branches/{Escaped(name)}?force=true", null, 0, cancel));

    /// <summary>Writes an object to a branch; it is not committed.</summary>
    /// <param name="branch">Branch.</param>
    /// <param name="path">Path.</param>
    /// <param name="open">Opens the content, once a try.</param>
    /// <param name="cancel">Ends it.</param>
    public Task Upload(string branch, string path, Func<Stream> open, CancellationToken cancel)
    {
        using var once = open();
        return Send(HttpMethod.Post, $"/branches/{Escaped(branch)}/objects?path={Escaped(path)}", open, once.Length, cancel);
    }

    /// <summary>Commits what is on a branch; false: there was nothing.</summary>
    public async Task<bool> Commit(
        string branch, string message, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        if ((await Page($"/branches/{Escaped(branch)}/diff?amount=1", cancel)).Results.Count == 0)
        {
            return false;
        }

        await Send(HttpMethod.Post, $"/branches/{Escaped(branch)}/commits", Message(message, metadata), 0, cancel);
        return true;
    }

    /// <summary>Metadata of the newest commit of a branch or tag.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LastMetadata(string name, CancellationToken cancel)
    {
        var log = await Page($"/refs/{Escaped(name)}/commits?amount=1", cancel);
        return (log.Results.FirstOrDefault()?["metadata"] as JsonObject ?? [])
            .ToDictionary(static m => m.Key, static m => m.Value?.GetValue<string>() ?? "", StringComparer.Ordinal);
    }

    /// <summary>Paths that differ between two branches, with what became of each.</summary>
    public async Task<IReadOnlyList<(string Path, string Change)>> Diff(string left, string right, CancellationToken cancel)
    {
        var found = await Pages($"/refs/{Escaped(left)}/diff/{Escaped(right)}", cancel);
        return [.. found.Select(static c => (c["path"]!.GetValue<string>(), c["type"]!.GetValue<string>()))];
    }

    /// <summary>Merges a branch into another one, whose own changes of the same paths give way.</summary>
    /// <exception cref="LakeFsException">412: a hook of the repository refuses.</exception>
    public Task Merge(
        string source, string into, string message, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        var body = Message(message, metadata);
        body["strategy"] = "source-wins";
        return Send(HttpMethod.Post, $"/refs/{Escaped(source)}/merge/{Escaped(into)}", body, 0, cancel);
    }

    /// <summary>Gives a name to where a branch stands, unless the name is taken.</summary>
    public Task Tag(string name, string branch, CancellationToken cancel) => Allowing(
        409, () => Send(HttpMethod.Post, "/tags", new JsonObject { ["id"] = name, ["ref"] = branch }, 0, cancel));

    public void Dispose() => _http.Dispose();

    private static async Task Allowing(int status, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (LakeFsException error) when (error.Status == status)
        {
            // It is there, or gone: what was asked for.
        }
    }

    private static JsonObject Message(string message, IReadOnlyDictionary<string, string> metadata) => new()
    {
        ["message"] = message,
        ["metadata"] = new JsonObject(metadata.Select(static m => KeyValuePair.Create(m.Key, (JsonNode?)JsonValue.Create(m.Value)))),
    };

    private async Task<IReadOnlyList<string>> Ids(string path, CancellationToken cancel) =>
        [.. (await Pages(path, cancel)).Select(static r => r["id"]!.GetValue<string>())];

    private async Task<List<JsonNode>> Pages(string path, CancellationToken cancel)
    {
        var all = new List<JsonNode>();
        for (var after = ""; ;)
        {
            var (page, results) = await Page($"{path}?amount={PageSize}&after={Escaped(after)}", cancel);
            all.AddRange(results.OfType<JsonNode>());
            if (page["pagination"]?["has_more"]?.GetValue<bool>() is not true)
            {
                return all;
            }

            after = page["pagination"]!["next_offset"]!.GetValue<string>();
        }
    }

    /// <summary>A list, or the beginning of one. An answer without it, such as a proxy's page, is no empty list.</summary>
    private async Task<(JsonObject Page, JsonArray Results)> Page(string path, CancellationToken cancel) =>
        await Send(HttpMethod.Get, path, null, 0, cancel) is JsonObject page && page["results"] is JsonArray results
            ? (page, results)
            : throw NoJson(path);

    private LakeFsException NoJson(string path) => new($"GET {_root}{path}: expected JSON of lakeFS, found something else", 200);

    /// <summary>Sends a request until it is answered, refused, or tries are over. All of ours can be done twice.</summary>
    private async Task<JsonNode?> Send(HttpMethod method, string path, object? body, long bytes, CancellationToken cancel)
    {
        try
        {
            return await SendAgain(method, path, body, bytes, cancel);
        }
        catch (SecretGoneException error)
        {
            throw new LakeFsException($"{method} {_root}{path}: {error.Message}", 0, error);
        }
    }

    private async Task<JsonNode?> SendAgain(HttpMethod method, string path, object? body, long bytes, CancellationToken cancel)
    {
        var renewals = 0;
        for (var attempt = 0; ; attempt++)
        {
            var keys = _login.Present();
            try
            {
                return await SendOnce(method, path, body, bytes, keys, cancel);
            }
            catch (LakeFsException error) when (error.Status is 401 or 403 && renewals++ == 0)
            {
                if (!await _login.RenewLater(keys, cancel))
                {
                    throw;
                }
            }
            catch (LakeFsException error) when (attempt < _options.Retries && error.Status is 0 or 429 or >= 500)
            {
                await Task.Delay(GrowingWait.After(attempt, _nextToken), _time, cancel);
            }
        }
    }

    private async Task<JsonNode?> SendOnce(
        HttpMethod method, string path, object? body, long bytes, IReadOnlyList<string?> keys, CancellationToken cancel)
    {
        var seconds = _options.RequestSeconds + bytes / BytesPerSecondAtLeast;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(method, _root + path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys[0]}:{keys[1]}")));
        request.Content = body switch
        {
            JsonNode json => new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"),
            Func<Stream> open => Octets(open()),
            _ => null,
        };
        try
        {
            using var answer = await _http.SendAsync(request, both.Token);
            var text = await answer.Content.ReadAsStringAsync(both.Token);
            if (!answer.IsSuccessStatusCode)
            {
                var status = (int)answer.StatusCode;
                throw new LakeFsException($"{method} {_root}{path}: lakeFS answers {status}{Why(text)}", status);
            }

            return answer.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonNode.Parse(text) : null;
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new LakeFsException($"{method} {_root}{path}: no answer within {seconds} s", 0, error);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw new LakeFsException($"{method} {_root}{path}: {error.Message}", 0, error);
        }
    }

    private static StreamContent Octets(Stream stream)
    {
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }

    private static string Why(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["message"]?.GetValue<string>() is { } message ? $": {message}" : "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
