using System.Text.Json.Nodes;

namespace Aurum.Cluster.Iceberg;

/// <summary>A REST catalog of Iceberg: namespaces and tables.</summary>
/// <remarks>Source: the Iceberg REST catalog OpenAPI document, version 1. Addresses go by the catalog's own configuration (prefix, address,
/// headers), which is asked for once; that is what makes Nessie, Polaris and Lakekeeper the same from here on.</remarks>
public sealed class RestCatalog : IDisposable
{
    /// <summary>Stands between the levels of a namespace in addresses.</summary>
    private const string LevelSeparator = "\u001f";

    private const string HeaderPrefix = "header.";

    private readonly IcebergOptions _options;
    private readonly CatalogHttp _http;
    private string? _root;

    /// <param name="options">Where, and with what limits.</param>
    /// <param name="time">Clock of limits.</param>
    /// <param name="nextToken">Chance, for the spread of waits.</param>
    public RestCatalog(IcebergOptions options, TimeProvider time, Func<ulong> nextToken)
    {
        options.Check();
        _options = options;
        _http = new CatalogHttp(options, time, nextToken);
    }

    public IcebergOptions Options => _options;

    /// <summary>What the catalog says of itself: defaults and overrides.</summary>
    public async Task<JsonNode> Configuration(CancellationToken cancel)
    {
        var query = _options.Warehouse is { } warehouse ? $"?warehouse={Uri.EscapeDataString(warehouse)}" : "";
        return await _http.Send(HttpMethod.Get, $"{Start}/v1/config{query}", null, mayRepeat: true, cancel)
            ?? throw new CatalogException($"GET {Start}/v1/config: expected JSON, found nothing", CatalogFailure.Refused, 200);
    }

    /// <summary>Namespaces right below another one.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Namespaces(IReadOnlyList<string> parent, CancellationToken cancel)
    {
        var query = parent.Count == 0 ? "" : $"parent={Path(parent)}";
        var found = await Pages($"{await Root(cancel)}/namespaces", query, "namespaces", cancel);
        return [.. found.Select(static n => (IReadOnlyList<string>)[.. n!.AsArray().Select(static l => l!.GetValue<string>())])];
    }

    /// <summary>Makes a namespace, unless it is there.</summary>
    public async Task CreateNamespace(IReadOnlyList<string> name, CancellationToken cancel)
    {
        try
        {
            var body = new JsonObject { ["namespace"] = Levels(name), ["properties"] = new JsonObject() };
            await _http.Send(HttpMethod.Post, $"{await Root(cancel)}/namespaces", body, mayRepeat: true, cancel);
        }
        catch (CatalogException error) when (error.Failure == CatalogFailure.Conflict)
        {
            // It is there: what was asked for.
        }
    }

    /// <summary>Names of the tables of a namespace; none where there is no such namespace.</summary>
    public async Task<IReadOnlyList<string>> Tables(IReadOnlyList<string> space, CancellationToken cancel)
    {
        try
        {
            var found = await Pages($"{await Space(space, cancel)}/tables", "", "identifiers", cancel);
            return [.. found.Select(static t => t!["name"]!.GetValue<string>())];
        }
        catch (CatalogException error) when (error.Failure == CatalogFailure.NotFound)
        {
            return [];
        }
    }

    /// <summary>A table's metadata and its file; null: there is no such table.</summary>
    public async Task<JsonNode?> Load(IReadOnlyList<string> space, string table, CancellationToken cancel)
    {
        try
        {
            return await _http.Send(HttpMethod.Get, await Address(space, table, cancel), null, mayRepeat: true, cancel);
        }
        catch (CatalogException error) when (error.Failure == CatalogFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>Makes a table. The body is a <c>CreateTableRequest</c>.</summary>
    /// <exception cref="CatalogException">Conflict: it is there already. Unknown: it may be there or not.</exception>
    public async Task<JsonNode> Create(IReadOnlyList<string> space, JsonObject body, CancellationToken cancel) =>
        await Changed(HttpMethod.Post, $"{await Space(space, cancel)}/tables", body, cancel);

    /// <summary>Registers a table whose metadata file is there already.</summary>
    public async Task<JsonNode> Register(IReadOnlyList<string> space, string table, string metadataLocation, CancellationToken cancel) =>
        await Changed(
            HttpMethod.Post,
            $"{await Space(space, cancel)}/register",
            new JsonObject { ["name"] = table, ["metadata-location"] = metadataLocation },
            cancel);

    /// <summary>Commits updates, if all requirements hold. Once: who calls looks before it is tried again.</summary>
    /// <exception cref="CatalogException">Conflict: a requirement does not hold. Unknown: done or not.</exception>
    public async Task<JsonNode> Commit(
        IReadOnlyList<string> space, string table, JsonArray requirements, JsonArray updates, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["identifier"] = Identifier(space, table),
            ["requirements"] = requirements.DeepClone(),
            ["updates"] = updates.DeepClone(),
        };
        return await Changed(HttpMethod.Post, await Address(space, table, cancel), body, cancel);
    }

    /// <summary>Gives a table another name or namespace.</summary>
    public async Task Rename(
        IReadOnlyList<string> space, string table, IReadOnlyList<string> toSpace, string toTable, CancellationToken cancel) =>
        await _http.Send(
            HttpMethod.Post,
            $"{await Root(cancel)}/tables/rename",
            new JsonObject { ["source"] = Identifier(space, table), ["destination"] = Identifier(toSpace, toTable) },
            mayRepeat: false,
            cancel);

    /// <summary>Takes a table out of the catalog; its files stay. False: there was none.</summary>
    public async Task<bool> Drop(IReadOnlyList<string> space, string table, CancellationToken cancel)
    {
        try
        {
            var address = $"{await Address(space, table, cancel)}?purgeRequested=false";
            await _http.Send(HttpMethod.Delete, address, null, mayRepeat: true, cancel);
            return true;
        }
        catch (CatalogException error) when (error.Failure == CatalogFailure.NotFound)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    internal Task Wait(int attempt, CancellationToken cancel) => _http.Wait(attempt, cancel);

    /// <summary>Sends a change once; the table after it. An answer without one, such as a proxy's, does not say whether it was
    /// done.</summary>
    private async Task<JsonNode> Changed(HttpMethod method, string address, JsonObject body, CancellationToken cancel) =>
        await _http.Send(method, address, body, mayRepeat: false, cancel)
        ?? throw new CatalogException($"{method} {address}: expected the table in the answer, found nothing", CatalogFailure.Unknown, 200);

    /// <summary>Address that the configuration is asked at; Nessie takes the branch in it.</summary>
    private string Start => _options.Branch is { } branch
        ? $"{_options.Uri.TrimEnd('/')}/{Uri.EscapeDataString(branch)}"
        : _options.Uri.TrimEnd('/');

    /// <summary>Address of the warehouse: the catalog may name another one than it was asked at, and a prefix.</summary>
    private async Task<string> Root(CancellationToken cancel)
    {
        if (_root is { } known)
        {
            return known;
        }

        var found = await Configuration(cancel);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in new[] { found["defaults"], found["overrides"] }.OfType<JsonObject>())
        {
            foreach (var (name, value) in part)
            {
                settings[name] = value?.GetValue<string>() ?? "";
            }
        }

        _http.Headers = settings.Where(static s => s.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal))
            .ToDictionary(static s => s.Key[HeaderPrefix.Length..], static s => s.Value);
        var start = found["overrides"]?["uri"]?.GetValue<string>().TrimEnd('/') ?? Start;

        // The prefix comes as it stands in addresses: Nessie's has an escaped bar.
        return _root = settings.TryGetValue("prefix", out var prefix) && prefix.Length > 0 ? $"{start}/v1/{prefix}" : $"{start}/v1";
    }

    private async Task<string> Space(IReadOnlyList<string> space, CancellationToken cancel) =>
        $"{await Root(cancel)}/namespaces/{Path(space)}";

    private async Task<string> Address(IReadOnlyList<string> space, string table, CancellationToken cancel) =>
        $"{await Space(space, cancel)}/tables/{Uri.EscapeDataString(table)}";

    private async Task<List<JsonNode?>> Pages(string address, string query, string items, CancellationToken cancel)
    {
        var found = new List<JsonNode?>();
        for (var token = ""; ;)
        {
            var page = string.Join('&', new[] { query, token.Length == 0 ? "" : $"pageToken={Uri.EscapeDataString(token)}" }
                .Where(static p => p.Length > 0));
            var answer = await _http.Send(
                HttpMethod.Get, page.Length == 0 ? address : $"{address}?{page}", null, mayRepeat: true, cancel);
            found.AddRange(answer?[items]?.AsArray() ?? []);
            token = answer?["next-page-token"]?.GetValue<string>() ?? "";
            if (token.Length == 0)
            {
                return found;
            }
        }
    }

    private static string Path(IReadOnlyList<string> space) => Uri.EscapeDataString(string.Join(LevelSeparator, space));

    private static JsonArray Levels(IReadOnlyList<string> space) => new([.. space.Select(static l => (JsonNode?)JsonValue.Create(l))]);

    private static JsonObject Identifier(IReadOnlyList<string> space, string table) =>
        new() { ["namespace"] = Levels(space), ["name"] = table };
}
