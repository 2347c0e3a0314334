using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;

namespace Aurum.App.Api.Documents;

/// <summary>What the OpenAPI document says of an endpoint beyond its types: parameters and, for row resources, fields.</summary>
/// <param name="Parameters">Query parameters.</param>
/// <param name="Rows">The rows that it gives; null where the types say it.</param>
internal sealed record EndpointFacts(IReadOnlyList<QueryParameter> Parameters, IReadOnlyList<RowField>? Rows);

/// <summary>A body that an endpoint takes, for the OpenAPI document.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Text">The body.</param>
internal sealed record BodyExample(string ContentType, string Text);

/// <summary>Describes endpoints where they are mapped.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Names and describes a read under <c>/v1</c>, with the problems that every read may answer with.</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string name, string summary, string description,
        IReadOnlyList<QueryParameter>? parameters = null) =>
        endpoint
            .WithName(name).WithSummary(summary).WithDescription(description)
            .WithMetadata(new EndpointFacts(parameters ?? [], null))
            .Produces<ProblemShape>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status429TooManyRequests, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status504GatewayTimeout, Problem.ContentType);

    /// <summary>Names and describes a read that gives rows as JSON, NDJSON or CSV.</summary>
    public static RouteHandlerBuilder DescribeRows(
        this RouteHandlerBuilder endpoint, string name, string summary, string description,
        IReadOnlyList<QueryParameter> parameters,
        IReadOnlyList<RowField> fields) =>
        endpoint.Describe(name, summary, description, parameters)
            .WithMetadata(new EndpointFacts(parameters, fields))
            .Produces<ProblemShape>(StatusCodes.Status406NotAcceptable, Problem.ContentType)
            .Produces(StatusCodes.Status200OK)
            .Produces(StatusCodes.Status304NotModified);
}
