using System.Net.Http.Json;
using System.Text.Json;

namespace Aurum.Cluster.Iceberg;

/// <summary>Bearer tokens: a fixed one, or one by OAuth2 client credentials that is asked for anew before it ends or when the catalog no
/// longer takes it.</summary>
internal sealed class CatalogTokens(IcebergOptions options, HttpClient http, TimeProvider time)
{
    /// <summary>How long a token is used whose server does not say.</summary>
    private const int UsualSeconds = 600;

    /// <summary>Part of a token's life after which it is asked for anew, in percent.</summary>
    private const int UsedPercent = 80;

    private Held? _held;

    /// <summary>The token; null: none is needed.</summary>
    public async Task<string?> Get(CancellationToken cancel)
    {
        if (options.ClientId is null)
        {
            return options.Token;
        }

        if (_held is not { } held || time.GetElapsedTime(held.Since) >= held.Life)
        {
            _held = held = await Ask(cancel);
        }

        return held.Token;
    }

    /// <summary>Forgets a token that was refused; false: it is a fixed one.</summary>
    public bool Forget(string? refused)
    {
        if (_held?.Token == refused)
        {
            _held = null;
        }

        return options.ClientId is not null;
    }

    private async Task<Held> Ask(CancellationToken cancel)
    {
        var address = options.TokenUri ?? options.Uri.TrimEnd('/') + "/v1/oauth/tokens";
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", options.ClientId!),
            new("client_secret", options.ClientSecret!),
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

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        var token = json.TryGetProperty("access_token", out var found) ? found.GetString() : null;
        var seconds = json.TryGetProperty("expires_in", out var life) && life.TryGetInt32(out var given) ? given : UsualSeconds;
        return token is { Length: > 0 }
            ? new Held(token, since, TimeSpan.FromSeconds(seconds) * UsedPercent / 100)
            : throw new CatalogException(
                $"POST {address}: expected access_token in the answer, found none", CatalogFailure.Refused, (int)answer.StatusCode);
    }

    private sealed record Held(string Token, long Since, TimeSpan Life);
}
