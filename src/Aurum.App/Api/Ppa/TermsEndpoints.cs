using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ppa.Orders;
using Aurum.App.Ppa.Results;
using Aurum.Curves.Documents;
using Aurum.Curves.Ppa.Terms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Ppa;

/// <summary>What terms may say, and what they say in words: <c>/v1/ppa/schema</c>, <c>/v1/ppa/check</c> and <c>words</c> of a stored
/// contract.</summary>
internal static class TermsEndpoints
{
    private const string Example = "{\"terms\": {...}}";
    private const string SchemaType = "application/schema+json";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/ppa/schema", static (HttpRequest request) => Schema(request)).WithTags(PpaRoutes.Tag).Describe(
            "PpaSchema", "Schema of a contract", "JSON Schema 2020-12 of the terms of a contract.", [])
            .Produces<object>(StatusCodes.Status200OK, SchemaType);
        v1.MapPost("/ppa/check", Check).WithTags(PpaRoutes.Tag).Accepts<TermsBody>("application/json").Describe(
            "PpaCheck", "Check terms",
            "Says the terms in words, or everything that is wrong with them: 422 with an entry for each field. Stores nothing.",
            PpaRequest.Parameters)
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        v1.MapGet("/ppa/contracts/{contract_id}/words", Words).WithTags(PpaRoutes.Tag).Describe(
            "PpaContractWords", "A contract in words", "The term sheet of the newest version, a line a term.", PpaRequest.Parameters);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Schema(HttpRequest request)
    {
        _ = new QueryReader(request.Query, []);
        return TypedResults.Content(PpaContractSchema.Json, SchemaType);
    }

    private static async Task<Answer<IReadOnlyList<TermShape>>> Check(HttpContext context, ApiServices services)
    {
        var request = await PpaRequest.ReadAsync(context, Example);
        var started = services.Time.GetTimestamp();
        var terms = DocumentReader.Read(request.Body, static body => OrderTerms.Read(body, isNeeded: true));
        return Answer(ContractText.Read(terms!, "$.terms"), services, started);
    }

    private static Results<Answer<IReadOnlyList<TermShape>>, Problem> Words(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        return services.Store.Contracts.Find(PpaRequest.TenantOf(request), id) is { } contract
            ? Answer(ContractText.Read(contract.Terms), services, started)
            : ContractEndpoints.NotFound(id);
    }

    private static Answer<IReadOnlyList<TermShape>> Answer(PpaContract contract, ApiServices services, long started)
    {
        var words = TermShape.Of(contract);
        return new Answer<IReadOnlyList<TermShape>>(words, words.Count, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Terms to be checked.</summary>
    /// <param name="Terms">A contract, as /v1/ppa/schema describes it.</param>
    internal sealed record TermsBody(System.Text.Json.JsonElement Terms);
}
