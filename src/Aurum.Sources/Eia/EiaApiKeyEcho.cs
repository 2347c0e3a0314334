using System.Text.Json;

namespace Aurum.Sources.Eia;

/// <summary>Finds the caller's API key in an answer. EIA repeats the request in the answer, the key included where it was sent in the
/// query; the archive takes it out before anything is stored.</summary>
public static class EiaApiKeyEcho
{
    /// <summary>Where values of <c>api_key</c> stand in a JSON body, without their quotes, in order; empty where there are none, and for
    /// a body that is no JSON. Offsets and lengths in bytes.</summary>
    public static IReadOnlyList<Range> Find(ReadOnlySpan<byte> body)
    {
        var found = new List<Range>();
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(body[start..]);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("api_key"u8))
                {
                    continue;
                }

                reader.Read();
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                {
                    var at = start + (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
                    found.Add(at..(at + reader.ValueSpan.Length));
                }
            }
        }
        catch (JsonException)
        {
            // Cut short or no JSON: what was found before the break still counts, and behind it nothing can be told apart.
        }

        return found;
    }
}
