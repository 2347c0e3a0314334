using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Scenarios.Reading;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary>Runs of scenarios: ordered by <c>POST /v1/scenarios/{id}/run</c> and <c>runs:bulk</c>, read, cancelled, and computed once
/// more from their manifest.</summary>
internal static class RunEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxOrders = 1_000;

    private static readonly QueryParameter[] ListParameters =
    [
        TenantChoice.Parameter,
        QueryParameter.ChoiceOf("state", "Where they stand.", "queued", "running", "succeeded", "failed", "cancelled", "timeout"),
        new("created_after", ParameterForm.Time, "Ordered then or later.") { Example = "2026-01-01", IsFilter = true },
        new("created_before", ParameterForm.Time, "Ordered before then.") { Example = "2026-07-01", IsFilter = true },
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    private static readonly QueryParameter[] OneParameters = [TenantChoice.Parameter];

    private static readonly QueryParameter[] StateParameters =
    [
        TenantChoice.Parameter,
        QueryParameter.ChoiceOf("state", "cancelled, or failed where somebody gives it up.", "cancelled", "failed")
            with { IsFilter = false },
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/scenarios/{scenario_id}/runs", List).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioRuns", "Runs of a scenario", "Newest first.", ListParameters);
        v1.MapGet("/scenarios/{scenario_id}/runs/{run_id}", Get).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioRun", "One run", "Where it stands, how far it is, and what it came to.", OneParameters);
        v1.MapPost("/scenarios/{scenario_id}/run", Order).Accepts<RunBody>("application/json").Describe(
            "RunScenario", "Order a run",
            "Answers 202 with the run, which is worked on later. The same order twice, by idempotency key or by the same input, is one "
            + "run; one that failed, was cancelled or timed out may be ordered again. Answers clients on this machine only.",
            OneParameters)
            .Changes().Produces<Envelope<RunShape>>(StatusCodes.Status202Accepted);
        v1.MapPost("/scenarios/{scenario_id}/runs:bulk", OrderAll).Accepts<RunsBody>("application/json").Describe(
            "RunScenarioBulk", "Order several runs",
            "Up to 1,000 orders in one transaction; each is taken or refused by itself. Answers clients on this machine only.",
            OneParameters).Changes();
        v1.MapPost("/scenarios/runs/{run_id}/cancel", Cancel).Accepts<EmptyRunBody>("application/json").Describe(
            "CancelScenarioRun", "Cancel a run",
            "Ends a run before it comes to outputs, whether it waits or is computed. The body is {} or empty. Answers clients on this "
            + "machine only.", OneParameters).Changes();
        v1.MapPost("/scenarios/runs/{run_id}/state", SetState).Accepts<EmptyRunBody>("application/json").Describe(
            "SetScenarioRunState", "End a run",
            "Ends a run that is queued or running as cancelled or failed; other states come of themselves. Answers clients on this "
            + "machine only.", StateParameters).Changes();
        v1.MapGet("/scenarios/runs/{run_id}/manifest", Manifest).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioRunManifest", "What a run's outputs hang on",
            "Curves and histories with their hashes, versions of calendars, time zones and program, seed, and all that was asked.",
            OneParameters);
        v1.MapPost("/scenarios/verify", Verify).Accepts<VerifyBody>("application/json").Describe(
            "VerifyScenarioRun", "Compute a manifest once more",
            "Computes what a manifest is of and says whether it comes to the same hash, and what is not as it was. Nothing is stored. "
            + "Answers clients on this machine only.", OneParameters).Changes();
    }

    private static Answer<IReadOnlyList<RunShape>> List(string scenario_id, HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read($"scenarios/{scenario_id}/runs", ListParameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        var desk = services.Api.Desk();
        var found = desk.Runs.List(new RunQuery(tenant, list.Limit + 1)
        {
            ScenarioId = desk.Find(tenant, scenario_id).Id,
            State = list.Query.Choice("state") is { } state ? Enum.Parse<RunState>(state, ignoreCase: true) : null,
            CreatedFrom = list.Query.Time("created_after", DateTimeZone.Utc),
            CreatedBefore = list.Query.Time("created_before", DateTimeZone.Utc),
            After = list.After?[0],
        });
        return list.Page(found, run => RunShape.Of(run, desk), static r => [r.Id]);
    }

    private static Answer<RunShape> Get(string scenario_id, string run_id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(request, new QueryReader(request.Query, OneParameters));
        return services.One(RunShape.Of(services.Desk().FindRun(tenant, run_id, scenario_id), services.Desk()), started);
    }

    private static async Task<Created<RunShape>> Order(string scenario_id, HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(context.Request, new QueryReader(context.Request.Query, OneParameters));
        var choices = RunChoices.Read(await ScenarioRequests.ReadBody(context, "{}", mayBeEmpty: true));
        var run = services.Desk().Order(tenant, scenario_id, WithKey(choices, context.Request));
        return new Created<RunShape>(
            services.One(RunShape.Of(run, services.Desk()), started), $"/v1/scenarios/{run.ScenarioId}/runs/{run.Id}",
            StatusCodes.Status202Accepted);
    }

    private static async Task<Answer<IReadOnlyList<OrderShape>>> OrderAll(
        string scenario_id, HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(context.Request, new QueryReader(context.Request.Query, OneParameters));
        var orders = DocumentReader.Read(
            await ScenarioRequests.ReadBody(context, """{"runs": [{}]}"""), static d => d.List("runs", 1, MaxOrders, RunChoices.Of));
        var desk = services.Desk();
        var taken = desk.OrderAll(tenant, scenario_id, orders).Select((order, i) => new OrderShape(
            i,
            order.Refusal is not null ? "refused" : order.Order == RunOrder.Known ? "known" : "queued",
            order.Refusal is null ? RunShape.Of(order.Run, desk) : null,
            order.Refusal?.Message)).ToList();
        return new Answer<IReadOnlyList<OrderShape>>(
            taken, taken.Count, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<Answer<RunShape>> Cancel(string run_id, HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(context.Request, new QueryReader(context.Request.Query, OneParameters));
        _ = await ScenarioRequests.ReadBody(context, "{}", mayBeEmpty: true);
        var run = services.Desk().End(tenant, run_id, RunState.Cancelled, "cancelled by its tenant");
        return services.One(RunShape.Of(run, services.Desk()), started);
    }

    private static async Task<Answer<RunShape>> SetState(string run_id, HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(context.Request.Query, StateParameters);
        var tenant = TenantChoice.Of(context.Request, query);
        var state = query.Choice("state") ?? throw new RequestFormatException("state", "cancelled or failed", "none");
        _ = await ScenarioRequests.ReadBody(context, "{}", mayBeEmpty: true);
        var run = services.Desk().End(
            tenant, run_id, Enum.Parse<RunState>(state, ignoreCase: true), $"set to {state} by its tenant");
        return services.One(RunShape.Of(run, services.Desk()), started);
    }

    private static Answer<JsonElement> Manifest(string run_id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(request, new QueryReader(request.Query, OneParameters));
        var run = services.Desk().FindRun(tenant, run_id);
        return run.Manifest is { } manifest
            ? services.One(ScenarioShape.Element(manifest), started)
            : throw new RequestFormatException("run_id", "a run that succeeded", run.State.Word(), StatusCodes.Status404NotFound);
    }

    private static async Task<Answer<VerifyShape>> Verify(HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var tenant = TenantChoice.Of(context.Request, new QueryReader(context.Request.Query, OneParameters));
        var (json, hash) = DocumentReader.Read(
            await ScenarioRequests.ReadBody(context, """{"manifest": {...}}"""),
            static d => (d.Raw("manifest")?.GetRawText(), d.OptionalText("output_hash")));
        RunManifest manifest;
        try
        {
            manifest = RunManifest.Parse(json ?? "{}");
        }
        catch (FormatException mistake)
        {
            throw new DocumentException([new DocumentError("$.manifest", "a manifest as a run has written it", mistake.Message)]);
        }

        _ = tenant;
        var (outputs, changes) = services.Desk().Recompute(manifest, context.RequestAborted);
        return services.One(
            new VerifyShape(outputs.Sha256, outputs.Rows.Count, hash is null ? null : hash == outputs.Sha256, changes), started);
    }

    private static RunChoices WithKey(RunChoices choices, HttpRequest request)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var headers))
        {
            return choices;
        }

        var key = headers.ToString();
        return !RunChoices.IsKey(key)
            ? throw new RequestFormatException(
                KeyHeader, $"1 to {RunChoices.MaxKeyLength} letters, digits, '_', '-', '.', ':' and '/'", $"'{key}'")
            : choices.IdempotencyKey is null || choices.IdempotencyKey == key
                ? choices with { IdempotencyKey = key }
                : throw new RequestFormatException(KeyHeader, $"the body's idempotency_key ({choices.IdempotencyKey})", $"'{key}'");
    }
}

/// <summary>A body that says nothing.</summary>
internal sealed record EmptyRunBody;
