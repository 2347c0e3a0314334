using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.Cluster.LakeFs;

namespace Aurum.Tests.Engines.Servers;

/// <summary>The part of lakeFS that is used, in memory: branches with uncommitted objects, commits, merges and tags.</summary>
internal sealed class FakeLakeFs : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, FakeBranch> _branches = new(StringComparer.Ordinal) { ["main"] = new([], [], []) };
    private readonly Dictionary<string, FakeBranch> _tags = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();

    public FakeLakeFs()
    {
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}");
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Endpoint { get; }

    /// <summary>The access key and its secret that are taken.</summary>
    public string Keys { get; set; } = "key:secret";

    /// <summary>Is asked before a merge, as an action of the repository does: takes the event and says the status of the answer; null: no
    /// action.</summary>
    public Func<JsonObject, Task<int>>? PreMerge { get; set; }

    /// <summary>What becomes of a request; null: what it asks for.</summary>
    public Func<FakeRequest, FakeFault?>? Fault { get; set; }

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    public LakeFsOptions Options => new()
    {
        Endpoint = Endpoint, AccessKey = "key", SecretKey = "secret", Repository = "aurum", Retries = 2, RequestSeconds = 10,
    };

    public IReadOnlyList<string> Branches => Locked(() => _branches.Keys.Order(StringComparer.Ordinal).ToList());

    public IReadOnlyList<string> Tags => Locked(() => _tags.Keys.Order(StringComparer.Ordinal).ToList());

    /// <summary>Committed objects of a branch or tag.</summary>
    public IReadOnlyDictionary<string, string> Objects(string name) => Locked(() => Find(name).Committed);

    /// <summary>Metadata of the commits of a branch or tag, oldest first.</summary>
    public IReadOnlyList<JsonObject> Commits(string name) => Locked(() => Find(name).Log);

    public void Dispose() => _listener.Close();

    private T Locked<T>(Func<T> work)
    {
        lock (_turn)
        {
            return work();
        }
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var path = context.Request.RawUrl!.Split('?')[0];
        var request = new FakeRequest(context.Request.HttpMethod, path, context.Request.QueryString, body.ToArray());
        Requests.Enqueue(request);
        var fault = Fault?.Invoke(request);
        var (status, json) = fault is { IsAfter: false } ? (fault.Status, null)
            : context.Request.Headers["Authorization"] != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Keys))}"
            ? (401, Message("wrong keys"))
            : await Hooked(request) is { } refused ? refused
            : Locked(() => Do(request));
        try
        {
            context.Response.StatusCode = fault?.Status ?? status;
            context.Response.ContentType = fault?.Body is null ? "application/json" : "text/html";
            var bytes = Encoding.UTF8.GetBytes((fault is null ? json?.ToJsonString() : fault.Body) ?? "");
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    /// <summary>Id of the newest commit of a branch: 64 digits, as lakeFS has them.</summary>
    public string Head(string branch) => Locked(() => IdOf(Find(branch).Log[^1]));

    /// <summary>Posts the event of a merge before it is made; an answer other than 2xx ends it with 412.</summary>
    private async Task<(int Status, JsonNode? Json)?> Hooked(FakeRequest request)
    {
        if (PreMerge is not { } hook || request.Method != "POST"
            || Parts(request) is not ["repositories", var repository, "refs", var source, "merge", var into])
        {
            return null;
        }

        var body = Json(request);
        var status = await hook(new JsonObject
        {
            ["event_type"] = "pre-merge",
            ["event_time"] = "2026-03-09T18:05:00Z",
            ["action_name"] = "aurum gate",
            ["hook_id"] = "aurum_gates",
            ["repository_id"] = repository,
            ["branch_id"] = into,
            ["source_ref"] = Head(source),
            ["commit_message"] = body["message"]!.DeepClone(),
            ["committer"] = "key",
            ["commit_metadata"] = body["metadata"]!.DeepClone(),
        });
        return status is >= 200 and < 300
            ? null
            : (412, Message($"pre-merge hook aborted, run id 'r1': webhook request failed (status code: {status})"));
    }

    private static string[] Parts(FakeRequest request) =>
        [.. request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(Uri.UnescapeDataString)];

    private (int Status, JsonNode? Json) Do(FakeRequest request)
    {
        var parts = Parts(request);
        return (request.Method, parts) switch
        {
            ("GET", ["repositories", "aurum"]) => (200, new JsonObject { ["id"] = "aurum" }),
            ("GET", ["repositories", "aurum", "branches"]) => (200, Page(_branches.Keys, request)),
            ("GET", ["repositories", "aurum", "tags"]) => (200, Page(_tags.Keys, request)),
            ("POST", ["repositories", "aurum", "branches"]) => CreateBranch(Json(request)),
            ("DELETE", ["repositories", "aurum", "branches", var name]) => (_branches.Remove(name) ? 204 : 404, null),
            ("POST", ["repositories", "aurum", "branches", var name, "objects"]) => Put(name, request),
            ("GET", ["repositories", "aurum", "branches", var name, "diff"]) => (200, Changes(_branches[name].Uncommitted.Keys)),
            ("POST", ["repositories", "aurum", "branches", var name, "commits"]) => Commit(_branches[name], Json(request)),
            ("GET", ["repositories", "aurum", "refs", var name, "commits"]) => (200, Log(Find(name))),
            ("GET", ["repositories", "aurum", "refs", var left, "diff", var right]) => (200, Changes(
                Find(right).Committed.Except(Find(left).Committed).Select(static o => o.Key))),
            ("POST", ["repositories", "aurum", "refs", var source, "merge", var into]) => Merge(source, into, Json(request)),
            ("POST", ["repositories", "aurum", "tags"]) => Tag(Json(request)),
            _ => (404, Message($"no {request.Method} {request.Path}")),
        };
    }

    private (int Status, JsonNode? Json) CreateBranch(JsonNode body)
    {
        var from = Find(body["source"]!.GetValue<string>());
        return _branches.TryAdd(body["name"]!.GetValue<string>(), new FakeBranch(new(from.Committed), [], [.. from.Log]))
            ? (201, null)
            : (409, Message("branch exists"));
    }

    private (int Status, JsonNode? Json) Put(string name, FakeRequest request)
    {
        _branches[name].Uncommitted[request.Query["path"]!] = Convert.ToHexString(request.Body);
        return (201, new JsonObject { ["path"] = request.Query["path"] });
    }

    private static (int Status, JsonNode? Json) Commit(FakeBranch branch, JsonNode body)
    {
        if (branch.Uncommitted.Count == 0)
        {
            return (400, Message("commit: no changes"));
        }

        foreach (var (path, content) in branch.Uncommitted)
        {
            branch.Committed[path] = content;
        }

        branch.Uncommitted.Clear();
        branch.Log.Add(body["metadata"]!.DeepClone().AsObject());
        return (201, new JsonObject { ["id"] = "c" });
    }

    private (int Status, JsonNode? Json) Merge(string source, string into, JsonNode body)
    {
        foreach (var (path, content) in Find(source).Committed)
        {
            _branches[into].Committed[path] = content;
        }

        _branches[into].Log.Add(body["metadata"]!.DeepClone().AsObject());
        return (200, new JsonObject { ["reference"] = "m" });
    }

    private (int Status, JsonNode? Json) Tag(JsonNode body)
    {
        var from = Find(body["ref"]!.GetValue<string>());
        return _tags.TryAdd(body["id"]!.GetValue<string>(), new FakeBranch(new(from.Committed), [], [.. from.Log]))
            ? (201, new JsonObject { ["id"] = body["id"]!.DeepClone() })
            : (409, Message("tag exists"));
    }

    /// <summary>What a branch, a tag or a commit's id names.</summary>
    private FakeBranch Find(string name) => _branches.TryGetValue(name, out var branch) || _tags.TryGetValue(name, out branch)
        ? branch
        : new FakeBranch([], [], [_branches.Values.SelectMany(static b => b.Log).First(c => IdOf(c) == name)]);

    private static string IdOf(JsonObject commit) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commit.ToJsonString())));

    private static JsonObject Page(IEnumerable<string> names, FakeRequest request)
    {
        // Pages of two, to be followed.
        var rest = names.Order(StringComparer.Ordinal).Where(n => string.CompareOrdinal(n, request.Query["after"]) > 0).ToList();
        return new JsonObject
        {
            ["pagination"] = new JsonObject { ["has_more"] = rest.Count > 2, ["next_offset"] = rest.Count > 2 ? rest[1] : "" },
            ["results"] = new JsonArray([.. rest.Take(2).Select(static n => new JsonObject { ["id"] = n })]),
        };
    }

    private static JsonObject Changes(IEnumerable<string> paths) => new()
    {
        ["pagination"] = new JsonObject { ["has_more"] = false },
        ["results"] = new JsonArray([.. paths.Select(static p => new JsonObject { ["path"] = p, ["type"] = "added" })]),
    };

    private static JsonObject Log(FakeBranch branch) => new()
    {
        ["results"] = new JsonArray(
            [.. branch.Log.AsEnumerable().Reverse().Take(1).Select(static m => new JsonObject { ["metadata"] = m.DeepClone() })]),
    };

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private static JsonNode Json(FakeRequest request) => JsonNode.Parse(request.Body)!;

    private sealed record FakeBranch(
        Dictionary<string, string> Committed, Dictionary<string, string> Uncommitted, List<JsonObject> Log);
}
