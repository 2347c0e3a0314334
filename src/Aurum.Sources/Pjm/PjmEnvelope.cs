using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>What stands around the items of an answer: how many rows there are, which of them it holds, or why there are none.</summary>
/// <param name="Names">Properties of the document.</param>
/// <param name="RowsOfPage">Rows that this answer must hold by its own count; 0 where it gives none.</param>
/// <param name="Refusal">What an error document comes to; null for any other.</param>
internal sealed record PjmEnvelope(IReadOnlyList<string> Names, long RowsOfPage, ParseResult? Refusal)
{
    private const int TooManyRequests = 429;

    /// <summary>Properties that stand at the top of documents that refuse: of Data Miner, and of the gateway before it.</summary>
    private static readonly string[] ErrorNames = ["errors", "error", "message"];

    /// <exception cref="FeedFormatException">Not well-formed JSON, or no JSON object.</exception>
    public static PjmEnvelope Read(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FeedFormatException(file, "1", "a JSON object", root.ValueKind.ToString());
            }

            return new PjmEnvelope([.. root.EnumerateObject().Select(p => p.Name)], RowsOf(root), RefusalOf(root));
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(file, e);
        }
    }

    /// <summary>What the words of a refused request come to; null for a body that is no error document.</summary>
    public static ParseResult? RefusalIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? RefusalOf(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or words that are no text.
            return null;
        }
    }

    private static ParseResult? RefusalOf(JsonElement root)
    {
        foreach (var name in ErrorNames)
        {
            if (root.TryGetProperty(name, out var words))
            {
                return Number(root, "statusCode") == TooManyRequests
                    ? ParseResult.Throttled($"PJM: {words}")
                    : ParseResult.Unavailable($"PJM answers: {words}");
            }
        }

        return null;
    }

    /// <summary>The rows from startRow on, as many as a page takes.</summary>
    private static long RowsOf(JsonElement root)
    {
        if (Number(root, "totalRows") is not { } total || !root.TryGetProperty("searchSpecification", out var asked)
            || asked.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        var left = total - (Number(asked, "startRow") ?? 1) + 1;
        return Math.Max(0, Math.Min(left, Number(asked, "rowCount") ?? left));
    }

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
