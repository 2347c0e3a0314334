using System.Globalization;
using Aurum.Cluster.Redis;
using Aurum.Sources;

namespace Aurum.App.Configuration;

/// <summary>The environment variables that are understood beside AURUM__SECTION__NAME, written out. A later line wins over an earlier
/// one of the same setting: the name that only Aurum knows over the one that many programs read.</summary>
internal static class WellKnownVariables
{
    private static readonly WellKnownVariable[] Engines =
    [
        new("KAFKA_BOOTSTRAP_SERVERS", "Kafka:BootstrapServers"),
        new("KAFKA_SECURITY_PROTOCOL", "Kafka:SecurityProtocol") { NeedsCompany = true },
        new("KAFKA_SASL_MECHANISM", "Kafka:SaslMechanism") { NeedsCompany = true },
        new("KAFKA_SASL_USERNAME", "Kafka:SaslUser") { NeedsCompany = true },
        new("KAFKA_SASL_PASSWORD", "Kafka:SaslPassword") { NeedsCompany = true },
        new("TIMESCALE_CONNECTION", "Postgres:Dsn"),
        new("AURUM_APP_DB_DSN", "Postgres:Dsn"),
        new("SCHEMA_REGISTRY_URL", "Registry:Url"),
        new("SCHEMA_REGISTRY_USER", "Registry:User") { NeedsCompany = true },
        new("SCHEMA_REGISTRY_PASSWORD", "Registry:Password") { NeedsCompany = true },
        new("CLICKHOUSE_HOST", "ClickHouse:Url") { Read = static host => $"http://{host}:8123" },
        new("CLICKHOUSE_URL", "ClickHouse:Url"),
        new("CLICKHOUSE_DATABASE", "ClickHouse:Database") { NeedsCompany = true },
        new("CLICKHOUSE_USER", "ClickHouse:User") { NeedsCompany = true },
        new("CLICKHOUSE_PASSWORD", "ClickHouse:Password") { NeedsCompany = true },
        .. RedisAddress("REDIS_URL"),
        .. RedisAddress("AURUM_API_REDIS_URL"),
        new("AWS_REGION", "S3:Region") { NeedsCompany = true },
        new("AWS_ACCESS_KEY_ID", "S3:AccessKey") { NeedsCompany = true },
        new("AWS_SECRET_ACCESS_KEY", "S3:SecretKey") { NeedsCompany = true },
        new("AWS_SESSION_TOKEN", "S3:SessionToken") { NeedsCompany = true },
        new("AURUM_S3_ENDPOINT", "S3:Endpoint"),
        new("AURUM_S3_REGION", "S3:Region") { NeedsCompany = true },
        new("AURUM_S3_ACCESS_KEY", "S3:AccessKey") { NeedsCompany = true },
        new("AURUM_S3_SECRET_KEY", "S3:SecretKey") { NeedsCompany = true },
        new("AURUM_S3_RAW_BUCKET", "S3:RawBucket") { NeedsCompany = true },
        new("AURUM_S3_CURATED_BUCKET", "S3:CuratedBucket") { NeedsCompany = true },
        new("AURUM_S3_EXPORT_BUCKET", "S3:ExportBucket") { NeedsCompany = true },
        new("AURUM_LAKEFS_ENDPOINT", "LakeFs:Endpoint"),
        new("AURUM_LAKEFS_ACCESS_KEY", "LakeFs:AccessKey") { NeedsCompany = true },
        new("AURUM_LAKEFS_SECRET_KEY", "LakeFs:SecretKey") { NeedsCompany = true },
        new("AURUM_LAKEFS_REPO", "LakeFs:Repository") { NeedsCompany = true },
        new("VAULT_ADDR", "Vault:Address"),
        new("VAULT_NAMESPACE", "Vault:Namespace") { NeedsCompany = true },
        new("VAULT_TOKEN", "Vault:Token") { NeedsCompany = true },
        new("VAULT_ROLE_ID", "Vault:RoleId") { NeedsCompany = true },
        new("VAULT_SECRET_ID", "Vault:SecretId") { NeedsCompany = true },
        new("VAULT_K8S_ROLE", "Vault:KubernetesRole") { NeedsCompany = true },
        new("OPENLINEAGE_URL", "Lineage:Url"),
        new("OPENLINEAGE_ENDPOINT", "Lineage:Endpoint") { NeedsCompany = true },
        new("OPENLINEAGE_API_KEY", "Lineage:ApiKey") { NeedsCompany = true },
        new("OPENLINEAGE_NAMESPACE", "Lineage:Namespace") { NeedsCompany = true },
    ];

    /// <summary>All of them: engines, then the addresses of publishers' sites.</summary>
    public static IReadOnlyList<WellKnownVariable> All { get; } = [.. Engines, .. SiteAddresses()];

    /// <summary>Variables that hold a publisher's credential under the name that its own documentation uses, and the name of the
    /// secret.</summary>
    public static IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EIA_API_KEY"] = "eia-api-key",
        ["FRED_API_KEY"] = "fred-api-key",
        ["NOAA_GHCND_TOKEN"] = "noaa-cdo-token",
        ["NOAA_CDO_TOKEN"] = "noaa-cdo-token",
    };

    /// <summary>The settings that variables say. Empty variables say nothing.</summary>
    /// <param name="variables">Names and values.</param>
    /// <param name="begun">Whether a section is used for another reason, by its name.</param>
    public static IEnumerable<SettingValue> Settings(IReadOnlyDictionary<string, string?> variables, Func<string, bool> begun)
    {
        var said = All.Where(v => variables.GetValueOrDefault(v.Name) is { Length: > 0 }).ToList();
        var begins = said.Where(static v => !v.NeedsCompany).Select(static v => SectionOf(v.Setting))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in said)
        {
            var section = SectionOf(variable.Setting);
            if ((begins.Contains(section) || begun(section)) && variable.Read(variables[variable.Name]!) is { } text)
            {
                yield return new SettingValue(variable.Setting, text, variable.Name);
            }
        }
    }

    private static string SectionOf(string setting) => setting.Split(':')[0];

    /// <summary>An address like <c>rediss://user:password@host:6379/0</c> says several settings.</summary>
    private static IEnumerable<WellKnownVariable> RedisAddress(string name)
    {
        WellKnownVariable Part(string setting, Func<RedisOptions, string?> part, bool needsCompany = true) =>
            new(name, $"Redis:{setting}") { Read = text => part(RedisOptions.Of(text)), NeedsCompany = needsCompany };

        yield return Part("Host", static r => r.Host, needsCompany: false);
        yield return Part("Port", static r => r.Port.ToString(CultureInfo.InvariantCulture));
        yield return Part("User", static r => r.User);
        yield return Part("Password", static r => r.Password);
        yield return Part("Database", static r => r.Database.ToString(CultureInfo.InvariantCulture));
        yield return Part("Tls", static r => r.Tls ? "true" : "false");
    }

    /// <summary><c>AURUM_CAISO_OASIS_BASE</c> for each site, and <c>AURUM_CAISO_BASE</c> for a publisher's first one.</summary>
    private static IEnumerable<WellKnownVariable> SiteAddresses()
    {
        foreach (var publisher in FeedCatalog.Sites.GroupBy(static s => s.Name.Split('-')[0]))
        {
            yield return new WellKnownVariable($"AURUM_{publisher.Key.ToUpperInvariant()}_BASE", AddressOf(publisher.First().Name));
            foreach (var site in publisher)
            {
                yield return new WellKnownVariable(
                    $"AURUM_{site.Name.ToUpperInvariant().Replace('-', '_')}_BASE", AddressOf(site.Name));
            }
        }
    }

    private static string AddressOf(string site) => $"Sites:{site}:{nameof(SiteOptions.BaseAddress)}";
}
