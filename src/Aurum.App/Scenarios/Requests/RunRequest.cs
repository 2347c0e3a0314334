using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.Cluster.Kafka;
using Aurum.Store.Avro;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>An order of a run as a message has it: contract <c>scenario.request.v1</c>.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="Metadata">What else is known of it: <c>run_id</c>, <c>scenario_version</c>, <c>input_hash</c>, <c>curve_branch</c>,
/// <c>seed</c>, <c>max_memory_mb</c>.</param>
internal sealed record RunRequest(string Tenant, string ScenarioId, IReadOnlyDictionary<string, string> Metadata)
{
    private const int LeastMemoryMiB = 1_024;

    /// <summary>The run, where it was ordered before the message was written.</summary>
    public string? RunId => Metadata.GetValueOrDefault("run_id");

    public string Priority { get; private init; } = "normal";

    public LocalDate? AsOf { get; private init; }

    public IReadOnlyList<string> CurveKeys { get; private init; } = [];

    /// <summary>Drivers: kind, and payload as JSON. None: those of the scenario.</summary>
    public IReadOnlyList<(string Type, string Payload)> Assumptions { get; private init; } = [];

    public string? IdempotencyKey { get; private init; }

    public int TimeoutMinutes { get; private init; }

    public int MaxRetries { get; private init; }

    /// <summary>Memory that the worker must have, MiB; 0: nothing is said of it.</summary>
    public int MemoryMiB { get; private init; }

    /// <summary>Abilities that the worker must have.</summary>
    public IReadOnlyList<string> Abilities { get; private init; } = [];

    /// <summary>Where it stands among those that wait.</summary>
    public RunPriority Urgency => Enum.TryParse<RunPriority>(Priority, ignoreCase: true, out var priority) ? priority : RunPriority.Normal;

    /// <exception cref="RequestRefusedException">The tenant of its header is another one.</exception>
    public static RunRequest Of(AvroRecord value, RequestMessage message)
    {
        var tenant = Text(value, "tenant_id");
        if (message.Headers.TryGetValue(KafkaHeaders.Tenant, out var named) && named != tenant)
        {
            throw new RequestRefusedException("tenant", $"tenant_id: expected the tenant of the header, '{named}', found '{tenant}'");
        }

        var needs = value["worker_requirements"] as AvroRecord;
        return new RunRequest(tenant, Text(value, "scenario_id"), Map(value["metadata"]))
        {
            Priority = Text(value, "priority"),
            AsOf = value["asof_date"] is int day ? new LocalDate(1970, 1, 1).PlusDays(day) : null,
            CurveKeys = Texts(value["curve_def_ids"]),
            Assumptions = [.. Items(value["assumptions"]).OfType<AvroRecord>().Select(static a => (Text(a, "type"), Text(a, "payload")))],
            IdempotencyKey = value["idempotency_key"] as string,
            TimeoutMinutes = Number(value, "timeout_minutes"),
            MaxRetries = Number(value, "max_retries"),
            MemoryMiB = needs is null ? 0 : Number(needs, "min_memory_mb"),
            Abilities = needs is null ? [] : Texts(needs["required_capabilities"]),
        };
    }

    /// <summary>The same as <c>POST /v1/scenarios/{id}/run</c> takes it.</summary>
    /// <param name="key">What names the order for good.</param>
    public byte[] ToChoices(string key)
    {
        var parameters = new JsonObject();
        if (AsOf is { } day)
        {
            parameters["asof_date"] = day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        }

        if (CurveKeys.Count > 0)
        {
            parameters["curves"] = new JsonArray([.. CurveKeys.Select(static k => new JsonObject { ["curve_key"] = k })]);
        }

        var choices = new JsonObject
        {
            ["priority"] = Priority,
            ["timeout_minutes"] = TimeoutMinutes,
            ["max_retries"] = MaxRetries,
            ["max_memory_mb"] = WholeOf("max_memory_mb") ?? (ulong)Math.Max(LeastMemoryMiB, MemoryMiB),
            ["parameters"] = parameters,
            ["idempotency_key"] = key,
        };
        if (WholeOf("seed") is { } seed)
        {
            choices["seed"] = seed;
        }

        return Encoding.UTF8.GetBytes(choices.ToJsonString());
    }

    /// <summary>A number of the metadata; null where it has none.</summary>
    /// <exception cref="RequestRefusedException">It is none.</exception>
    public ulong? WholeOf(string name) => !Metadata.TryGetValue(name, out var text) ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RequestRefusedException("invalid", $"metadata.{name}: expected a whole number, found '{text}'");

    private static string Text(AvroRecord record, string field) => record[field] as string ?? "";

    private static int Number(AvroRecord record, string field) => record[field] is int number ? number : 0;

    private static IEnumerable<object?> Items(object? list) => list as IEnumerable<object?> ?? [];

    private static IReadOnlyList<string> Texts(object? list) => [.. Items(list).OfType<string>()];

    private static Dictionary<string, string> Map(object? map) =>
        (map as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(
            static e => e.Key, static e => e.Value as string ?? "", StringComparer.Ordinal);
}
