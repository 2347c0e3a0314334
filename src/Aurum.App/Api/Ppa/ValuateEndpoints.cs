using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ppa;
using Aurum.App.Ppa.Orders;
using Aurum.App.Ppa.Results;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;

namespace Aurum.App.Api.Ppa;

/// <summary>What computes: <c>POST /v1/ppa/valuate</c> values a stored contract and stores it, <c>preview</c> values terms and stores
/// nothing, <c>explain</c> tells two dates apart. Ends where the client goes away.</summary>
internal static class ValuateEndpoints
{
    private const string Example =
        """{"ppa_contract_id": "001781539200000-0f3a9b1c2d4e", "asof_date": "2026-06-15", "options": {"simulation": {"paths": 2000}}}""";

    private const string TermsExample = """{"terms": {}, "asof_date": "2026-06-15"}""";

    private const string ExplainExample =
        """{"ppa_contract_id": "001781539200000-0f3a9b1c2d4e", "from": "2026-06-12", "to": "2026-06-15"}""";

    private const string RepeatExample = """{"manifest": {}, "version_hash": "9f86d081884c7d65..."}""";

    private const string OptionsText =
        " Options: beyond (refuse, extend), beyond_growth_percent, shape {feed, location, days, kind}, basis {feed, hub, node, days}, "
        + "generation_days, cannibalisation {decline_percent_per_year, from_year}, discount_percent, simulation {paths, seed, threads, "
        + "max_memory_mib, model}; docs/ppa.md tells what they do.";

    public static void Map(IEndpointRouteBuilder v1, ApiOptions options)
    {
        Computes<StoredBody>(v1.MapPost("/ppa/valuate", Valuate), options, Example, "PpaValuate", "Value a stored contract",
            "Values a stored contract on the curves of an as-of date, or on the prices of a scenario's run, stores what came of it and "
            + "gives its numbers; Location is the whole of it. The same result is stored once." + OptionsText);
        Computes<GivenBody>(v1.MapPost("/ppa/preview", Preview), options, TermsExample, "PpaPreview", "Value terms",
            "Values terms that are given, and stores nothing: the whole result and its manifest." + OptionsText)
            .Produces<Envelope<ValuationAnswer<ValuationShape>>>();
        Computes<ExplainBody>(v1.MapPost("/ppa/explain", Explain), options, ExplainExample, "PpaExplain", "Explain a change of value",
            "Why a contract, stored or given as terms, is worth more or less on the curves of a later date: cash that was settled, time, "
            + "prices, shape, basis, exchange rates, discounting. The parts sum to the change.");
        Computes<RepeatBody>(v1.MapPost("/ppa/repeat", Repeat), options, RepeatExample, "PpaRepeat", "Do a valuation again",
            "Does again what a manifest says, and compares: whether the result is the same to the byte, and what its manifest has "
            + "otherwise.");
    }

    private static RouteHandlerBuilder Computes<TBody>(
        RouteHandlerBuilder endpoint, ApiOptions options, string example, string name, string summary, string description)
        where TBody : notnull => endpoint
            .WithTags(PpaRoutes.Tag).Accepts<TBody>("application/json").WithMetadata(new BodyExample("application/json", example))
            .Describe(name, summary, description + " Answers clients on this machine only.", PpaRequest.Parameters)
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status404NotFound, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType)
            .WithMetadata(ApiPipeline.TimeoutOf(options.ValuationTimeoutSeconds));

    private static async Task<Answer<IReadOnlyList<MetricShape>>> Valuate(
        HttpContext context, ApiServices services, PpaDesk desk, ValuationSlots slots, ApiOptions options)
    {
        var (request, order, started) = await ReadAsync(context, services, options, OrderForm.Stored, Example);
        using var place = slots.Enter(request.Tenant, context.Response);
        var stored = desk.ValueStored(request.Tenant, order, null, context.RequestAborted);
        context.Response.Headers.Location = $"/v1/ppa/valuations/{stored.Record.Id}";
        return new Answer<IReadOnlyList<MetricShape>>(
            [.. stored.Metrics.Select(m => MetricShape.Of(stored.Record, m))], stored.Metrics.Count, Elapsed(services, started));
    }

    private static async Task<Answer<ValuationAnswer<JsonElement>>> Preview(
        HttpContext context, ApiServices services, PpaDesk desk, ValuationSlots slots, ApiOptions options)
    {
        var (request, order, started) = await ReadAsync(context, services, options, OrderForm.Given, TermsExample);
        using var place = slots.Enter(request.Tenant, context.Response);
        var valued = desk.Value(request.Tenant, order, null, context.RequestAborted);
        return new Answer<ValuationAnswer<JsonElement>>(ValuationAnswers.Of(valued), 1, Elapsed(services, started));
    }

    private static async Task<Answer<ExplainShape>> Explain(
        HttpContext context, ApiServices services, PpaDesk desk, ValuationSlots slots, ApiOptions options)
    {
        var (request, order, started) = await ReadAsync(context, services, options, OrderForm.Explanation, ExplainExample);
        using var place = slots.Enter(request.Tenant, context.Response);
        var explained = desk.Explain(request.Tenant, order, context.RequestAborted);
        return new Answer<ExplainShape>(explained.Shape, 1, Elapsed(services, started));
    }

    private static async Task<Answer<RepeatShape>> Repeat(
        HttpContext context, ApiServices services, PpaDesk desk, ValuationSlots slots, ApiOptions options)
    {
        var request = await PpaRequest.ReadAsync(context, RepeatExample);
        var started = services.Time.GetTimestamp();
        var (manifest, expected) = DocumentReader.Read(
            request.Body, static body => (body.Raw("manifest")?.GetRawText() ?? "{}", body.OptionalText("version_hash")));
        var read = ManifestOf(manifest);
        Check(ValuationOrder.Read(System.Text.Encoding.UTF8.GetBytes(read.Inputs), OrderForm.Inputs), options);
        using var place = slots.Enter(request.Tenant, context.Response);
        var repeated = desk.Repeat(request.Tenant, read, expected, null, context.RequestAborted);
        return new Answer<RepeatShape>(
            new RepeatShape(repeated.IsSame, repeated.Valued.DocumentSha256, repeated.Differences), 1, Elapsed(services, started));
    }

    private static RunManifest ManifestOf(string json)
    {
        try
        {
            return RunManifest.Parse(json);
        }
        catch (FormatException mistake)
        {
            throw new RequestFormatException("manifest", "a manifest as a valuation has it", mistake.Message);
        }
    }

    private static async Task<(PpaRequest Request, ValuationOrder Order, long Started)> ReadAsync(
        HttpContext context, ApiServices services, ApiOptions options, OrderForm form, string example)
    {
        var request = await PpaRequest.ReadAsync(context, example);
        var started = services.Time.GetTimestamp();
        var order = ValuationOrder.Read(request.Body, form);
        Check(order, options);
        return (request, order, started);
    }

    private static void Check(ValuationOrder order, ApiOptions options)
    {
        if (order.Options.Simulation is { } simulation)
        {
            Within("options.simulation.paths", simulation.Paths, options.ValuationPaths, "paths over HTTP");
            Within("options.simulation.max_memory_mib", simulation.MaxMemoryMiB, options.ValuationMemoryMiB, "MiB over HTTP");
        }
    }

    private static void Within(string field, int asked, int most, string what)
    {
        if (asked > most)
        {
            throw new RequestFormatException(field, $"at most {most} {what}", $"{asked}", StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static double Elapsed(ApiServices services, long started) => services.Time.GetElapsedTime(started).TotalMilliseconds;

    /// <summary>What is done again.</summary>
    /// <param name="Manifest">Of an earlier valuation.</param>
    /// <param name="VersionHash">SHA-256 of its result; where it is not given, manifests are compared.</param>
    internal sealed record RepeatBody(JsonElement Manifest, string? VersionHash = null);

    /// <summary>What came of doing it again.</summary>
    /// <param name="IsSame">Whether the result is the same to the byte.</param>
    /// <param name="VersionHash">SHA-256 of the result.</param>
    /// <param name="Differences">What its manifest has otherwise, a sentence each.</param>
    internal sealed record RepeatShape(bool IsSame, string VersionHash, IReadOnlyList<string> Differences);

    /// <summary>What is valued, of stored contracts.</summary>
    /// <param name="PpaContractId">The contract.</param>
    /// <param name="ContractVersion">Its version; the newest where not given.</param>
    /// <param name="AsofDate">As-of date of the curves; the newest where not given.</param>
    /// <param name="KnownAt">State of knowledge: an instant or a date; now where not given.</param>
    /// <param name="ScenarioId">Scenario whose prices replace those of the curves.</param>
    /// <param name="RunId">Run of the scenario; its newest one where not given.</param>
    /// <param name="Options">How.</param>
    internal sealed record StoredBody(
        string PpaContractId, int? ContractVersion = null, string? AsofDate = null, string? KnownAt = null, string? ScenarioId = null,
        string? RunId = null, JsonElement? Options = null);

    /// <summary>What is valued, of terms that are given.</summary>
    /// <param name="Terms">A contract, as /v1/ppa/schema describes it.</param>
    /// <param name="AsofDate">As-of date of the curves; the newest where not given.</param>
    /// <param name="KnownAt">State of knowledge: an instant or a date; now where not given.</param>
    /// <param name="ScenarioId">Scenario whose prices replace those of the curves.</param>
    /// <param name="RunId">Run of the scenario; its newest one where not given.</param>
    /// <param name="Options">How.</param>
    internal sealed record GivenBody(
        JsonElement Terms, string? AsofDate = null, string? KnownAt = null, string? ScenarioId = null, string? RunId = null,
        JsonElement? Options = null);

    /// <summary>What is explained.</summary>
    /// <param name="From">The earlier as-of date.</param>
    /// <param name="To">The later one.</param>
    /// <param name="PpaContractId">A stored contract, or:</param>
    /// <param name="Terms">the terms of one.</param>
    /// <param name="ContractVersion">Version of the stored contract.</param>
    /// <param name="KnownAt">State of knowledge of both dates; now where not given.</param>
    /// <param name="Options">How.</param>
    internal sealed record ExplainBody(
        string From, string To, string? PpaContractId = null, JsonElement? Terms = null, int? ContractVersion = null,
        string? KnownAt = null, JsonElement? Options = null);
}
