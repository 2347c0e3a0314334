using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>What a person should look at as events of <c>alert.v1</c>: a delivery that the gate stopped or held rows of back, and files
/// that could not be read; and how runs of scenarios ended. The key is the alert's id, which is the same whenever it is sent.</summary>
/// <remarks>What is found by looking at stored rows later (balances, histories, days that are late) is no part of a delivery, and is asked
/// for: the table <c>warnings</c>, <c>aurum status</c>.</remarks>
internal static class AlertEvents
{
    private const string Stopped = "BatchFailed";
    private const string HeldBack = "PassWithQuarantine";

    private static readonly EventTopic Topic = EventTopics.Find(EventTopics.AlertTopic);

    private static readonly (int Data, int Pipeline, int Operations) Categories =
        (Category("DATA_QUALITY"), Category("PIPELINE"), Category("OPERATIONS"));

    private static readonly (int Info, int Warn, int Critical) Severities = (Severity("INFO"), Severity("WARN"), Severity("CRITICAL"));

    /// <summary>A gate that stopped a delivery is critical; one that held rows back is a warning; another has no alert.</summary>
    public static void WriteGate(OutboxEntry entry, GateResult gate, EventSchemaIds ids, EventBatch output)
    {
        var record = gate.Record;
        if (record.Overall is not (Stopped or HeldBack))
        {
            return;
        }

        var isStopped = record.Overall == Stopped;
        Write(
            entry, "gate", Categories.Data, isStopped ? Severities.Critical : Severities.Warn,
            isStopped
                ? $"{record.Suite} stopped the delivery of {Of(entry)}: {record.Rows} rows were not stored"
                : $"{record.Suite} held {record.Quarantined} of {record.Rows} rows back, {Of(entry)}",
            record.Failed, ids, output);
    }

    /// <summary>A file that could not be read is a warning; a delivery of which nothing could be read is critical. Files that the gate
    /// stopped were read: the alert of the gate tells of them.</summary>
    public static void WriteUnread(SinkDelivery delivery, EventSchemaIds ids, EventBatch output)
    {
        var all = delivery.DeadLetters();
        var letters = all.Where(static l => !GateRecord.IsOfStop(l.Expected)).ToList();
        var (entry, isMalformed) = (delivery.Entry, delivery.Entry.Outcome == Outcome.Malformed);
        if (letters.Count == 0 && (all.Count > 0 || !isMalformed))
        {
            return;
        }

        Write(
            entry, "unread", Categories.Pipeline, isMalformed && letters.Count == all.Count ? Severities.Critical : Severities.Warn,
            letters is [var first, ..]
                ? $"{letters.Count} files or parts of them could not be read, {Of(entry)}: {first.Place}: expected {first.Expected}, "
                    + $"found {first.Found}"
                : $"nothing was stored, {Of(entry)}: {delivery.Why()}",
            null, ids, output);
    }

    /// <summary>How a run of a scenario ended: a warning where it failed. The id is that of the run and the state: a run ends once, so that
    /// what comes twice is the same.</summary>
    /// <param name="run">Run.</param>
    /// <param name="ended">When.</param>
    /// <param name="payload">JSON.</param>
    /// <param name="ids">Ids of the schemas.</param>
    /// <param name="output">Takes the event.</param>
    public static void WriteRun(RunRecord run, Instant ended, string payload, EventSchemaIds ids, EventBatch output)
    {
        var word = run.State.Word();
        var value = Begin($"scenario-run:{run.Id}:{word}", run.Tenant, ended, ids, output);
        value.WriteLong(Categories.Operations);
        value.WriteLong(run.State is RunState.Failed or RunState.Timeout ? Severities.Warn : Severities.Info);
        End(
            "aurum.scenario", $"run {run.Id} of scenario {run.ScenarioId}: {word}{(run.Error is null ? "" : $": {run.Error}")}", payload,
            ended, output);
    }

    private static void Write(
        OutboxEntry entry, string what, int category, int severity, string message, string? payload, EventSchemaIds ids, EventBatch output)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"delivery/{entry.Id}/{what}");
        var value = Begin(id, tenant: null, entry.KnownAt, ids, output);
        value.WriteLong(category);
        value.WriteLong(severity);
        End(entry.Feed.Text, message, payload, entry.KnownAt, output);
    }

    private static AvroBuffer Begin(string id, string? tenant, Instant at, EventSchemaIds ids, EventBatch output)
    {
        output.BeginKey(Topic, at.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes(id));
        output.BeginValue(ids(Topic));
        output.Open.WriteText(id);
        output.Open.OptionalText(tenant);
        return output.Open;
    }

    private static void End(string source, string message, string? payload, Instant at, EventBatch output)
    {
        output.Open.WriteText(source);
        output.Open.WriteText(message);
        output.Open.OptionalText(payload);
        output.Open.WriteLong(at.ToMicros());
        output.End();
    }

    private static int Category(string symbol) => Topic.Contract.SymbolIndex("category", symbol);

    private static int Severity(string symbol) => Topic.Contract.SymbolIndex("severity", symbol);

    private static string Of(OutboxEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Feed} {entry.Day:uuuu-MM-dd}");
}
