namespace Aurum.Cluster.Iceberg;

/// <summary>A REST catalog of Iceberg that the lake's tables are registered in: Nessie, Polaris, Lakekeeper and others. Their files lie in
/// S3 or in the data directory, as without a catalog.</summary>
public sealed record IcebergOptions
{
    private const string Example = "http://nessie:19120/iceberg";

    /// <summary>Address up to before <c>/v1</c>: <c>http://nessie:19120/iceberg</c>, <c>https://polaris:8181/api/catalog</c>.
    /// Required.</summary>
    public string Uri { get; init; } = "";

    /// <summary>What the catalog knows the warehouse by: a name (Polaris, Lakekeeper) or an address (Nessie). Null: its default.</summary>
    public string? Warehouse { get; init; }

    /// <summary>Fixed bearer token; null: none. Never printed.</summary>
    public string? Token { get; init; }

    /// <summary>Client id of OAuth2 client credentials; null: none are used.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret. Never printed.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Address of the token server; null: <c>/v1/oauth/tokens</c> below <see cref="Uri"/>. What the catalog's configuration names
    /// (<c>oauth2-server-uri</c>) is not used: the configuration is asked for with a token.</summary>
    public string? TokenUri { get; init; }

    /// <summary>Scope of the token. Polaris: <c>PRINCIPAL_ROLE:ALL</c>.</summary>
    public string Scope { get; init; } = "catalog";

    /// <summary>Branch of the catalog (Nessie alone): <c>main</c>; null: the catalog's default.</summary>
    public string? Branch { get; init; }

    /// <summary>Namespace above those of the lake: <c>aurum</c> makes <c>aurum.market.iso_lmp</c>. Empty: none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether the catalog says where new tables lie. Off: they lie where they would without a catalog.</summary>
    public bool CatalogChoosesLocation { get; init; }

    /// <summary>Time of a request, seconds. 1 to 3,600.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>Tries after the first of requests that change nothing, or that the catalog has surely not done. 0 to 20.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Longest answer, MiB. 1 to 1,024.</summary>
    public int MostAnswerMiB { get; init; } = 64;

    /// <summary>Where token and client secret are asked for when a request is sent.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose token and client secret may change while the program runs.</summary>
    public IcebergOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <exception cref="ArgumentException">A value is out of range; the message says which, and the range.</exception>
    public void Check()
    {
        SettingRules.Http("Iceberg:Uri", Uri, Example);
        if (TokenUri is not null)
        {
            SettingRules.Http("Iceberg:TokenUri", TokenUri, "https://login.example/oauth/tokens");
        }

        if (ClientId is null != ClientSecret is null)
        {
            throw new ArgumentException(
                $"Iceberg:{(ClientId is null ? nameof(ClientId) : nameof(ClientSecret))}: expected a value beside the other, found none");
        }

        if (Token is not null && ClientId is not null)
        {
            throw new ArgumentException("Iceberg:Token: expected either a token or ClientId and ClientSecret, found both");
        }

        SettingRules.InRange($"Iceberg:{nameof(RequestSeconds)}", RequestSeconds, 1, 3_600, "seconds");
        SettingRules.InRange($"Iceberg:{nameof(Retries)}", Retries, 0, 20, "tries");
        SettingRules.InRange($"Iceberg:{nameof(MostAnswerMiB)}", MostAnswerMiB, 1, 1_024, "MiB");
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"Iceberg catalog at {Uri}";
}
