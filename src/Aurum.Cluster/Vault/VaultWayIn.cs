using System.Text.Json;

namespace Aurum.Cluster.Vault;

/// <summary>Gets in, by the way that the options name.</summary>
internal sealed class VaultWayIn(VaultOptions options, VaultHttp http, TimeProvider time)
{
    /// <summary>Most letters of a token or a service account's token in a file.</summary>
    private const int MaxTokenLetters = 64 << 10;

    /// <summary>Whether a token that has ended can be had anew without a person.</summary>
    public bool CanRepeat => options.Token is null;

    /// <exception cref="VaultException">It does not let in.</exception>
    public VaultLogin GoIn(CancellationToken cancel) =>
        options.Token is { } token ? OfToken(token.Trim(), cancel)
        : options.TokenFile is { } file ? OfToken(ReadToken(file, "Vault:TokenFile"), cancel)
        : options.RoleId is { } role ? SignIn(
            options.AppRoleMount,
            "AppRole",
            options.SecretId is { } secret
                ? new Dictionary<string, string> { ["role_id"] = role, ["secret_id"] = secret }
                : new Dictionary<string, string> { ["role_id"] = role },
            cancel)
        : options.KubernetesRole is { } account ? SignIn(
            options.KubernetesMount,
            "Kubernetes",
            new Dictionary<string, string>
            {
                ["role"] = account, ["jwt"] = ReadToken(options.KubernetesTokenFile, "Vault:KubernetesTokenFile"),
            },
            cancel)
        : throw new VaultException(
            VaultFailure.Denied,
            "Vault: expected a way in, found none; set VAULT_TOKEN, VAULT_ROLE_ID with VAULT_SECRET_ID, or VAULT_K8S_ROLE");

    /// <summary>Makes a token last longer.</summary>
    /// <exception cref="VaultException">Vault does not.</exception>
    public VaultLogin Renew(VaultLogin login, CancellationToken cancel)
    {
        const string About = "auth/token/renew-self";
        var at = time.GetTimestamp();
        var answer = http.Send(HttpMethod.Post, About, About, login.Token, "{}"u8.ToArray(), cancel);
        return OfAuth(Accepted(answer, About), About, at, login.Token);
    }

    /// <summary>A token says itself how long it is good.</summary>
    private VaultLogin OfToken(string token, CancellationToken cancel)
    {
        const string About = "auth/token/lookup-self";
        var at = time.GetTimestamp();
        var data = Accepted(http.Send(HttpMethod.Get, About, About, token, null, cancel), About).Object("data", About);
        return new VaultLogin(
            token,
            TimeSpan.FromSeconds(Whole(data, "ttl")),
            data.TryGetProperty("renewable", out var renewable) && renewable.ValueKind == JsonValueKind.True,
            at);
    }

    private VaultLogin SignIn(string mount, string method, Dictionary<string, string> body, CancellationToken cancel)
    {
        var about = $"auth/{mount}/login";
        var at = time.GetTimestamp();
        var answer = http.Send(HttpMethod.Post, about, about, null, JsonSerializer.SerializeToUtf8Bytes(body), cancel);
        if ((int)answer.Status >= 300)
        {
            throw new VaultException(
                VaultFailure.Denied,
                $"Vault does not let in by {method} at {about} ({(answer.Errors.Length > 0 ? answer.Errors : "not found")}): "
                + "see that the method is mounted there, and its role");
        }

        return OfAuth(answer, about, at, null);
    }

    private static VaultAnswer Accepted(VaultAnswer answer, string about) => (int)answer.Status < 300
        ? answer
        : throw new VaultException(VaultFailure.Denied, $"Vault answers {(int)answer.Status} for {about} ({answer.Errors})");

    private static VaultLogin OfAuth(VaultAnswer answer, string about, long at, string? known)
    {
        var auth = answer.Object("auth", about);
        var token = auth.TryGetProperty("client_token", out var given) ? given.GetString() : known;
        return token is { Length: > 0 }
            ? new VaultLogin(
                token,
                TimeSpan.FromSeconds(Whole(auth, "lease_duration")),
                auth.TryGetProperty("renewable", out var renewable) && renewable.ValueKind == JsonValueKind.True,
                at)
            : throw new VaultException(VaultFailure.Refused, $"{about}: expected a token in the answer, found none");
    }

    private static long Whole(JsonElement of, string name) =>
        of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) ? number : 0;

    private static string ReadToken(string file, string setting)
    {
        try
        {
            if (new FileInfo(file).Length > MaxTokenLetters)
            {
                throw new VaultException(VaultFailure.Denied, $"{setting}: expected a token in '{file}', found a larger file");
            }

            var text = File.ReadAllText(file).Trim();
            return text.Length > 0 && !text.Any(char.IsWhiteSpace)
                ? text
                : throw new VaultException(
                    VaultFailure.Denied,
                    $"{setting}: expected a token in '{file}', found {(text.Length == 0 ? "nothing" : "several words")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(VaultFailure.Denied, $"{setting}: the file '{file}' cannot be read: {e.Message}", e);
        }
    }
}
