using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Ppa;

/// <summary>A request with a body about contracts: from this machine, in JSON, for one tenant.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Body">UTF-8.</param>
internal sealed record PpaRequest(string Tenant, ReadOnlyMemory<byte> Body)
{
    /// <summary>Parameters of requests with a body.</summary>
    public static readonly QueryParameter[] Parameters = [TenantChoice.Parameter];

    /// <exception cref="RequestFormatException">From elsewhere, not JSON, or a parameter that does not fit.</exception>
    public static async Task<PpaRequest> ReadAsync(HttpContext context, string example)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, example);
        var tenant = TenantOf(context.Request);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new PpaRequest(tenant, body.ToArray());
    }

    /// <summary>The tenant of a request that has no other parameter.</summary>
    /// <exception cref="RequestFormatException">A parameter that does not fit.</exception>
    public static string TenantOf(HttpRequest request) => TenantChoice.Of(request, new QueryReader(request.Query, Parameters));
}
