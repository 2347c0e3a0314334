using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>A schema registry: answers the requests of Confluent's REST interface over Avro schemas, without HTTP. Safe from several
/// threads; ids stay what they are through restarts.</summary>
/// <remarks>Source: API reference of Confluent Schema Registry. Types other than AVRO are refused.</remarks>
public sealed class RegistryService : IDisposable
{
    /// <summary>Letters of a request's body.</summary>
    public const int MaxBodyLetters = 8 << 20;

    private readonly Lock _turn = new();
    private readonly RegistryBook _book;
    private readonly SubjectRequests _subjects;
    private readonly SchemaRequests _schemas;
    private readonly SettingRequests _settings;

    /// <param name="path">File that it keeps everything in.</param>
    /// <exception cref="IOException">Another registry has the file open.</exception>
    public RegistryService(string path)
    {
        _book = new RegistryBook(path);
        _subjects = new SubjectRequests(_book);
        _schemas = new SchemaRequests(_book);
        _settings = new SettingRequests(_book);
    }

    /// <summary>How it gets at the disk.</summary>
    internal RegistryDisk Disk
    {
        set => _book.Disk = value;
    }

    public RegistryAnswer Answer(RegistryRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        try
        {
            lock (_turn)
            {
                return Route(request, parts)
                    ?? RegistryAnswer.Error(404, $"HTTP 404 Not Found: {request.Method} {request.Path}");
            }
        }
        catch (RegistryRefusal refusal)
        {
            return RegistryAnswer.Error(refusal.Code, refusal.Message);
        }
        catch (IOException error)
        {
            return RegistryAnswer.Error(RegistryErrors.Backend, $"Error in the backend data store: {error.Message}");
        }
        catch (FormatException error)
        {
            return RegistryAnswer.Error(RegistryErrors.InvalidSchema, error.Message);
        }
    }

    public void Dispose() => _book.Dispose();

    private RegistryAnswer? Route(RegistryRequest request, string[] parts) => (request.Method, parts) switch
    {
        ("GET", []) => RegistryAnswer.Of(new JsonObject()),
        ("GET", ["subjects"]) => _subjects.List(request),
        ("GET", ["subjects", var s, "versions"]) => _subjects.Versions(s, request),
        ("POST", ["subjects", var s, "versions"]) => _subjects.Register(s, SchemaBody.Of(request)),
        ("POST", ["subjects", var s]) => _subjects.LookUp(s, SchemaBody.Of(request), request.Is("deleted")),
        ("DELETE", ["subjects", var s]) => _subjects.Delete(s, request.Is("permanent")),
        ("GET", ["subjects", var s, "versions", var v]) => _subjects.Version(s, v, request.Is("deleted")),
        ("GET", ["subjects", var s, "versions", var v, "schema"]) => _subjects.SchemaText(s, v, request.Is("deleted")),
        ("GET", ["subjects", var s, "versions", var v, "referencedby"]) => _subjects.ReferencedBy(s, v),
        ("DELETE", ["subjects", var s, "versions", var v]) => _subjects.DeleteVersion(s, v, request.Is("permanent")),
        ("GET", ["schemas", "types"]) => RegistryAnswer.Of(new JsonArray(SchemaBody.Avro)),
        ("GET", ["schemas", "ids", var id]) => _schemas.ById(id),
        ("GET", ["schemas", "ids", var id, "schema"]) => _schemas.TextById(id),
        ("GET", ["schemas", "ids", var id, "versions"]) => _schemas.VersionsOf(id, request.Is("deleted")),
        ("GET", ["schemas", "ids", var id, "subjects"]) => _schemas.SubjectsOf(id, request.Is("deleted")),
        ("POST", ["compatibility", "subjects", var s, "versions"]) =>
            _schemas.IsCompatible(s, null, SchemaBody.Of(request), request.Is("verbose")),
        ("POST", ["compatibility", "subjects", var s, "versions", var v]) =>
            _schemas.IsCompatible(s, v, SchemaBody.Of(request), request.Is("verbose")),
        (var method, ["config"]) => _settings.Level(method, RegistryBook.AllSubjects, request),
        (var method, ["config", var s]) => _settings.Level(method, s, request),
        (var method, ["mode"]) => _settings.Mode(method, RegistryBook.AllSubjects, request),
        (var method, ["mode", var s]) => _settings.Mode(method, s, request),
        _ => null,
    };
}

/// <summary>The schema that a request is about.</summary>
/// <param name="Text">The schema, as JSON without needless spaces: how it is compared and kept.</param>
/// <param name="References">Schemas that it uses.</param>
/// <param name="Id">Number that it is to have, where a registry is copied.</param>
/// <param name="Version">Version that it is to have.</param>
internal sealed record SchemaBody(string Text, IReadOnlyList<RegistryReference> References, int? Id, int? Version)
{
    public const string Avro = "AVRO";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="RegistryRefusal">Not such a body.</exception>
    public static SchemaBody Of(RegistryRequest request)
    {
        var body = Object(request);
        var type = TextOf(body, "schemaType") ?? Avro;
        if (type != Avro)
        {
            throw Refused($"Invalid schema type '{type}': this registry takes {Avro}");
        }

        var schema = TextOf(body, "schema") ?? throw Refused("Empty schema: expected the schema as a text under \"schema\"");
        return new SchemaBody(Minified(schema), ReferencesOf(body), Whole(body, "id"), Whole(body, "version"));
    }

    /// <summary>A body that is a JSON object.</summary>
    public static JsonObject Object(RegistryRequest request)
    {
        if (request.Body.Length > RegistryService.MaxBodyLetters)
        {
            throw Refused($"expected a body of at most {RegistryService.MaxBodyLetters} letters, found {request.Body.Length}");
        }

        try
        {
            var body = JsonNode.Parse(request.Body) as JsonObject ?? throw Refused("expected a JSON object as body");

            // Looks at all names: one that stands twice is an ArgumentException.
            _ = body.Count;
            return body;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw Refused($"expected a JSON object as body: {error.Message}");
        }
    }

    public static string? TextOf(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static int? Whole(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<int>(out var number) && number > 0 ? number : null;

    private static string Minified(string schema)
    {
        try
        {
            return JsonNode.Parse(schema)?.ToJsonString(Plain) ?? throw Refused("Invalid schema: expected an Avro schema, found null");
        }
        catch (JsonException)
        {
            // A bare name of a primitive type, as some clients send it.
            return schema.All(char.IsAsciiLetter)
                ? $"\"{schema}\""
                : throw Refused($"Invalid schema: expected JSON, found {schema[..Math.Min(schema.Length, 80)]}");
        }
    }

    private static IReadOnlyList<RegistryReference> ReferencesOf(JsonObject body) => body["references"] is not JsonArray list
        ? []
        :
        [
            .. list.Select(static r => r is JsonObject item && TextOf(item, "name") is { } name && TextOf(item, "subject") is { } subject
                && Whole(item, "version") is { } version
                    ? new RegistryReference(name, subject, version)
                    : throw Refused("Invalid schema: expected references with name, subject and version")),
        ];

    private static RegistryRefusal Refused(string message) => new(RegistryErrors.InvalidSchema, message);
}
