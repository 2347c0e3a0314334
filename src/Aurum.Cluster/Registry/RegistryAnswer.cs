using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>A request to the registry.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Path with its escapes: <c>/subjects/a%2Fb/versions</c>.</param>
/// <param name="Query">Parameters.</param>
/// <param name="Body">JSON; empty where there is none.</param>
public sealed record RegistryRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Body = "")
{
    public bool Is(string parameter) => Query.TryGetValue(parameter, out var value) && value == "true";
}

/// <summary>What the registry answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">Body.</param>
public sealed record RegistryAnswer(int Status, JsonNode? Json)
{
    public const string ContentType = "application/vnd.schemaregistry.v1+json";

    public static RegistryAnswer Of(JsonNode? json) => new(200, json);

    public static RegistryAnswer Error(int code, string message) => new(
        code < 1000 ? code : code / 100, new JsonObject { ["error_code"] = code, ["message"] = message });
}

/// <summary>A request that can't be done: the answer says why.</summary>
internal sealed class RegistryRefusal(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
