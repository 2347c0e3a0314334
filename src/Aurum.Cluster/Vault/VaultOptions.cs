namespace Aurum.Cluster.Vault;

/// <summary>Where secrets are kept: <c>Vault:Address</c> and its like. Speaks to HashiCorp Vault's (or OpenBao's) KV engine,
/// version 2.</summary>
/// <remarks>How to sign in: <see cref="Token"/> or <see cref="TokenFile"/>, else <see cref="RoleId"/> with <see cref="SecretId"/>
/// (AppRole), else <see cref="KubernetesRole"/>.</remarks>
public sealed record VaultOptions
{
    /// <summary>Address of the server, such as https://vault:8200. Needed.</summary>
    public Uri? Address { get; init; }

    /// <summary>Namespace that every request names (header X-Vault-Namespace); null: none. Vault Enterprise alone knows them.</summary>
    public string? Namespace { get; init; }

    /// <summary>Token to go in with; null: another way.</summary>
    public string? Token { get; init; }

    /// <summary>File that holds the token, read again when a token has expired, as an agent of Vault keeps it; null: none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Role id of an AppRole; null: another way.</summary>
    public string? RoleId { get; init; }

    /// <summary>Secret id of the AppRole; null: the role asks for none.</summary>
    public string? SecretId { get; init; }

    /// <summary>Where the AppRole method is mounted.</summary>
    public string AppRoleMount { get; init; } = "approle";

    /// <summary>Role that the service account of a pod stands for; null: another way.</summary>
    public string? KubernetesRole { get; init; }

    /// <summary>Where the Kubernetes method is mounted.</summary>
    public string KubernetesMount { get; init; } = "kubernetes";

    /// <summary>File with the service account's token, read anew at each sign-in: Kubernetes replaces it.</summary>
    public string KubernetesTokenFile { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>What is read from where, each as VARIABLE=secret/data/path:field; 0 to 1,000 entries.</summary>
    public IReadOnlyList<string> Map { get; init; } = [];

    /// <summary>Age at which a value is asked for again, seconds. 1 to 86,400. A new version is in use after at most this time.</summary>
    public int CacheSeconds { get; init; } = 300;

    /// <summary>How long values go on to be used while Vault is sealed or cannot be reached, seconds. 0 to 604,800.</summary>
    public int GraceSeconds { get; init; } = 3_600;

    /// <summary>Longest wait for a connection, seconds. 0.1 to 60.</summary>
    public double ConnectSeconds { get; init; } = 5;

    /// <summary>Longest wait for one answer, seconds. 0.1 to 300.</summary>
    public double RequestSeconds { get; init; } = 10;

    /// <summary>Longest time of a call with all its tries, seconds. 0.1 to 600.</summary>
    public double TotalSeconds { get; init; } = 30;

    /// <summary>Tries of a call, the first included. 1 to 20.</summary>
    public int Attempts { get; init; } = 5;

    /// <exception cref="ArgumentException">A value is out of its range, or two exclude each other; the message names the setting, what is
    /// expected and what was found, and never a secret.</exception>
    public void Check()
    {
        SettingRules.Http("Vault:Address", Address?.OriginalString ?? "", "https://vault:8200");
        SettingRules.InRange($"Vault:{nameof(CacheSeconds)}", CacheSeconds, 1, 86_400, "seconds");
        SettingRules.InRange($"Vault:{nameof(GraceSeconds)}", GraceSeconds, 0, 604_800, "seconds");
        SettingRules.InRange($"Vault:{nameof(ConnectSeconds)}", ConnectSeconds, 0.1, 60, "seconds");
        SettingRules.InRange($"Vault:{nameof(RequestSeconds)}", RequestSeconds, 0.1, 300, "seconds");
        SettingRules.InRange($"Vault:{nameof(TotalSeconds)}", TotalSeconds, 0.1, 600, "seconds");
        SettingRules.InRange($"Vault:{nameof(Attempts)}", Attempts, 1, 20, "tries");
        SettingRules.InRange($"Vault:{nameof(Map)} (entries)", Map.Count, 0, 1_000, "");
        if (SecretId is not null && RoleId is null)
        {
            throw new ArgumentException("Vault:SecretId: expected Vault:RoleId with it, found none");
        }

        _ = Mappings;
    }

    /// <summary>What <see cref="Map"/> says.</summary>
    /// <exception cref="ArgumentException">An entry is not VARIABLE=mount/data/path:field, or a variable is named twice.</exception>
    public IReadOnlyList<SecretMapping> Mappings => SecretMapping.ParseAll(Map.Select(static (text, i) => ($"Vault:Map:{i}", text)));

    /// <summary>The way in that these options name, for people.</summary>
    public string WayIn =>
        Token is not null ? "token"
        : TokenFile is not null ? "token file"
        : RoleId is not null ? "AppRole"
        : KubernetesRole is not null ? "Kubernetes"
        : "none";

    /// <summary>Address and way in; no secret.</summary>
    public override string ToString() => $"Vault at {Address}, way in: {WayIn}";
}
