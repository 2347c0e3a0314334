using Aurum.Market.Feeds;

namespace Aurum.Sources.Eia;

/// <summary>EIA's errors, whether they come with status 200 or with 400, 403, 404 or 429:
/// <c>{"error":{"code":"OVER_RATE_LIMIT","message":"..."}}</c>, or <c>{"error":"Invalid frequency ...","code":400}</c>.</summary>
internal static class EiaRefusal
{
    /// <summary>The outcome of an error's body; null where it is none, or is cut.</summary>
    public static ParseResult? Of(string body)
    {
        if (!body.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        try
        {
            return EiaEnvelope.Read(System.Text.Encoding.UTF8.GetBytes(body), "answer").Error is { } words ? Because(words) : null;
        }
        catch (Exception e) when (e is FeedFormatException or InvalidOperationException)
        {
            // No JSON, or words that are no text.
            return null;
        }
    }

    /// <summary>Too many requests is throttled; all else (a bad key, a route or a parameter that is not there) must be mended by
    /// a person.</summary>
    public static ParseResult Because(string words) => words.Contains("RATE_LIMIT", StringComparison.OrdinalIgnoreCase)
        ? ParseResult.Throttled($"EIA answers: {words}")
        : ParseResult.Unavailable($"EIA answers: {words}");
}
