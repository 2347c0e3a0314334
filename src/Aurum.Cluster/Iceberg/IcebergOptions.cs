namespace Aurum.Cluster.Iceberg;

/// <summary>A REST catalog of Iceberg that the lake's tables are registered in: Nessie, Polaris, Lakekeeper and others. Their files lie in
/// S3 or in the data directory, as without a catalog.</summary>
public sealed record IcebergOptions
{
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

    /// <summary>Address of the token server; null: that of the catalog's configuration, or its
    /// <c>/v1/oauth/tokens</c>.</summary>
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

    /// <exception cref="ArgumentException">A value is out of range; the message says which, and the range.</exception>
    public void Check()
    {
        Address(nameof(Uri), Uri);
        if (TokenUri is not null)
        {
            Address(nameof(TokenUri), TokenUri);
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

        Range(nameof(RequestSeconds), RequestSeconds, 1, 3_600, "seconds");
        Range(nameof(Retries), Retries, 0, 20, "tries");
        Range(nameof(MostAnswerMiB), MostAnswerMiB, 1, 1_024, "MiB");
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"Iceberg catalog at {Uri}";

    private static void Address(string name, string value)
    {
        if (!System.Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"Iceberg:{name}: expected an address such as http://nessie:19120/iceberg, found '{value}'");
        }
    }

    private static void Range(string name, int value, int least, int most, string unit)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"Iceberg:{name}: expected {least} to {most} {unit}, found {value}");
        }
    }
}
