using System.Net;
using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Limits;

/// <summary>What only people on this machine may do: ask SQL, start a backfill.</summary>
internal static class NearClients
{
    /// <summary>Only this machine, and only by a name of this machine: a web page whose host name was pointed here has another
    /// one.</summary>
    /// <exception cref="RequestFormatException">The client is elsewhere.</exception>
    public static void Require(HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress;
        if (client is not null && !IPAddress.IsLoopback(client))
        {
            throw new RequestFormatException("client", "a client on the same machine", client.ToString(),
                StatusCodes.Status403Forbidden);
        }

        var host = context.Request.Host.Host;
        if (host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
        {
            throw new RequestFormatException("host", "localhost or a loopback address", $"'{host}'",
                StatusCodes.Status403Forbidden);
        }
    }

    /// <exception cref="RequestFormatException">The body is not declared as JSON, which a
    /// web page elsewhere could send.</exception>
    public static void RequireJson(HttpContext context, string example)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new RequestFormatException(
                "content-type", $"application/json with {example}", $"'{context.Request.ContentType}'",
                StatusCodes.Status415UnsupportedMediaType);
        }
    }
}
