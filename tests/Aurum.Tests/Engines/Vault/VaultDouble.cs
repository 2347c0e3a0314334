using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

/// <summary>A double of Vault that keeps the rules of its HTTP API as they are documented: KV version 2 with versions, check-and-set and
/// deletion, tokens that end and are renewed up to a longest life, AppRole and Kubernetes, namespaces, sealing, standby. No real Vault was
/// at hand: what a real one does beyond these rules is not shown here.</summary>
internal sealed class VaultDouble(TimeProvider time) : HttpMessageHandler
{
    public const string RootToken = "root-token";
    public const string RoleId = "role-1";
    public const string SecretId = "secret-id-1";

    private readonly Dictionary<string, List<JsonObject?>> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TokenState> _tokens = new(StringComparer.Ordinal) { [RootToken] = new(null, null) };
    private readonly Queue<int> _script = new();
    private int _issued;
    private int _logins = int.MaxValue;

    public List<string> Requests { get; } = [];

    public bool IsSealed { get; set; }

    public bool IsDown { get; set; }

    /// <summary>Token of a service account that is let in as the role <c>aurum</c>.</summary>
    public string ServiceAccount { get; set; } = "jwt-1";

    /// <summary>Seconds that tokens of sign-ins are good for, and their longest life.</summary>
    public int LeaseSeconds { get; set; } = 60;

    public int LongestSeconds { get; set; } = 600;

    /// <summary>Paths that the policy does not allow.</summary>
    public HashSet<string> Denied { get; } = [];

    public string? ExpectedNamespace { get; set; }

    public VaultOptions Options { get; } = new() { Address = new Uri("http://vault.test:8200"), Token = RootToken };

    /// <summary>Answers the next requests with these statuses, whatever they are.</summary>
    public void Answer(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _script.Enqueue(status);
        }
    }

    public void Put(string path, params (string Field, string Value)[] fields)
    {
        var secret = new JsonObject();
        foreach (var (field, value) in fields)
        {
            secret[field] = value;
        }

        VersionsOf(path).Add(secret);
    }

    public void Put(string path, string json) => VersionsOf(path).Add(JsonNode.Parse(json)!.AsObject());

    public void DeleteNewest(string path) => VersionsOf(path)[^1] = null;

    public int Versions(string path) => VersionsOf(path).Count;

    public string? Field(string path, string field) => VersionsOf(path)[^1]?[field]?.GetValue<string>();

    /// <summary>A token as 'vault token create' makes it.</summary>
    public void Issue(string token, TimeSpan life, bool isRenewable)
    {
        var end = time.GetUtcNow() + life;
        _tokens[token] = new(end, end) { IsRenewable = isRenewable };
    }

    /// <summary>Sign-ins give batch tokens from now on, which are not renewed, and the secret id may be used so many times.</summary>
    public void GiveBatchTokens(int uses) => _logins = uses;

    /// <summary>The newest version, as JSON.</summary>
    public string? Newest(string path) => VersionsOf(path)[^1]?.ToJsonString();

    public void Revoke(string token) => _tokens.Remove(token);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath["/v1/".Length..];
        Requests.Add($"{request.Method} {path}");
        if (IsDown)
        {
            throw new HttpRequestException("Connection refused (vault.test:8200)");
        }

        if (_script.TryDequeue(out var status))
        {
            return Json(status, new JsonObject { ["errors"] = new JsonArray() });
        }

        if (path == "sys/health")
        {
            return Json(200, new JsonObject { ["version"] = "1.15.0", ["initialized"] = true, ["sealed"] = IsSealed, ["standby"] = false });
        }

        if (IsSealed)
        {
            return Failed(503, "Vault is sealed");
        }

        if (ExpectedNamespace is { } expected && HeaderOf(request, "X-Vault-Namespace") != expected)
        {
            return Failed(404, "no handler for route");
        }

        var body = request.Content is null ? null : JsonNode.Parse(request.Content.ReadAsStream(cancellationToken));
        return path.StartsWith("auth/", StringComparison.Ordinal) && path.EndsWith("/login", StringComparison.Ordinal)
            ? LogIn(path, body!.AsObject())
            : !IsLetIn(HeaderOf(request, "X-Vault-Token"), out var token) ? Failed(403, "permission denied")
            : path == "auth/token/lookup-self"
            ? Json(200, Outer(new JsonObject { ["ttl"] = Ttl(token), ["renewable"] = token.IsRenewable }))
            : path == "auth/token/renew-self" ? Renew(path, token)
            : Keep(request, path, body);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    private static string? HeaderOf(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private HttpResponseMessage LogIn(string path, JsonObject body)
    {
        var isKnown = path switch
        {
            "auth/approle/login" => body["role_id"]?.GetValue<string>() == RoleId && body["secret_id"]?.GetValue<string>() == SecretId,
            "auth/kubernetes/login" => body["role"]?.GetValue<string>() == "aurum" && body["jwt"]?.GetValue<string>() == ServiceAccount,
            _ => false,
        };
        var isRenewable = _logins == int.MaxValue;
        if (!isKnown || (!isRenewable && _logins-- <= 0))
        {
            return Failed(path.Contains("kubernetes", StringComparison.Ordinal) ? 403 : 400, "invalid role or secret ID");
        }

        var token = $"token-{++_issued}";
        var now = time.GetUtcNow();
        _tokens[token] = new TokenState(now.AddSeconds(LeaseSeconds), now.AddSeconds(LongestSeconds)) { IsRenewable = isRenewable };
        return Json(200, new JsonObject
        {
            ["auth"] = new JsonObject { ["client_token"] = token, ["lease_duration"] = LeaseSeconds, ["renewable"] = isRenewable },
        });
    }

    private HttpResponseMessage Renew(string path, TokenState token)
    {
        if (Denied.Contains(path) || !token.IsRenewable)
        {
            return Denied.Contains(path) ? Failed(403, "permission denied") : Failed(400, "lease is not renewable");
        }

        var wanted = time.GetUtcNow().AddSeconds(LeaseSeconds);
        token.EndsAt = wanted < token.LongestAt ? wanted : token.LongestAt;
        return Json(200, new JsonObject { ["auth"] = new JsonObject { ["lease_duration"] = Ttl(token), ["renewable"] = true } });
    }

    private bool IsLetIn(string? name, out TokenState token) =>
        _tokens.TryGetValue(name ?? "", out token!) && (token.EndsAt is null || token.EndsAt > time.GetUtcNow());

    private long Ttl(TokenState token) => token.EndsAt is { } end ? (long)(end - time.GetUtcNow()).TotalSeconds : 0;

    private HttpResponseMessage Keep(HttpRequestMessage request, string path, JsonNode? body)
    {
        var parts = path.Split('/', 3);
        var name = $"{parts[0]}/data/{parts[2]}";
        if (Denied.Contains(name))
        {
            return Failed(403, "1 error occurred: permission denied");
        }

        return (request.Method.Method, parts[1]) switch
        {
            ("GET", "data") => Read(name, request.RequestUri!.Query),
            ("POST", "data") => Write(name, body!.AsObject()),
            ("LIST", "metadata") => List(name),
            ("GET", "metadata") => Metadata(name),
            _ => Failed(405, "unsupported operation"),
        };
    }

    private HttpResponseMessage Read(string name, string query)
    {
        var versions = VersionsOf(name);
        var number = query.Length > 0 ? int.Parse(query["?version=".Length..], CultureInfo.InvariantCulture) : versions.Count;
        if (number < 1 || number > versions.Count)
        {
            return Json(404, new JsonObject { ["errors"] = new JsonArray() });
        }

        var data = versions[number - 1];
        return Json(data is null ? 404 : 200, Outer(new JsonObject { ["data"] = data?.DeepClone(), ["metadata"] = Of(number) }));
    }

    private HttpResponseMessage Write(string name, JsonObject body)
    {
        var versions = VersionsOf(name);
        if (body["options"]?["cas"]?.GetValue<int>() is { } expected && expected != versions.Count)
        {
            return Failed(400, "check-and-set parameter did not match the current version");
        }

        versions.Add(body["data"]!.DeepClone().AsObject());
        return Json(200, Outer(Of(versions.Count)));
    }

    private HttpResponseMessage List(string folder)
    {
        var prefix = folder + "/";
        var names = _secrets.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && _secrets[k].Count > 0)
            .Select(k => k[prefix.Length..]).Select(static k => k.Contains('/') ? k[..(k.IndexOf('/') + 1)] : k)
            .Distinct().Order().ToList();
        return names.Count == 0
            ? Json(404, new JsonObject { ["errors"] = new JsonArray() })
            : Json(200, Outer(new JsonObject { ["keys"] = new JsonArray([.. names.Select(static n => (JsonNode)n!)]) }));
    }

    private HttpResponseMessage Metadata(string name)
    {
        var versions = VersionsOf(name);
        if (versions.Count == 0)
        {
            return Json(404, new JsonObject { ["errors"] = new JsonArray() });
        }

        var all = new JsonObject();
        for (var i = 1; i <= versions.Count; i++)
        {
            all[i.ToString(CultureInfo.InvariantCulture)] = Of(i, versions[i - 1] is null ? "2025-11-04T20:00:00Z" : "");
        }

        return Json(200, Outer(new JsonObject
        {
            ["current_version"] = versions.Count, ["oldest_version"] = 0, ["max_versions"] = 0, ["versions"] = all,
        }));
    }

    private static JsonObject Of(int version, string deleted = "") => new()
    {
        ["version"] = version, ["created_time"] = $"2025-11-0{version}T00:00:00Z", ["deletion_time"] = deleted, ["destroyed"] = false,
    };

    private List<JsonObject?> VersionsOf(string path)
    {
        if (!_secrets.TryGetValue(path, out var versions))
        {
            _secrets[path] = versions = [];
        }

        return versions;
    }

    private static JsonObject Outer(JsonObject data) => new() { ["data"] = data };

    private static HttpResponseMessage Failed(int status, string error) =>
        Json(status, new JsonObject { ["errors"] = new JsonArray(error) });

    private static HttpResponseMessage Json(int status, JsonObject body) => new((HttpStatusCode)status)
    {
        Content = new StringContent(body.ToJsonString(JsonSerializerOptions.Default), Encoding.UTF8, "application/json"),
    };

    private sealed class TokenState(DateTimeOffset? endsAt, DateTimeOffset? longestAt)
    {
        public DateTimeOffset? EndsAt { get; set; } = endsAt;

        public DateTimeOffset? LongestAt { get; } = longestAt;

        public bool IsRenewable { get; init; } = endsAt is not null;
    }
}
