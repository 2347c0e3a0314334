using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Ppa.Orders;
using Aurum.Curves.Documents;
using Aurum.Store.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Aurum.App.Api.Ppa;

/// <summary><c>/v1/ppa/contracts</c>: the contracts of a tenant, in versions. Changes name what they have seen with
/// <c>If-Match</c>.</summary>
internal static class ContractEndpoints
{
    private const string Example = "{\"terms\": {...}}";
    private const int MaxContracts = 200;
    private const int UsualContracts = 50;

    private static readonly QueryParameter[] ListParameters =
    [
        TenantChoice.Parameter, QueryParameter.LimitOf(MaxContracts, UsualContracts), RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/ppa/contracts", List).WithTags(PpaRoutes.Tag).Describe(
            "PpaContracts", "Contracts", "The contracts of a tenant in the order of their creation.", ListParameters);
        v1.MapGet("/ppa/contracts/{contract_id}", Get).WithTags(PpaRoutes.Tag).Describe(
            "PpaContract", "One contract", "The newest version. Its ETag goes into If-Match of a change.", PpaRequest.Parameters);
        v1.MapGet("/ppa/contracts/{contract_id}/versions", GetVersions).WithTags(PpaRoutes.Tag).Describe(
            "PpaContractVersions", "All versions of a contract", "Oldest first.", PpaRequest.Parameters);
        Writes(v1.MapPost("/ppa/contracts", Post), "PpaContractCreate", "Store a contract",
            "Checks the terms and stores them to the byte as version 1. Body: {\"terms\": {...}, \"instrument_id\": \"...\"}; the "
            + "terms are those of /v1/ppa/schema.").Accepts<ContractBody>("application/json");
        Writes(v1.MapPatch("/ppa/contracts/{contract_id}", Patch), "PpaContractUpdate", "Change a contract",
            "Stores other terms or another instrument as a new version. With If-Match only where nobody has changed it since: else 412.")
            .Accepts<ContractBody>("application/json");
        Writes(v1.MapDelete("/ppa/contracts/{contract_id}", Delete), "PpaContractDelete", "Delete a contract",
            "It and its valuations are not given any more. With If-Match only where nobody has changed it since: else 412.");
    }

    private static RouteHandlerBuilder Writes(RouteHandlerBuilder endpoint, string name, string summary, string description) =>
        endpoint.WithTags(PpaRoutes.Tag)
            .Describe(name, summary, description + " Answers clients on this machine only.", PpaRequest.Parameters)
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status412PreconditionFailed, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);

    private static Answer<IReadOnlyList<ContractShape>> List(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("ppa-contracts", ListParameters, request, services);
        var tenant = TenantChoice.Of(request, list.Query);
        var contracts = services.Api.Store.Contracts.List(tenant, list.After?[0], list.Limit + 1);
        return list.Page(contracts, ContractShape.Of, static c => [c.Id]);
    }

    private static Results<Answer<ContractShape>, Problem> Get(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        return services.Store.Contracts.Find(PpaRequest.TenantOf(request), id) is { } contract
            ? Answer(contract, services, started)
            : NotFound(id);
    }

    private static Results<Answer<IReadOnlyList<ContractShape>>, Problem> GetVersions(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        var versions = services.Store.Contracts.Versions(PpaRequest.TenantOf(request), id);
        return versions.Count == 0
            ? NotFound(id)
            : new Answer<IReadOnlyList<ContractShape>>(
                [.. versions.Select(ContractShape.Of)], versions.Count, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<Responses.Created<ContractShape>> Post(HttpContext context, ApiServices services)
    {
        var request = await PpaRequest.ReadAsync(context, Example);
        var started = services.Time.GetTimestamp();
        var body = ContractBody.Read(request.Body, isNew: true);
        var contract = services.Store.Contracts.Create(request.Tenant, body.InstrumentId, body.Terms!, services.Now);
        return new Responses.Created<ContractShape>(Answer(contract, services, started), $"/v1/ppa/contracts/{contract.Id}");
    }

    private static async Task<Results<Answer<ContractShape>, Problem>> Patch(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpContext context, ApiServices services,
        IOptions<JsonOptions> forms)
    {
        var request = await PpaRequest.ReadAsync(context, Example);
        var started = services.Time.GetTimestamp();
        var book = services.Store.Contracts;
        if (book.Find(request.Tenant, id) is not { } seen)
        {
            return NotFound(id);
        }

        var expected = VersionOf(context.Request, seen, forms);
        var body = ContractBody.Read(request.Body, isNew: false);
        var (change, contract) = book.Update(
            request.Tenant,
            id,
            c => c with { InstrumentId = body.InstrumentId ?? c.InstrumentId, Terms = body.Terms ?? c.Terms },
            expected,
            services.Now);
        return Refusal(change, id) is { } refusal ? refusal : Answer(contract!, services, started);
    }

    private static Results<NoContent, Problem> Delete(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contract_id")] string id, HttpContext context, ApiServices services,
        IOptions<JsonOptions> forms)
    {
        NearClients.Require(context);
        var tenant = PpaRequest.TenantOf(context.Request);
        var book = services.Store.Contracts;
        if (book.Find(tenant, id) is not { } seen)
        {
            return NotFound(id);
        }

        var change = book.Delete(tenant, id, VersionOf(context.Request, seen, forms), services.Now);
        return Refusal(change, id) is { } refusal ? refusal : TypedResults.NoContent();
    }

    public static Problem NotFound(string id) => Problem.NotFound("contract_id", "a contract as /v1/ppa/contracts lists them", id);

    private static Answer<ContractShape> Answer(ContractRecord contract, ApiServices services, long started) =>
        new(ContractShape.Of(contract), 1, services.Time.GetElapsedTime(started).TotalMilliseconds);

    /// <summary>The version that a change must find; null where the client names none.</summary>
    private static int? VersionOf(HttpRequest request, ContractRecord seen, IOptions<JsonOptions> forms) =>
        EntityTags.RequireMatch(request, EntityTags.Of(ContractShape.Of(seen), forms.Value.SerializerOptions)) ? seen.Version : null;

    private static Problem? Refusal(ContractChange change, string id) => change switch
    {
        ContractChange.Unknown => NotFound(id),
        ContractChange.OtherVersion => Problem.Of(new RequestFormatException(
            "If-Match", "the ETag of what is there now", "one that was overtaken", StatusCodes.Status412PreconditionFailed)),
        _ => null,
    };

    /// <summary>A contract as it is given.</summary>
    /// <param name="InstrumentId">The caller's own name for it.</param>
    /// <param name="Terms">Its terms, JSON.</param>
    internal sealed record ContractBody(string? InstrumentId, string? Terms)
    {
        /// <exception cref="DocumentException">Anything is wrong with it, or with the terms.</exception>
        public static ContractBody Read(ReadOnlyMemory<byte> json, bool isNew)
        {
            var body = DocumentReader.Read(json, document => new ContractBody(
                document.OptionalText("instrument_id"), OrderTerms.Read(document, isNeeded: isNew)));
            if (body.Terms is { } terms)
            {
                ContractText.Read(terms, "$.terms");
            }

            return body;
        }
    }
}
