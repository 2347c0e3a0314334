using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;

namespace Aurum.Cluster.Contracts;

/// <summary>What a person should look at as events of <c>alert.v1</c>: a delivery that the gate stopped or held rows of back, and files
/// that could not be read. The key is the alert's id, which is the same whenever the delivery is sent.</summary>
/// <remarks>What is found by looking at stored rows later (balances, histories, days that are late) is no part of a delivery, and is asked
/// for: the table <c>warnings</c>, <c>aurum status</c>.</remarks>
internal static class AlertEvents
{
    private const string Stopped = "BatchFailed";
    private const string HeldBack = "PassWithQuarantine";

    private static readonly EventTopic Topic = EventTopics.Find(EventTopics.AlertTopic);

    private static readonly (int Data, int Pipeline) Categories =
        (Topic.Contract.SymbolIndex("category", "DATA_QUALITY"), Topic.Contract.SymbolIndex("category", "PIPELINE"));

    private static readonly (int Warn, int Critical) Severities =
        (Topic.Contract.SymbolIndex("severity", "WARN"), Topic.Contract.SymbolIndex("severity", "CRITICAL"));

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

    /// <summary>A file that could not be read is a warning; a delivery of which nothing could be read is critical.</summary>
    public static void WriteUnread(SinkDelivery delivery, EventSchemaIds ids, EventBatch output)
    {
        var letters = delivery.DeadLetters();
        var entry = delivery.Entry;
        if (letters.Count == 0 && entry.Outcome != Outcome.Malformed)
        {
            return;
        }

        var first = letters.Count == 0 ? "" : $": {letters[0].Place}: expected {letters[0].Expected}, found {letters[0].Found}";
        Write(
            entry, "unread", Categories.Pipeline, entry.Outcome == Outcome.Malformed ? Severities.Critical : Severities.Warn,
            $"{letters.Count} files or parts of them could not be read, {Of(entry)}{first}", null, ids, output);
    }

    private static void Write(
        OutboxEntry entry, string what, int category, int severity, string message, string? payload, EventSchemaIds ids, EventBatch output)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"delivery/{entry.Id}/{what}");
        output.BeginKey(Topic, entry.KnownAt.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes(id));
        output.BeginValue(ids(Topic));
        var value = output.Open;
        value.WriteText(id);
        value.Null();
        value.WriteLong(category);
        value.WriteLong(severity);
        value.WriteText(entry.Feed.Text);
        value.WriteText(message);
        value.OptionalText(payload);
        value.WriteLong(entry.KnownAt.ToMicros());
        output.End();
    }

    private static string Of(OutboxEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Feed} {entry.Day:uuuu-MM-dd}");
}
