using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ppa.Results;
using Aurum.Store.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Ppa;

/// <summary><c>/v1/ppa/valuations/{id}</c>: a whole stored valuation; below it its lists, its risk and its manifest.</summary>
internal static class ValuationPartEndpoints
{
    private static readonly QueryParameter[] ListParameters = [TenantChoice.Parameter, ResponseFormats.Parameter];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/ppa/valuations/{valuation_id}", Get).WithTags(PpaRoutes.Tag).Describe(
            "PpaValuation", "One valuation", "All that came of it, and the manifest of what it hangs on.", PpaRequest.Parameters)
            .Produces<Envelope<ValuationAnswer<ValuationShape>>>();
        v1.MapGet("/ppa/valuations/{valuation_id}/manifest", GetManifest).WithTags(PpaRoutes.Tag).Describe(
            "PpaValuationManifest", "Manifest of a valuation",
            "Curves, histories, calendars, time zones, program, seed and inputs. 'aurum ppa repeat' does it again.",
            PpaRequest.Parameters);
        MapList<CashflowShape>(v1, "cashflows", "Cashflows", "By delivery month.");
        MapList<PartShape>(v1, "parts", "Parts of the value", "Clause by clause; they sum to the value.");
        MapList<DeltaShape>(v1, "deltas", "Deltas", "What 1 more per MWh adds to the value, by month, quarter and year.");
        MapList<SensitivityShape>(v1, "sensitivities", "Sensitivities", "What single changes of assumptions do, largest first.");
    }

    private static void MapList<TShape>(IEndpointRouteBuilder v1, string part, string summary, string description) =>
        v1.MapGet(
                $"/ppa/valuations/{{valuation_id}}/{part}",
                (HttpRequest request, ApiServices services) => List<TShape>(part, request, services))
            .WithTags(PpaRoutes.Tag)
            .Describe($"PpaValuation{char.ToUpperInvariant(part[0])}{part[1..]}", summary, description, ListParameters);

    private static Results<Answer<ValuationAnswer<JsonElement>>, Problem> Get(HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        return Find(request, services, PpaRequest.TenantOf(request)) is { } found
            ? new Answer<ValuationAnswer<JsonElement>>(
                ValuationAnswers.Of(found), 1, services.Time.GetElapsedTime(started).TotalMilliseconds)
            : NotFound(request);
    }

    private static Results<Answer<JsonElement>, Problem> GetManifest(HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        return Find(request, services, PpaRequest.TenantOf(request)) is { } found
            ? new Answer<JsonElement>(
                ValuationAnswers.Json(found.Manifest), 1, services.Time.GetElapsedTime(started).TotalMilliseconds)
            : NotFound(request);
    }

    private static Results<Answer<IReadOnlyList<TShape>>, Problem> List<TShape>(string part, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(request.Query, ListParameters);
        if (Find(request, services, TenantChoice.Of(request, query)) is not { } found)
        {
            return NotFound(request);
        }

        var rows = ValuationShapes.Read<TShape>(found.Document, part);
        return new Answer<IReadOnlyList<TShape>>(rows, rows.Count, services.Time.GetElapsedTime(started).TotalMilliseconds)
        {
            Format = ResponseFormats.Read(query, request),
        };
    }

    private static string IdOf(HttpRequest request) => request.RouteValues["valuation_id"]?.ToString() ?? "";

    private static ValuationRecord? Find(HttpRequest request, ApiServices services, string tenant)
    {
        var found = services.Store.Valuations.Find(tenant, IdOf(request));
        return found is not null && services.Store.Contracts.Find(tenant, found.ContractId) is not null ? found : null;
    }

    private static Problem NotFound(HttpRequest request) => Problem.NotFound(
        "valuation_id", "a valuation as /v1/ppa/contracts/{contract_id}/valuations lists them", IdOf(request));
}
