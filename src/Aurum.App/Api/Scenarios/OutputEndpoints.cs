using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Resources;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Curves;
using Aurum.App.Scenarios;
using Aurum.Store.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Scenarios;

/// <summary>What runs came to: <c>/v1/scenarios/{id}/outputs</c>, <c>/v1/scenarios/{id}/metrics/latest</c> and
/// <c>/v1/scenarios/diff</c>.</summary>
internal static class OutputEndpoints
{
    private const int MostRows = 5_000_000;

    private static readonly QueryParameter[] Filters =
    [
        QueryParameter.Filter("metric", "mid, ensemble_median.", "mid"),
        QueryParameter.ChoiceOf("tenor_type", "Kind of period.", "MONTHLY", "QUARTER", "SEASON", "CALENDAR"),
        QueryParameter.Filter("curve_key", "Curve, by its key.", "b897bf63b9732a4d967210f49b638e8d5..."),
    ];

    private static readonly QueryParameter[] Paging =
        [QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor];

    private static readonly QueryParameter[] ListParameters =
    [
        TenantChoice.Parameter,
        QueryParameter.Filter("run_id", "Of one run; without it, of the newest run with outputs.", "001782200000000-3f9c2a77d1e0"),
        .. Filters, .. Paging, ResponseFormats.WithParquet,
    ];

    private static readonly QueryParameter[] MetricParameters =
        [TenantChoice.Parameter, Filters[0], Filters[2], .. Paging, ResponseFormats.Parameter];

    private static readonly QueryParameter[] DiffParameters =
    [
        TenantChoice.Parameter,
        QueryParameter.Filter("a", "Scenario, or run, that is compared.", "001782200000000-3f9c2a77d1e0"),
        QueryParameter.Filter("b", "Scenario, or run, that it is compared with.", "001782200000000-77a1d0c2e5b4"),
        .. Filters, .. Paging, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/scenarios/{scenario_id}/outputs", List).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioOutputs", "What a run came to",
            "One row a curve, period and metric, with band and attribution: base plus all deltas is the value. Of the newest run with "
            + "outputs, or of the one that is named.", ListParameters)
            .Produces<Envelope<IReadOnlyList<OutputShape>>>();
        v1.MapGet("/scenarios/{scenario_id}/metrics/latest", Latest).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioMetricsLatest", "The newest number of each curve and metric",
            "The first month of delivery of each curve in the newest run with outputs, against the curve as it was.", MetricParameters);
        v1.MapGet("/scenarios/diff", Diff).WithTags(ScenarioRequests.Tag).Describe(
            "ScenarioDiff", "A against B",
            "Curves and periods that both have, with what makes the difference: value_a plus all parts is value_b. a and b are "
            + "scenarios, of which the newest runs count, or runs.", DiffParameters);
    }

    private static Results<Answer<IReadOnlyList<OutputShape>>, Page> List(
        string scenario_id, HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read($"scenarios/{scenario_id}/outputs", ListParameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        var desk = services.Api.Desk();
        var isFile = list.Format == ResponseFormat.Parquet;
        var named = isFile || list.After is null ? list.Query.Text("run_id") : list.After[0];
        var run = RunOf(desk, tenant, desk.Find(tenant, scenario_id).Id, named, list);
        if (isFile)
        {
            return CurvePages.Read(list, Sql(run, list.Query), services, cancel);
        }

        var found = desk.Runs.Outputs(QueryOf(run, list) with { Limit = list.Limit + 1 });
        return list.Page(found, output => OutputShape.Of(output, run), output => [run.Id, Number(output.Ordinal)]);
    }

    private static Answer<IReadOnlyList<MetricShape>> Latest(string scenario_id, HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read($"scenarios/{scenario_id}/metrics", MetricParameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        var desk = services.Api.Desk();
        var run = RunOf(desk, tenant, desk.Find(tenant, scenario_id).Id, list.After?[0], list);
        var query = new OutputQuery(run.Id, MostRows)
        {
            Metric = list.Query.Text("metric"), CurveKey = list.Query.Text("curve_key"), TenorType = "MONTHLY",
        };
        var firsts = desk.Runs.Outputs(query).GroupBy(static o => (o.CurveKey, o.Metric)).Select(static g => g.First())
            .Where(o => list.After is not [_, var after] || o.Ordinal > int.Parse(after, CultureInfo.InvariantCulture));
        return list.Page(
            [.. firsts.Take(list.Limit + 1)], output => MetricShape.Of(output, run), output => [run.Id, Number(output.Ordinal)]);
    }

    private static Answer<IReadOnlyList<DiffShape>> Diff(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("scenarios/diff", DiffParameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        var desk = services.Api.Desk();
        var (a, b) = (Side("a", desk, tenant, list), Side("b", desk, tenant, list));
        IReadOnlyList<OutputRecord> Of(RunRecord run) => desk.Runs.Outputs(new OutputQuery(run.Id, MostRows)
        {
            Metric = list.Query.Text("metric"), CurveKey = list.Query.Text("curve_key"), TenorType = list.Query.Choice("tenor_type"),
        });
        return list.Page(CurvePages.From([.. DiffShape.Of(Of(a), Of(b))], list), static d => d, _ => CurvePages.Next(list));
    }

    private static RunRecord Side(string name, ScenarioDesk desk, string tenant, ListRequest list)
    {
        var id = list.Query.Text(name) ?? throw new RequestFormatException(name, "a scenario or a run", "none");
        return desk.Runs.Find(tenant, id) is { State: RunState.Succeeded } run ? run
            : desk.Scenarios.Find(tenant, id) is { } scenario ? RunOf(desk, tenant, scenario.Id, null, list)
            : throw new RequestFormatException(
                name, "a scenario, or a run with outputs, of the tenant", $"'{id}'", StatusCodes.Status404NotFound);
    }

    /// <summary>The run that is named, else the newest with outputs at the state of knowledge that all pages have.</summary>
    private static RunRecord RunOf(ScenarioDesk desk, string tenant, string scenario, string? named, ListRequest list)
    {
        var run = named is null ? desk.Runs.Latest(tenant, scenario, list.AsOf) : desk.FindRun(tenant, named, scenario);
        return run is { State: RunState.Succeeded }
            ? run
            : throw new RequestFormatException(
                "run_id", "a run with outputs", run is null ? $"none of scenario {scenario}" : $"{run.Id}, which is {run.State.Word()}",
                StatusCodes.Status404NotFound);
    }

    private static OutputQuery QueryOf(RunRecord run, ListRequest list) => new(run.Id, list.Limit)
    {
        Metric = list.Query.Text("metric"),
        TenorType = list.Query.Choice("tenor_type"),
        CurveKey = list.Query.Text("curve_key"),
        After = list.After is [_, var after] ? int.Parse(after, CultureInfo.InvariantCulture) : -1,
    };

    /// <summary>The same rows for a file.</summary>
    private static string Sql(RunRecord run, QueryReader query)
    {
        (string Column, string? Value)[] filters =
        [
            ("run_id", run.Id), ("metric", query.Text("metric")), ("tenor_type", query.Choice("tenor_type")),
            ("curve_key", query.Text("curve_key")),
        ];
        return $"""
            select scenario_id, run_id, asof_date, curve_key, curve_name, tenor_type, contract_month, tenor_label, metric, unit, base,
              value, band_lower, band_upper, attribution, version_hash, computed_ts
            from scenario_outputs
            where {string.Join(" and ", filters.Where(static f => f.Value is not null)
                .Select(static f => $"{f.Column} = {CurveQueries.Quoted(f.Value!)}"))}
            order by ordinal
            """;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
