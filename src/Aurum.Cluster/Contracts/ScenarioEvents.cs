using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Store.Avro;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>Runs of scenarios as events of <c>scenario.request.v1</c>, what they came to as <c>scenario.output.v1</c>; the key is
/// tenant and scenario. How they ended as <c>alert.v1</c>.</summary>
public static class ScenarioEvents
{
    /// <summary>Where orders of runs, what they came to and how they ended go.</summary>
    public static IReadOnlyList<EventTopic> Topics { get; } =
    [
        .. new[]
        {
            EventTopics.ScenarioRequestTopic, "aurum.scenario.request.retry.v1", EventTopics.ScenarioOutputTopic, EventTopics.AlertTopic,
        }.Select(EventTopics.Find),
    ];

    /// <summary>The order of a run.</summary>
    /// <param name="run">Run.</param>
    /// <param name="scenario">The version of the scenario that is run.</param>
    /// <param name="requestedBy">Who asked.</param>
    /// <param name="asOf">As-of date that was asked for; null: the latest.</param>
    /// <param name="curveKeys">Curves that were asked for; none: all that the drivers name.</param>
    /// <param name="ids">Ids of the schemas.</param>
    /// <param name="output">Takes the event.</param>
    /// <param name="topic">Topic of requests, or of those that are tried again.</param>
    public static void WriteRequest(
        RunRecord run, ScenarioRecord scenario, string requestedBy, LocalDate? asOf, IReadOnlyList<string> curveKeys,
        EventSchemaIds ids, EventBatch output, string topic = EventTopics.ScenarioRequestTopic)
    {
        var value = Begin(EventTopics.Find(topic), run, run.QueuedAt, ids, output);
        value.WriteText(run.ScenarioId);
        value.WriteText(run.Tenant);
        value.WriteText(requestedBy);
        value.OptionalLong(asOf?.ToDays());
        value.Texts(curveKeys);
        WriteAssumptions(value, scenario.Assumptions);
        value.WriteLong(run.QueuedAt.ToMicros());
        value.WriteText(run.Priority.Word());
        value.WriteLong(run.TimeoutMinutes);
        value.WriteLong(run.MaxRetries);
        value.WriteLong(run.RetryCount);
        value.OptionalText(run.IdempotencyKey);
        value.Null();
        value.OptionalLong(run.NotBefore is { } due ? Math.Max(0, (long)Math.Ceiling((due - run.QueuedAt).TotalSeconds)) : null);
        value.WriteText("exponential_backoff");
        value.Null();
        value.OptionalMap(
            ("run_id", run.Id), ("scenario_version", run.ScenarioVersion.ToString(CultureInfo.InvariantCulture)),
            ("input_hash", run.InputHash));
        output.End();
    }

    /// <summary>A number that a run came to. Base, unit and name of the curve, which the contract lacks, are not in it.</summary>
    public static void WriteOutput(RunRecord run, OutputRecord row, EventSchemaIds ids, EventBatch output)
    {
        var computed = run.CompletedAt ?? throw new ArgumentException($"expected a run that succeeded, found {run.Id}", nameof(run));
        var value = Begin(EventTopics.Find(EventTopics.ScenarioOutputTopic), run, computed, ids, output);
        value.WriteText(run.ScenarioId);
        value.WriteText(run.Tenant);
        value.OptionalText(run.Id);
        value.WriteLong(row.AsOf.ToDays());
        value.WriteText(row.CurveKey);
        value.WriteText(row.TenorType);
        value.OptionalLong(row.ContractMonth.ToDays());
        value.WriteText(row.TenorLabel);
        value.WriteText(row.Metric);
        value.WriteDouble(row.Value);
        value.OptionalNumber(row.BandLower);
        value.OptionalNumber(row.BandUpper);
        WriteAttribution(value, row.Attribution);
        value.WriteText(row.VersionHash);
        value.WriteLong(computed.ToMicros());
        output.End();
    }

    /// <summary>How a run ended, as an alert.</summary>
    public static void WriteStatus(RunRecord run, EventSchemaIds ids, EventBatch output)
    {
        var ended = run.CompletedAt ?? throw new ArgumentException($"expected a run that has ended, found {run.Id}", nameof(run));
        var payload = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["run_id"] = run.Id,
            ["scenario_id"] = run.ScenarioId,
            ["scenario_version"] = run.ScenarioVersion,
            ["status"] = run.State.Word(),
            ["priority"] = run.Priority.Word(),
            ["retry_count"] = run.RetryCount,
            ["output_rows"] = run.OutputRows,
            ["output_hash"] = run.OutputHash,
            ["error"] = run.Error,
        });
        AlertEvents.WriteRun(run, ended, payload, ids, output);
    }

    private static AvroBuffer Begin(EventTopic topic, RunRecord run, Instant at, EventSchemaIds ids, EventBatch output)
    {
        output.BeginKey(topic, at.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes($"{run.Tenant}|{run.ScenarioId}"));
        output.BeginValue(ids(topic));
        return output.Open;
    }

    /// <summary>A JSON list of drivers: <c>{driver_type, payload, version?}</c>.</summary>
    private static void WriteAssumptions(AvroBuffer value, string json)
    {
        using var list = JsonDocument.Parse(json);
        var count = list.RootElement.GetArrayLength();
        if (count > 0)
        {
            value.WriteLong(count);
            var number = 0;
            foreach (var driver in list.RootElement.EnumerateArray())
            {
                number++;
                value.WriteText(Text(driver, "assumption_id") ?? number.ToString(CultureInfo.InvariantCulture));
                value.WriteText(Text(driver, "driver_type") ?? Text(driver, "type") ?? "");
                value.WriteText(driver.TryGetProperty("payload", out var payload) ? payload.GetRawText() : "{}");
                value.OptionalText(Text(driver, "version"));
            }
        }

        value.WriteLong(0);
    }

    /// <summary>A JSON list of components and deltas; an empty one is null.</summary>
    private static void WriteAttribution(AvroBuffer value, string json)
    {
        using var list = JsonDocument.Parse(json);
        var count = list.RootElement.GetArrayLength();
        if (count == 0)
        {
            value.Null();
            return;
        }

        value.WriteLong(1);
        value.WriteLong(count);
        foreach (var part in list.RootElement.EnumerateArray())
        {
            value.WriteText(part.GetProperty("component").GetString()!);
            value.WriteDouble(part.GetProperty("delta").GetDouble());
        }

        value.WriteLong(0);
    }

    private static string? Text(JsonElement driver, string name) =>
        !driver.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.GetRawText();
}
