using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>Speaks with a schema registry. What it has learnt of ids stays true, so it is asked for nothing twice: schemas that are known
/// go on working while the registry is down. Safe from several threads.</summary>
public sealed class RegistryClient : IDisposable
{
    /// <summary>Schemas that are remembered.</summary>
    private const int MaxRemembered = 10_000;

    private readonly RegistryTransport _transport;
    private readonly ConcurrentDictionary<int, RegisteredSchema> _byId = new();
    private readonly ConcurrentDictionary<(string Subject, string Text), int> _ids = new();

    /// <param name="options">Which registry.</param>
    /// <param name="jitter">Chance in the waits between tries.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="handler">What carries requests; null: the network.</param>
    public RegistryClient(RegistryOptions options, Random jitter, TimeProvider time, HttpMessageHandler? handler = null) =>
        _transport = new RegistryTransport(options.Check(), jitter, time, handler);

    /// <summary>Stores a schema as the next version of a subject, or finds the one that it is.</summary>
    /// <returns>Number of the schema.</returns>
    /// <exception cref="RegistryException">It was refused, or the registry is down and the schema is not known yet.</exception>
    public async Task<int> Register(
        string subject, string schema, CancellationToken cancel, IReadOnlyList<RegistryReference>? references = null)
    {
        if (_ids.TryGetValue((subject, schema), out var known))
        {
            return known;
        }

        var answer = await _transport.Send(HttpMethod.Post, $"subjects/{Escaped(subject)}/versions", Body(schema, references), cancel);
        return Remember(subject, schema, Number(answer, "id"));
    }

    /// <summary>Finds a schema among the versions of a subject; null: it is none of them.</summary>
    public async Task<SubjectVersion?> LookUp(
        string subject, string schema, CancellationToken cancel, IReadOnlyList<RegistryReference>? references = null)
    {
        try
        {
            var answer = await _transport.Send(HttpMethod.Post, $"subjects/{Escaped(subject)}", Body(schema, references), cancel);
            var found = VersionOf(answer);
            Remember(subject, schema, found.Id);
            return found;
        }
        catch (RegistryException error) when (error.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A schema by its number.</summary>
    public async Task<RegisteredSchema> ById(int id, CancellationToken cancel)
    {
        if (_byId.TryGetValue(id, out var known))
        {
            return known;
        }

        var answer = await _transport.Send(HttpMethod.Get, $"schemas/ids/{id.ToString(CultureInfo.InvariantCulture)}", null, cancel);
        var schema = new RegisteredSchema(id, Text(answer, "schema"), ReferencesOf(answer));
        if (_byId.Count < MaxRemembered)
        {
            _byId[id] = schema;
        }

        return schema;
    }

    public async Task<IReadOnlyList<string>> Subjects(CancellationToken cancel) =>
        [.. Items(await _transport.Send(HttpMethod.Get, "subjects", null, cancel)).Select(static i => i!.GetValue<string>())];

    /// <summary>Numbers of a subject's versions.</summary>
    public async Task<IReadOnlyList<int>> Versions(string subject, CancellationToken cancel) =>
        [.. Items(await _transport.Send(HttpMethod.Get, $"subjects/{Escaped(subject)}/versions", null, cancel)).Select(NumberOf)];

    /// <summary>A version of a subject.</summary>
    /// <param name="subject">Subject.</param>
    /// <param name="version">Number; null: the latest.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<SubjectVersion> Version(string subject, int? version, CancellationToken cancel) => VersionOf(
        await _transport.Send(HttpMethod.Get, $"subjects/{Escaped(subject)}/versions/{Word(version)}", null, cancel));

    /// <summary>What a schema would break, a sentence each; none: nothing. A subject that is not there breaks nothing.</summary>
    public async Task<IReadOnlyList<string>> WouldBreak(
        string subject, string schema, CancellationToken cancel, IReadOnlyList<RegistryReference>? references = null)
    {
        try
        {
            var answer = await _transport.Send(
                HttpMethod.Post, $"compatibility/subjects/{Escaped(subject)}/versions/latest?verbose=true", Body(schema, references),
                cancel);
            if (answer?["is_compatible"]?.GetValue<bool>() == true)
            {
                return [];
            }

            var messages = Items(answer?["messages"]).Select(static m => m!.GetValue<string>()).ToList();
            return messages.Count > 0 ? messages : ["the registry says that it is incompatible, and not why"];
        }
        catch (RegistryException error) when (error.ErrorCode is RegistryErrors.SubjectNotFound or RegistryErrors.VersionNotFound)
        {
            return [];
        }
    }

    /// <summary>The level of a subject, or of all; null: the subject has none of its own.</summary>
    public async Task<string?> Level(string? subject, CancellationToken cancel)
    {
        try
        {
            return Text(await _transport.Send(HttpMethod.Get, ConfigOf(subject), null, cancel), "compatibilityLevel");
        }
        catch (RegistryException error) when (error.Status == 404 && subject is not null)
        {
            return null;
        }
    }

    public Task SetLevel(string? subject, string level, CancellationToken cancel) =>
        _transport.Send(HttpMethod.Put, ConfigOf(subject), new JsonObject { ["compatibility"] = level }, cancel);

    /// <summary>READWRITE, READONLY or IMPORT: of a subject, or of all.</summary>
    public async Task<string> Mode(string? subject, CancellationToken cancel) => Text(
        await _transport.Send(
            HttpMethod.Get, subject is null ? "mode" : $"mode/{Escaped(subject)}?defaultToGlobal=true", null, cancel),
        "mode");

    public Task SetMode(string? subject, string mode, CancellationToken cancel) => _transport.Send(
        HttpMethod.Put, subject is null ? "mode" : $"mode/{Escaped(subject)}", new JsonObject { ["mode"] = mode }, cancel);

    /// <summary>Hides a subject with all its versions, or forgets a hidden one for good.</summary>
    /// <returns>Numbers of the versions.</returns>
    public async Task<IReadOnlyList<int>> Delete(string subject, bool isForGood, CancellationToken cancel)
    {
        Forget(subject);
        return [.. Items(await _transport.Send(
            HttpMethod.Delete, $"subjects/{Escaped(subject)}{(isForGood ? "?permanent=true" : "")}", null, cancel)).Select(NumberOf)];
    }

    /// <summary>The same with one version.</summary>
    public Task DeleteVersion(string subject, int version, bool isForGood, CancellationToken cancel)
    {
        Forget(subject);
        return _transport.Send(
            HttpMethod.Delete,
            $"subjects/{Escaped(subject)}/versions/{Word(version)}{(isForGood ? "?permanent=true" : "")}",
            null,
            cancel);
    }

    public void Dispose() => _transport.Dispose();

    private static string Escaped(string subject) => Uri.EscapeDataString(subject);

    private static string ConfigOf(string? subject) => subject is null ? "config" : $"config/{Escaped(subject)}";

    private static string Word(int? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "latest";

    private static JsonObject Body(string schema, IReadOnlyList<RegistryReference>? references)
    {
        var body = new JsonObject { ["schema"] = schema };
        if (references is { Count: > 0 })
        {
            body["references"] = new JsonArray(
            [
                .. references.Select(static r => new JsonObject { ["name"] = r.Name, ["subject"] = r.Subject, ["version"] = r.Version }),
            ]);
        }

        return body;
    }

    private static IReadOnlyList<RegistryReference> ReferencesOf(JsonNode? answer) => answer?["references"] is not JsonArray list
        ? []
        : [.. list.Select(static r => new RegistryReference(Text(r, "name"), Text(r, "subject"), Number(r, "version")))];

    private static SubjectVersion VersionOf(JsonNode? answer) => new(
        Text(answer, "subject"), Number(answer, "version"), Number(answer, "id"), Text(answer, "schema"), ReferencesOf(answer));

    private static IEnumerable<JsonNode?> Items(JsonNode? answer) => answer as JsonArray ?? throw Odd("a list");

    private static string Text(JsonNode? answer, string name) =>
        answer is JsonObject body && body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Odd(name);

    private static int Number(JsonNode? answer, string name) => answer is JsonObject body ? NumberOf(body[name]) : throw Odd(name);

    private static int NumberOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<int>(out var number) ? number : throw Odd("a number");

    private static RegistryException Odd(string expected) =>
        new($"expected {expected} in the registry's answer, found something else") { Status = 502 };

    private int Remember(string subject, string schema, int id)
    {
        if (_ids.Count < MaxRemembered)
        {
            _ids[(subject, schema)] = id;
        }

        return id;
    }

    private void Forget(string subject)
    {
        foreach (var key in _ids.Keys.Where(k => k.Subject == subject))
        {
            _ids.TryRemove(key, out _);
        }
    }
}

/// <summary>A schema with its number.</summary>
public sealed record RegisteredSchema(int Id, string Text, IReadOnlyList<RegistryReference> References);

/// <summary>A version of a subject.</summary>
public sealed record SubjectVersion(string Subject, int Version, int Id, string Text, IReadOnlyList<RegistryReference> References);
