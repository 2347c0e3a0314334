using System.Buffers;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Scenarios;

namespace Aurum.App.Api.Scenarios;

/// <summary>What requests about scenarios have in common.</summary>
internal static class ScenarioRequests
{
    public const string Tag = "scenarios";

    /// <summary>A scenario's JSON at most, bytes.</summary>
    private const int MaxBodyBytes = 1 << 20;

    /// <summary>The desk, where this process works on scenarios.</summary>
    public static ScenarioDesk Desk(this ApiServices services) => services.Scenarios
        ?? throw new RequestFormatException("scenarios", "a server that works on scenarios", "one that does not");

    /// <summary>The whole body of a change, which comes from this machine.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBody(HttpContext context, string example, bool mayBeEmpty = false)
    {
        NearClients.Require(context);
        var body = new ArrayBufferWriter<byte>();
        for (int read; (read = await context.Request.Body.ReadAsync(body.GetMemory(16 << 10), context.RequestAborted)) > 0;)
        {
            body.Advance(read);
            if (body.WrittenCount > MaxBodyBytes)
            {
                throw new RequestFormatException(
                    "body", $"at most {MaxBodyBytes} bytes", "more", StatusCodes.Status413PayloadTooLarge);
            }
        }

        if (body.WrittenCount > 0 || !mayBeEmpty)
        {
            NearClients.RequireJson(context, example);
        }

        return body.WrittenMemory;
    }

    /// <summary>Whose: what the request says, else what the document says, else the default.</summary>
    /// <exception cref="RequestFormatException">Both say it, and not the same.</exception>
    public static string TenantOf(HttpRequest request, QueryReader query, string? inDocument)
    {
        var isNamed = request.Headers.ContainsKey(TenantChoice.Header) || query.Text(TenantChoice.Parameter.Name) is not null;
        var named = TenantChoice.Of(request, query);
        if (inDocument is null)
        {
            return named;
        }

        var written = TenantChoice.Checked("tenant_id", inDocument);
        return !isNamed || written == named
            ? written
            : throw new RequestFormatException("tenant_id", $"the tenant that the request names ({named})", $"'{written}'");
    }

    /// <summary>Problems that a change may answer with beside those of a read.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder endpoint) => endpoint.WithTags(Tag)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status404NotFound, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status412PreconditionFailed, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);

    /// <summary>One thing as an answer.</summary>
    public static Answer<T> One<T>(this ApiServices services, T thing, long started) =>
        new(thing, 1, services.Time.GetElapsedTime(started).TotalMilliseconds);
}
