using System.Globalization;
using System.Text;
using Aurum.Cluster.Contracts;
using Aurum.Store.Avro;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>docs/contracts.md, made of the contracts themselves.</summary>
internal static class ContractsPage
{
    public const string Path = "docs/contracts.md";

    private const string Head = """
        # Event contracts

        Events are sent to Kafka as Avro records. A test makes this page of the schemas in `src/Aurum.Cluster/Contracts/Schemas`;
        `aurum contracts list|show|check|register` shows them, compares them with a registry, and registers them there.

        ## Rules

        | what | rule |
        |---|---|
        | topics | `aurum.{domain}.{entity}.v{n}` |
        | subjects | the topic with `-value`; the one exception is `aurum.ingest.error.v1`, whose subject has no suffix |
        | values | Confluent's wire format: a byte 0, the schema's id in the registry (4 bytes, big-endian), Avro binary |
        | keys | UTF-8 text, no schema: the columns that are named below with a bar between them. What has one key stays in order |
        | message timestamp | when the event was known here: `ingest_ts` where there is one. Of ticks, bars and prices the event time |
        | compatibility | BACKWARD for every subject: a new schema reads what the one before wrote; a test holds them to it |
        | times | `timestamp-micros`, UTC; dates are days since 1970-01-01 |
        | unknown numbers | null where the field is nullable. A row without a number that its contract demands has no event; it is counted |
        | delivery | at least once, in the order of the store's deliveries; `record_hash`, or key, times and `revision`, tell repeats |

        `record_hash` of prices is the SHA-256, in hex, of
        `iso|location_id|interval_start|price_total|market|location_type|interval_end|revision` with instants as
        `2025-11-02T09:00:00Z` and the shortest text of a number. The first four parts are the platform's rule; alone they
        would make one fact of two markets that have the same price. Of reserves, the product stands after the market.

        `metadata` holds what the contracts have no field for: `feed`, `revision`, and where they apply `price_ghg` (CAISO's
        greenhouse-gas component), `product`, `market`, `location_type` and `issued_at` (which tell forecasts of load and
        generation apart), `area` and `interval_end` of generation, `period_end` and `unit` of series, and `iso_code` of
        operators that the enum lacks (IESO; it is UNKNOWN there).

        A place has an event when it is first seen, when its name or number changes (the version that ends, and the new one), and
        when no feed of its operator has had it for seven days that came: then with `effective_end`; it may come back. `qa.result.v1`
        and `alert.v1` come with the delivery that they are of: the gate's verdict, with each check that did not hold; an alert
        where the gate stopped a delivery (CRITICAL) or held rows back (WARN), and where files could not be read (CRITICAL where
        nothing could, or nothing was stored). Events of a delivery are a function of it: sent again, they are the same. What is
        found in stored rows later (balances, late days) is no part of a delivery; it stands in the table `warnings` and in `aurum status`.

        What a delivery held back or refused goes twice: as `ingest.error.v1` for people, and as `ingestion.dlq.v1` for programs, with the
        row as JSON and the topic that it is kept from. Its `original_key` is null, as a row has no key before it is an event, and of a
        file so is `original_value`: its bytes are in the archive. Messages of ticks and requests of scenarios that are given up go
        byte for byte to dead letters of their own (`aurum.market.tick.raw.dlq.v1`, `aurum.scenario.request.dlq.v1`), from which they can
        be sent again. `data.lineage.v1` has the event of OpenLineage as it goes to files and servers; `run_id`, `event_type` and
        `event_time` tell repeats.

        Topics of origin *platform* are those that consumers of the platform have already; *aurum* are ours, named by the same
        rule, for data that the platform's contract lacks. `aurum.curve.observation.dlq` carries JSON in the shape of
        `ingest.error.v1`, without a schema.


        """;

    public static string Text()
    {
        var page = new StringBuilder(Head);
        page.Append("## Topics\n\n| topic | contract | key | origin |\n|---|---|---|---|\n");
        foreach (var topic in EventTopics.All)
        {
            var form = topic.Subject is null ? " (JSON)" : "";
            var origin = topic.Origin == EventOrigin.Ours ? "aurum" : "platform";
            var key = topic.Key.Replace("|", "\\|", StringComparison.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {topic.Name} | {Link(topic.Contract)}{form} | {key} | {origin} |\n");
        }

        page.Append("\n## Who writes them\n\n| contract | written by | when |\n|---|---|---|\n");
        foreach (var contract in EventContracts.All)
        {
            foreach (var producer in EventProducers.Of(contract))
            {
                page.Append(CultureInfo.InvariantCulture, $"| {Link(contract)} | {producer.Name} | {producer.When} |\n");
            }
        }

        page.Append("\nNobody writes these:\n\n| contract | why |\n|---|---|\n");
        foreach (var (contract, why) in EventProducers.NotWritten)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {Link(EventContracts.Find(contract))} | {why} |\n");
        }

        page.Append("\nTopics that nobody here writes, for datasets without a feed of their own and for dead letters that go as they ");
        page.Append("came: ");
        page.Append(string.Join(", ", EventTopics.All
            .Where(static t => !EventProducers.NotWritten.ContainsKey(t.Contract.Name))
            .Where(static t => !EventProducers.All.Any(p => p.Topics.Contains(t))).Select(static t => $"`{t.Name}`")));
        page.Append(".\n\n## Contracts\n");
        foreach (var contract in EventContracts.All)
        {
            Append(page, contract);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, EventContract contract)
    {
        var fingerprint = AvroCanonicalForm.Fingerprint(contract.Schema);
        page.Append(CultureInfo.InvariantCulture, $"\n### {contract.Name}\n\n{contract.Schema.Doc} ");
        page.Append(
            CultureInfo.InvariantCulture, $"Record `{contract.Schema.FullName}`, fingerprint (CRC-64-AVRO) `{fingerprint:x16}`.\n\n");
        page.Append("| field | type | null | default | what |\n|---|---|---|---|---|\n");
        foreach (var field in contract.Schema.Fields)
        {
            var isNullable = field.Type.Kind == AvroKind.Union;
            var initial = field.HasDefault ? $"`{field.Default?.ToJsonString() ?? "null"}`" : "";
            var type = TypeOf(isNullable ? field.Type.Branches[^1] : field.Type);
            page.Append(
                CultureInfo.InvariantCulture, $"| {field.Name} | {type} | {(isNullable ? "yes" : "")} | {initial} | {field.Doc} |\n");
        }
    }

    private static string TypeOf(AvroType type) => type.Kind switch
    {
        AvroKind.Enum => $"{type.Name}: {string.Join(", ", type.Symbols)}",
        AvroKind.Record => $"{type.Name}({string.Join(", ", type.Fields.Select(f => f.Name))})",
        AvroKind.Array => $"array of {TypeOf(type.Items!)}",
        AvroKind.Map => $"map of {TypeOf(type.Items!)}",
        _ => type.ToString(),
    };

    private static string Link(EventContract contract) =>
        $"[{contract.Name}](#{contract.Name.ToLowerInvariant().Replace(".", "", StringComparison.Ordinal)})";
}
