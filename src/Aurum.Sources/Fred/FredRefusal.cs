using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Fred;

/// <summary>FRED's errors: <c>{"error_code":400,"error_message":"Bad Request.  The series does not exist."}</c>, with two blanks
/// after the first sentence, under the status that the code repeats.</summary>
internal static class FredRefusal
{
    /// <summary>The outcome of an error's body; null where it is none.</summary>
    public static ParseResult? Of(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error_code", out var code)
                ? Of(code.ToString(), root.TryGetProperty("error_message", out var message) ? message.ToString() : "")
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or words that are no text.
            return null;
        }
    }

    /// <summary>Too many requests is throttled; a series that has no vintages is proven empty; all else (a bad key, a bad
    /// parameter, a series that does not exist) must be mended by a person.</summary>
    public static ParseResult Of(string code, string message)
    {
        var words = $"FRED answers {code}: {message}";
        return code == "429" || message.Contains("Too Many Requests", StringComparison.OrdinalIgnoreCase)
            ? ParseResult.Throttled(words)
            : message.Contains("does not exist in ALFRED", StringComparison.OrdinalIgnoreCase)
                ? ParseResult.ProvenEmpty(words)
                : ParseResult.Unavailable(words);
    }
}
