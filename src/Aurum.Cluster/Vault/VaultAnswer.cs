using System.Net;
using System.Text.Json;

namespace Aurum.Cluster.Vault;

/// <summary>An answer of Vault.</summary>
/// <param name="Status">Status of HTTP.</param>
/// <param name="Root">Its JSON; undefined where there was no body.</param>
/// <param name="RetryAfter">When it wants to be asked again; null: not said.</param>
internal readonly record struct VaultAnswer(HttpStatusCode Status, JsonElement Root, TimeSpan? RetryAfter)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>The texts of <c>errors</c>; empty: none. They name paths and reasons, never values.</summary>
    public string Errors =>
        Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ? string.Join("; ", errors.EnumerateArray().Select(static e => e.ToString().Trim()))
            : "";

    public bool SaysSealed =>
        Errors.Contains("sealed", StringComparison.OrdinalIgnoreCase)
        || (Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty("sealed", out var isSealed)
            && isSealed.ValueKind == JsonValueKind.True);

    /// <exception cref="VaultException">The body is no JSON, though the status says that it went well.</exception>
    public static VaultAnswer Read(HttpResponseMessage response, byte[] body, string about)
    {
        JsonElement root = default;
        if (body.Length > 0)
        {
            try
            {
                root = JsonSerializer.Deserialize<JsonElement>(body);
            }
            catch (JsonException) when (!response.IsSuccessStatusCode)
            {
                // The page of a proxy: its status says enough.
            }
            catch (JsonException e)
            {
                throw new VaultException(
                    VaultFailure.Refused, $"{about}: expected JSON, found something else; see that Vault:Address names a Vault", e);
            }
        }

        var asked = response.Headers.RetryAfter?.Delta is { } delta ? delta : (TimeSpan?)null;
        return new VaultAnswer(response.StatusCode, root, asked > LongestRetryAfter ? LongestRetryAfter : asked);
    }

    /// <summary>The object that a name holds.</summary>
    /// <exception cref="VaultException">There is none; the message names it and what was asked for.</exception>
    public JsonElement Object(string name, string about) =>
        Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object
            ? found
            : throw new VaultException(
                VaultFailure.Refused, $"{about}: expected '{name}' in the answer, found none; see that Vault:Address names a Vault");
}
