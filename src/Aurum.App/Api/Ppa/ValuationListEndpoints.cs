using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Store.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Ppa;

/// <summary><c>/v1/ppa/contracts/{id}/valuations</c>: the numbers of a contract's valuations, newest valuation first.</summary>
internal static class ValuationListEndpoints
{
    private const int MaxRows = 500;
    private const int UsualRows = 200;

    private static readonly QueryParameter[] Parameters =
    [
        TenantChoice.Parameter,
        QueryParameter.Filter("scenario_id", "Only of a scenario.", "001781539200000-0f3a9b1c2d4e"),
        QueryParameter.Filter("metric", "Only numbers of a name: npv, irr, cashflow, npv_p5, ...", "npv"),
        QueryParameter.LimitOf(MaxRows, UsualRows),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ppa/contracts/{contract_id}/valuations", List)
        .WithTags(PpaRoutes.Tag).Describe(
            "PpaValuations", "Numbers of a contract's valuations",
            "Newest valuation first: its numbers for the whole contract, then by year, then by month. /v1/ppa/valuations/{valuation_id} "
            + "has all of one.", Parameters);

    private static Results<Answer<IReadOnlyList<ValuationRowShape>>, Problem> List(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read($"ppa-valuations/{id}", Parameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        if (services.Api.Store.Contracts.Find(tenant, id) is null)
        {
            return ContractEndpoints.NotFound(id);
        }

        var rows = services.Api.Store.Valuations.Rows(new ValuationQuery(tenant, id, list.Limit + 1)
        {
            ScenarioId = list.Query.Text("scenario_id"),
            Metric = list.Query.Text("metric"),
            AfterValuation = list.After?[0],
            AfterOrdinal = list.After is { } after ? int.Parse(after[1], CultureInfo.InvariantCulture) : null,
        });
        return list.Page(
            rows, ValuationRowShape.Of, static r => [r.ValuationId, r.Ordinal.ToString(CultureInfo.InvariantCulture)]);
    }
}
