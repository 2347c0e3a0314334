using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Iceberg;

/// <summary>Bearer tokens: a fixed one, or one by OAuth2 client credentials that is asked for anew before it ends or when the catalog no
/// longer takes it.</summary>
internal sealed class CatalogTokens(IcebergOptions options, HttpClient http, TimeProvider time)
{
    /// <summary>How long a token is used whose server does not say.</summary>
    private const int UsualSeconds = 600;

    /// <summary>Part of a token's life after which it is asked for anew, in percent.</summary>
    private const int UsedPercent = 80;

    private readonly EngineLogin _login = new(
        options.Secrets, ("Iceberg:Token", options.Token), ("Iceberg:ClientId", options.ClientId),
        ("Iceberg:ClientSecret", options.ClientSecret));

    private Held? _held;

    /// <summary>The token; null: none is needed.</summary>
    /// <exception cref="SecretGoneException">What it is had with may no longer be used.</exception>
    public async Task<string?> Get(CancellationToken cancel)
    {
        if (options.ClientId is null)
        {
            return _login.Present()[0];
        }

        if (_held is not { } held || time.GetElapsedTime(held.Since) >= held.Life)
        {
            _held = held = await Ask(cancel);
        }

        return held.Token;
    }

    /// <summary>Has another token in place of one that was refused.</summary>
    /// <returns>False: there is no other.</returns>
    public async Task<bool> Renew(string? refused, CancellationToken cancel)
    {
        if (options.ClientId is null)
        {
            return await _login.RenewLater([refused, .. _login.Present().Skip(1)], cancel);
        }

        if (_held?.Token == refused)
        {
            _held = null;
        }

        return true;
    }

    /// <summary>Asks the token server. Where it refuses the client's secret, that is asked for anew, once.</summary>
    private async Task<Held> Ask(CancellationToken cancel)
    {
        var keys = _login.Present();
        try
        {
            return await Ask(keys, cancel);
        }
        catch (CatalogException error) when (error.Status is 400 or 401 or 403)
        {
            if (!await _login.RenewLater(keys, cancel))
            {
                throw;
            }

            return await Ask(_login.Present(), cancel);
        }
    }

    private async Task<Held> Ask(IReadOnlyList<string?> keys, CancellationToken cancel)
    {
        var address = options.TokenUri ?? options.Uri.TrimEnd('/') + "/v1/oauth/tokens";
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", keys[1]!),
            new("client_secret", keys[2]!),
            new("scope", options.Scope),
        ]);
        var since = time.GetTimestamp();
        using var answer = await http.PostAsync(new Uri(address), form, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            var status = (int)answer.StatusCode;
            throw new CatalogException(
                $"POST {address}: the token server answers {status}",
                status >= 500 ? CatalogFailure.NotDone : CatalogFailure.Refused,
                status);
        }

        var json = Parsed(address, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        var seconds = json?["expires_in"] is JsonValue life && life.TryGetValue<int>(out var given) ? given : UsualSeconds;
        return json?["access_token"] is JsonValue found && found.TryGetValue<string>(out var token) && token.Length > 0
            ? new Held(token, since, TimeSpan.FromSeconds(seconds) * UsedPercent / 100)
            : throw new CatalogException(
                $"POST {address}: expected access_token in the answer, found none", CatalogFailure.Refused, (int)answer.StatusCode);
    }

    /// <summary>The answer; null: it is JSON, and no object. A page of a proxy in its place passes by itself, and what the token was for
    /// was not sent yet.</summary>
    private static JsonObject? Parsed(string address, int status, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException error)
        {
            throw new CatalogException(
                $"POST {address}: expected JSON from the token server, found {error.Message}", CatalogFailure.NotDone, status, error);
        }
    }

    private sealed record Held(string Token, long Since, TimeSpan Life);
}
