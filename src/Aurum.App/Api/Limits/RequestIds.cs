using System.Buffers;
using System.Security.Cryptography;

namespace Aurum.App.Api.Limits;

/// <summary>Gives every request an id, the caller's own where it sends a usable one, and says it in the answer.</summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    /// <summary>Characters in an id at most; longer ones are replaced by ours.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/");

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var asked = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = asked.Length is > 0 and <= MaxLength && !asked.AsSpan().ContainsAnyExcept(Allowed)
            ? asked
            : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }
}
