using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.Cluster.Iceberg;
using Aurum.Tests.Engines.Iceberg;

namespace Aurum.Tests.Engines.Servers;

/// <summary>A REST catalog of Iceberg in memory that holds requests to the specification's rules. It shares no code with the client: it
/// works on JSON alone.</summary>
internal sealed class FakeCatalog : IDisposable
{
    private const string ClientId = "aurum";
    private const int PageSize = 2;

    private readonly HttpListener _listener = new();
    private readonly string _prefix;
    private readonly SortedDictionary<string, FakeTable> _tables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _spaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();
    private int _serial;

    /// <param name="prefix">Prefix that the configuration names; empty: none.</param>
    /// <param name="branch">Branch that stands in the address of the configuration, as Nessie has it; null: none.</param>
    public FakeCatalog(string prefix = "", string? branch = null)
    {
        (_prefix, Branch) = (prefix, branch);
        Root = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}");
        _listener.Prefixes.Add(Root + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Root { get; }

    /// <summary>The client's secret that is taken.</summary>
    public string ClientSecret { get; set; } = "catalog-secret";

    /// <summary>Whether columns of new tables get ids of the catalog's, as the specification allows.</summary>
    public bool GivesIdsAnew { get; init; } = true;

    public string? Branch { get; }

    /// <summary>What becomes of a request; null: what it asks for.</summary>
    public Func<FakeRequest, FakeFault?>? Fault { get; set; }

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    public IcebergOptions Options => new()
    {
        Uri = Root + "/catalog",
        Warehouse = "aurum",
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Branch = Branch,
        Retries = 3,
        RequestSeconds = 10,
    };

    /// <summary>Tokens that were given out are not taken any more.</summary>
    public void EndTokens() => _tokens.Clear();

    /// <summary>A token, for clients that ask for none.</summary>
    public string NewToken()
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"token-{Interlocked.Increment(ref _serial)}");
        _tokens[token] = true;
        return token;
    }

    /// <summary>Does a request that came earlier and was not answered by what it asked for.</summary>
    /// <returns>Status.</returns>
    public int DoLate(FakeRequest request) => Judge(request, NewToken()).Status;

    public void Dispose() => _listener.Close();

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
        var request = new FakeRequest(
            context.Request.HttpMethod, context.Request.RawUrl!.Split('?')[0], context.Request.QueryString, body.ToArray());
        Requests.Enqueue(request);
        var fault = Fault?.Invoke(request);
        var (status, json) = fault is { IsAfter: false } ? (fault.Status, null) : Judge(request, context.Request.Headers["Authorization"]);
        var bytes = json is null ? [] : Encoding.UTF8.GetBytes(json.ToJsonString());
        try
        {
            context.Response.StatusCode = fault?.Status ?? status;
            context.Response.ContentType = fault?.Body is null ? "application/json" : "text/html";
            await context.Response.OutputStream.WriteAsync(fault is null ? bytes : Encoding.UTF8.GetBytes(fault.Body ?? ""));
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private (int Status, JsonNode? Json) Judge(FakeRequest request, string? authorization)
    {
        try
        {
            lock (_turn)
            {
                return request.Path == "/catalog/v1/oauth/tokens" ? Token(request)
                    : _tokens.ContainsKey((authorization ?? "").Replace("Bearer ", "", StringComparison.Ordinal)) ? Do(request)
                    : throw new FakeRefusal(401, "NotAuthorizedException", "the token is not taken");
            }
        }
        catch (FakeRefusal refusal)
        {
            return Error(refusal.Status, refusal.Type, refusal.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or NullReferenceException or KeyNotFoundException)
        {
            // JSON of another form than the specification's.
            return Error(400, "BadRequestException", error.ToString());
        }
    }

    private static (int Status, JsonNode? Json) Error(int status, string type, string message) => (status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["code"] = status },
    });

    private (int Status, JsonNode? Json) Token(FakeRequest request)
    {
        var form = System.Web.HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body));
        return (form["grant_type"], form["client_id"], form["client_secret"]) == ("client_credentials", ClientId, ClientSecret)
            ? (200, new JsonObject { ["access_token"] = NewToken(), ["token_type"] = "bearer", ["expires_in"] = 3600 })
            : throw new FakeRefusal(401, "invalid_client", "wrong client");
    }

    private (int Status, JsonNode? Json) Do(FakeRequest request)
    {
        if (request.Path == (Branch is null ? "/catalog/v1/config" : $"/catalog/{Branch}/v1/config"))
        {
            var overrides = new JsonObject();
            if (_prefix.Length > 0)
            {
                overrides["prefix"] = _prefix;
            }

            if (Branch is not null)
            {
                overrides["uri"] = Root + "/catalog/";
            }

            return (200, new JsonObject { ["defaults"] = new JsonObject(), ["overrides"] = overrides });
        }

        var start = _prefix.Length == 0 ? "/catalog/v1/" : $"/catalog/v1/{_prefix}/";
        var parts = request.Path.StartsWith(start, StringComparison.Ordinal)
            ? request.Path[start.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray()
            : throw new FakeRefusal(404, "NotFound", $"expected {start}..., found {request.Path}");
        return (request.Method, parts) switch
        {
            ("GET", ["namespaces"]) => Spaces(request),
            ("POST", ["namespaces"]) => MakeSpace(Body(request)),
            ("GET", ["namespaces", var space, "tables"]) => List(space, request),
            ("POST", ["namespaces", var space, "tables"]) => Create(space, Body(request)),
            ("POST", ["namespaces", var space, "register"]) => Register(space, Body(request)),
            ("GET", ["namespaces", var space, "tables", var table]) => (200, Found(space, table).Answer()),
            ("POST", ["namespaces", var space, "tables", var table]) => Commit(space, table, Body(request)),
            ("DELETE", ["namespaces", var space, "tables", var table]) => Drop(space, table),
            ("POST", ["tables", "rename"]) => Rename(Body(request)),
            _ => throw new FakeRefusal(404, "NotFound", $"{request.Method} {request.Path}"),
        };
    }

    private (int Status, JsonNode? Json) Spaces(FakeRequest request)
    {
        var parent = request.Query["parent"] is { Length: > 0 } above ? above + "\u001f" : "";
        var below = _spaces.Where(s => s.StartsWith(parent, StringComparison.Ordinal) && !s[parent.Length..].Contains('\u001f'))
            .ToList();
        return Page(below, "namespaces", static s => new JsonArray([.. s.Split('\u001f').Select(static l => (JsonNode?)l)]), request);
    }

    private (int Status, JsonNode? Json) MakeSpace(JsonNode body)
    {
        var name = string.Join('\u001f', body["namespace"]!.AsArray().Select(static l => l!.GetValue<string>()));
        return _spaces.Add(name)
            ? (200, new JsonObject { ["namespace"] = body["namespace"]!.DeepClone(), ["properties"] = new JsonObject() })
            : throw new FakeRefusal(409, "AlreadyExistsException", $"namespace {name} is there");
    }

    private (int Status, JsonNode? Json) List(string space, FakeRequest request) => Page(
        _tables.Keys.Where(k => k.StartsWith(space + "/", StringComparison.Ordinal)).ToList(),
        "identifiers",
        k => new JsonObject
        {
            ["namespace"] = new JsonArray([.. space.Split('\u001f').Select(static l => (JsonNode?)l)]),
            ["name"] = k[(space.Length + 1)..],
        },
        request);

    private static (int Status, JsonNode? Json) Page(List<string> all, string name, Func<string, JsonNode> write, FakeRequest request)
    {
        var from = int.Parse(request.Query["pageToken"] is { Length: > 0 } token ? token : "0", CultureInfo.InvariantCulture);
        var answer = new JsonObject { [name] = new JsonArray([.. all.Skip(from).Take(PageSize).Select(write)]) };
        if (from + PageSize < all.Count)
        {
            answer["next-page-token"] = (from + PageSize).ToString(CultureInfo.InvariantCulture);
        }

        return (200, answer);
    }

    private (int Status, JsonNode? Json) Create(string space, JsonNode body)
    {
        if (!_spaces.Contains(space))
        {
            throw new FakeRefusal(404, "NoSuchNamespaceException", $"namespace {space} is not there");
        }

        var key = $"{space}/{body["name"]!.GetValue<string>()}";
        return _tables.ContainsKey(key)
            ? throw new FakeRefusal(409, "AlreadyExistsException", $"table {key} is there")
            : (200, (_tables[key] = FakeTable.Create(body, $"memory://{key}", ++_serial, GivesIdsAnew)).Answer());
    }

    private (int Status, JsonNode? Json) Register(string space, JsonNode body)
    {
        var location = body["metadata-location"]!.GetValue<string>();
        var key = $"{space}/{body["name"]!.GetValue<string>()}";
        return _tables.ContainsKey(key)
            ? throw new FakeRefusal(409, "AlreadyExistsException", $"table {key} is there")
            : (200, (_tables[key] = FakeTable.Read(location)).Answer());
    }

    private (int Status, JsonNode? Json) Commit(string space, string table, JsonNode body)
    {
        if (body["identifier"] is { } named && (named["name"]?.GetValue<string>() != table
            || string.Join('\u001f', named["namespace"]!.AsArray().Select(static l => l!.GetValue<string>())) != space))
        {
            throw new FakeRefusal(400, "BadRequestException", "the identifier is not that of the address");
        }

        var next = Found(space, table).Commit(body);
        _tables[$"{space}/{table}"] = next;
        return (200, next.Answer());
    }

    private (int Status, JsonNode? Json) Drop(string space, string table)
    {
        _ = Found(space, table);
        _tables.Remove($"{space}/{table}");
        return (204, null);
    }

    private (int Status, JsonNode? Json) Rename(JsonNode body)
    {
        static string Key(JsonNode name) =>
            string.Join('\u001f', name["namespace"]!.AsArray().Select(static l => l!.GetValue<string>())) + "/" + name["name"];
        if (!_tables.Remove(Key(body["source"]!), out var table))
        {
            throw new FakeRefusal(404, "NoSuchTableException", $"table {Key(body["source"]!)} is not there");
        }

        _tables[Key(body["destination"]!)] = table;
        return (204, null);
    }

    private FakeTable Found(string space, string table) => _tables.TryGetValue($"{space}/{table}", out var found)
        ? found
        : throw new FakeRefusal(404, "NoSuchTableException", $"table {space}/{table} is not there");

    private static JsonNode Body(FakeRequest request) => JsonNode.Parse(request.Body)!;
}
