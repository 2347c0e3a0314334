using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Api.Requests;
using Aurum.App.Output;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Ppa.Orders;

/// <summary>What is to be valued, on which prices, and how: the body of requests, the flags of the command line and the inputs of a
/// manifest, in one form.</summary>
internal sealed record ValuationOrder
{
    /// <summary>Members of a simulation that change no result.</summary>
    private static readonly string[] Effortless = ["threads", "max_memory_mib"];

    /// <summary>The stored contract; null where its terms are given.</summary>
    public string? ContractId { get; init; }

    /// <summary>Version of the stored contract; null: the newest.</summary>
    public int? ContractVersion { get; init; }

    /// <summary>The contract as it was given, JSON; null where it is a stored one.</summary>
    public string? Terms { get; init; }

    /// <summary>As-of date of the curves; null: the newest.</summary>
    public LocalDate? AsOf { get; init; }

    /// <summary>State of knowledge; null: now.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>Scenario whose prices replace those of the curves; null: none.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>Run of the scenario; null: its newest one with outputs.</summary>
    public string? RunId { get; init; }

    /// <summary>SHA-256 that the run's outputs must have; null: any.</summary>
    public string? RunOutputSha256 { get; init; }

    public ValuationOptions Options { get; init; } = ValuationOptions.None;

    /// <summary>The options as they were given, JSON.</summary>
    public string OptionsJson { get; init; } = "{}";

    /// <summary>The earlier date of an explanation; null: that is not asked for.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The later date of an explanation; null: that is not asked for.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="form">Which members it has.</param>
    /// <exception cref="DocumentException">Anything is wrong with it.</exception>
    public static ValuationOrder Read(ReadOnlyMemory<byte> json, OrderForm form) => DocumentReader.Read(json, body => Read(body, form));

    /// <summary>What the result hangs on beside curves, histories and program: canonical JSON that <see cref="Read(ReadOnlyMemory{byte},
    /// OrderForm)"/> reads as <see cref="OrderForm.Inputs"/>.</summary>
    /// <param name="terms">The contract that was valued.</param>
    public string ToInputs(string terms)
    {
        var options = JsonNode.Parse(OptionsJson)!.AsObject();
        foreach (var name in Effortless)
        {
            (options["simulation"] as JsonObject)?.Remove(name);
        }

        var inputs = new JsonObject { ["terms"] = JsonNode.Parse(terms), ["options"] = options };
        Set(inputs, "asof_date", AsOf is { } asOf ? LocalDatePattern.Iso.Format(asOf) : null);
        Set(inputs, "known_at", KnownAt is { } knownAt ? UtcText.Of(knownAt) : null);
        Set(inputs, "scenario_id", ScenarioId);
        Set(inputs, "run_id", RunId);
        Set(inputs, "run_output_sha256", RunOutputSha256);
        return CanonicalJson.Of(inputs.ToJsonString());
    }

    private static ValuationOrder Read(DocumentReader body, OrderForm form)
    {
        var id = form is OrderForm.Inputs or OrderForm.Given ? null : body.OptionalText("ppa_contract_id");
        var order = new ValuationOrder
        {
            ContractId = id,
            ContractVersion = form is OrderForm.Inputs or OrderForm.Given ? null : VersionOf(body),
            Terms = form == OrderForm.Stored ? null : OrderTerms.Read(body, isNeeded: id is null),
            KnownAt = ReadInstant(body, "known_at"),
            Options = body.Maybe("options") is { } options ? ValuationOptions.Read(options) : ValuationOptions.None,
            OptionsJson = body.Raw("options") is { ValueKind: JsonValueKind.Object } raw ? raw.GetRawText() : "{}",
        };
        if (form == OrderForm.Stored && id is null && body.Errors.Count == 0)
        {
            body.Refuse("ppa_contract_id", "the id of a stored contract");
        }

        if (order.ContractId is not null && order.Terms is not null)
        {
            body.Refuse("terms", "ppa_contract_id or terms, not both", "both");
        }

        return form == OrderForm.Explanation
            ? order with { From = body.Date("from"), To = body.Date("to") }
            : order with
            {
                AsOf = body.OptionalDate("asof_date"),
                ScenarioId = body.OptionalText("scenario_id"),
                RunId = body.OptionalText("run_id"),
                RunOutputSha256 = form == OrderForm.Inputs ? body.OptionalText("run_output_sha256") : null,
            };
    }

    private static int? VersionOf(DocumentReader body) =>
        body.Has("contract_version") ? body.Integer("contract_version", 1, int.MaxValue) : null;

    private static Instant? ReadInstant(DocumentReader body, string name)
    {
        if (body.OptionalText(name) is not { } text)
        {
            return null;
        }

        if (TimeText.TryParse(text, out var instant, out var date))
        {
            return date is { } day ? TimeText.EndOf(day) : instant;
        }

        body.Refuse(name, TimeText.Forms);
        return null;
    }

    private static void Set(JsonObject inputs, string name, string? text)
    {
        if (text is not null)
        {
            inputs[name] = text;
        }
    }
}

/// <summary>Which members an order has.</summary>
internal enum OrderForm
{
    /// <summary>A stored contract: what is valued is stored too.</summary>
    Stored,

    /// <summary>Terms that are given: nothing is stored.</summary>
    Given,

    /// <summary>Either, and two dates.</summary>
    Explanation,

    /// <summary>Those of a manifest.</summary>
    Inputs,
}
