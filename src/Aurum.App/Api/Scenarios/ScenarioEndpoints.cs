using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Scenarios;
using Aurum.App.Scenarios.Computing;
using Aurum.App.Scenarios.Reading;
using Aurum.Store.Models;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary><c>/v1/scenarios</c>: a tenant's what-ifs, in versions; <c>/v1/scenarios/validate</c> says what one would do.</summary>
internal static class ScenarioEndpoints
{
    private const string Example = """{"name": "Gas up", "assumptions": []}""";

    private static readonly QueryParameter[] ListParameters =
    [
        TenantChoice.Parameter,
        QueryParameter.ChoiceOf("status", "Where they stand.", "created", "active", "archived"),
        QueryParameter.Filter("name", "Stands in the name, in any case.", "gas"),
        QueryParameter.Filter("tag", "One of their tags.", "2026"),
        new("created_after", ParameterForm.Time, "Created then or later.") { Example = "2026-01-01", IsFilter = true },
        new("created_before", ParameterForm.Time, "Created before then.") { Example = "2026-07-01", IsFilter = true },
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    private static readonly QueryParameter[] OneParameters = [TenantChoice.Parameter];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/scenarios", List).WithTags(ScenarioRequests.Tag).Describe(
            "Scenarios", "A tenant's scenarios", "What-ifs of a tenant in their newest version, newest first.", ListParameters);
        v1.MapPost("/scenarios", Create).Accepts<ScenarioBody>("application/json").Describe(
            "CreateScenario", "Create a scenario",
            "Drivers (assumptions) and the curves that they are asked of (parameters). Everything that is wrong is told at once. "
            + "Answers clients on this machine only.", OneParameters).Changes();
        v1.MapPost("/scenarios/validate", Check).Accepts<ScenarioBody>("application/json").Describe(
            "ValidateScenario", "Say in words what a scenario would do",
            "Reads a scenario, finds its curves, and says what it assumes and does; nothing is stored. What is wrong is told as for one "
            + "that is created, with curves and units that do not fit besides. Answers clients on this machine only.", OneParameters)
            .Changes();
        v1.MapGet("/scenarios/{scenario_id}", Get).WithTags(ScenarioRequests.Tag).Describe(
            "Scenario", "One scenario", "In its newest version; its ETag goes to If-Match of a change.", OneParameters);
        v1.MapPatch("/scenarios/{scenario_id}", Change).Accepts<ScenarioBody>("application/json").Describe(
            "ChangeScenario", "Change a scenario",
            "Makes a new version with what the body says; the rest stays. With If-Match only where nobody else has changed it. Runs that "
            + "were ordered before keep their version. Answers clients on this machine only.", OneParameters).Changes();
        v1.MapDelete("/scenarios/{scenario_id}", Delete).Describe(
            "DeleteScenario", "Delete a scenario",
            "Takes it away from its tenant and cancels runs that have not ended. Its versions and outputs stay in the tables. Answers "
            + "clients on this machine only.", OneParameters).Changes().Produces(StatusCodes.Status204NoContent);
    }

    private static Answer<IReadOnlyList<ScenarioShape>> List(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("scenarios", ListParameters, request, services);
        var found = services.Api.Store.Scenarios.List(new ScenarioQuery(TenantChoice.Of(request, list.Query), list.Limit + 1)
        {
            Status = list.Query.Choice("status") is { } status ? Enum.Parse<ScenarioStatus>(status, ignoreCase: true) : null,
            Name = list.Query.Text("name"),
            Tag = list.Query.Text("tag"),
            CreatedFrom = list.Query.Time("created_after", DateTimeZone.Utc),
            CreatedBefore = list.Query.Time("created_before", DateTimeZone.Utc),
            After = list.After?[0],
        });
        return list.Page(found, ScenarioShape.Of, static s => [s.Id]);
    }

    private static async Task<Created<ScenarioShape>> Create(HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(context.Request.Query, OneParameters);
        var draft = ScenarioDraft.Read(await ScenarioRequests.ReadBody(context, Example));
        var tenant = ScenarioRequests.TenantOf(context.Request, query, draft.Tenant);
        var scenario = services.Desk().Create(tenant, draft);
        return new Created<ScenarioShape>(services.One(ScenarioShape.Of(scenario), started), $"/v1/scenarios/{scenario.Id}");
    }

    private static async Task<Answer<CheckShape>> Check(HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(context.Request.Query, OneParameters);
        var draft = ScenarioDraft.Read(await ScenarioRequests.ReadBody(context, Example));
        var tenant = ScenarioRequests.TenantOf(context.Request, query, draft.Tenant);
        return services.One(Shape(services.Desk().Check(tenant, draft, context.RequestAborted)), started);
    }

    private static Answer<ScenarioShape> Get(string scenario_id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(request.Query, OneParameters);
        var scenario = services.Desk().Find(TenantChoice.Of(request, query), scenario_id);
        return services.One(ScenarioShape.Of(scenario), started);
    }

    private static async Task<Answer<ScenarioShape>> Change(
        string scenario_id, HttpContext context, ApiServices services, IOptions<JsonOptions> forms)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(context.Request.Query, OneParameters);
        var draft = ScenarioDraft.ReadChange(await ScenarioRequests.ReadBody(context, Example));
        var tenant = ScenarioRequests.TenantOf(context.Request, query, draft.Tenant);
        var expected = Expected(tenant, scenario_id, context.Request, services.Desk(), forms);
        return services.One(ScenarioShape.Of(services.Desk().Change(tenant, scenario_id, draft, expected)), started);
    }

    private static IResult Delete(string scenario_id, HttpContext context, ApiServices services, IOptions<JsonOptions> forms)
    {
        NearClients.Require(context);
        var query = new QueryReader(context.Request.Query, OneParameters);
        var tenant = TenantChoice.Of(context.Request, query);
        services.Desk().Delete(tenant, scenario_id, Expected(tenant, scenario_id, context.Request, services.Desk(), forms));
        return TypedResults.NoContent();
    }

    /// <summary>The version that the client has seen; null where it does not say.</summary>
    private static int? Expected(string tenant, string id, HttpRequest request, ScenarioDesk desk, IOptions<JsonOptions> forms)
    {
        var newest = desk.Find(tenant, id);
        var tag = EntityTags.Of(ScenarioShape.Of(newest), forms.Value.SerializerOptions);
        return EntityTags.RequireMatch(request, tag) ? newest.Version : null;
    }

    private static CheckShape Shape(CheckedScenario scenario)
    {
        var inputs = scenario.Loaded.Inputs;
        return new CheckShape(
            [.. inputs.Curves.Select(static c => c.Name)],
            inputs.Curves.Sum(static c => c.Months.Count),
            [.. scenario.Loaded.Drivers.Select(static d => d.Name)],
            inputs.References.ToDictionary(static r => r.Name, r => NameOf(scenario.Loaded, r.CurveKey)),
            scenario.Loaded.EstimateMiB,
            scenario.Sentences);
    }

    private static string NameOf(LoadedScenario loaded, string? key) =>
        loaded.Curves.FirstOrDefault(c => c.CurveKey == key) is { } pin ? $"{pin.Name} of {pin.AsOf:uuuu-MM-dd} in {pin.Unit}" : "";
}
