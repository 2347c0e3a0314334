using System.Text;

namespace Aurum.Cluster.Registry;

/// <summary>Which schema registry is used, and how.</summary>
public sealed record RegistryOptions
{
    /// <summary>Addresses of one registry, with commas between them: <c>http://registry-a:8081,http://registry-b:8081</c>. The next one is
    /// asked where one does not answer. Name and password may not stand in them.</summary>
    public string Url { get; init; } = "";

    /// <summary>Name for basic authentication; null: none.</summary>
    public string? User { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>Token for bearer authentication; null: none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>File with the certificates (PEM) that the registry's own may be signed by; null: those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Time that a connection may take, milliseconds. 10 to 60,000.</summary>
    public int ConnectTimeoutMillis { get; init; } = 2_000;

    /// <summary>Time that one request may take, milliseconds. 10 to 600,000.</summary>
    public int RequestTimeoutMillis { get; init; } = 10_000;

    /// <summary>Tries after the first, over all addresses. 0 to 20.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the second try, milliseconds; each further wait is twice as long, with chance. 1 to 60,000.</summary>
    public int RetryWaitMillis { get; init; } = 100;

    /// <summary>Whether schemas that the registry does not have are registered before events are sent. False: that is an error, and
    /// <c>aurum contracts register</c> does it.</summary>
    public bool AutoRegister { get; init; } = true;

    /// <summary>Where password and token are asked for when a request is sent.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose password and token may change while the program runs.</summary>
    public RegistryOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <summary>The addresses.</summary>
    public IReadOnlyList<Uri> Addresses() =>
    [
        .. Url.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static a => new Uri(a.TrimEnd('/') + "/", UriKind.Absolute)),
    ];

    /// <exception cref="ArgumentException">A setting is wrong; the message says which, what is expected and what was found.</exception>
    public RegistryOptions Check()
    {
        var addresses = Url.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
        {
            throw new ArgumentException("Registry:Url: expected an address like http://localhost:8081, found none");
        }

        foreach (var address in addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || uri.UserInfo.Length > 0)
            {
                throw new ArgumentException(
                    "Registry:Url: expected addresses like http://localhost:8081 without name and password, found something else "
                    + $"at place {Array.IndexOf(addresses, address) + 1}");
            }
        }

        SettingRules.InRange($"Registry:{nameof(ConnectTimeoutMillis)}", ConnectTimeoutMillis, 10, 60_000, "milliseconds");
        SettingRules.InRange($"Registry:{nameof(RequestTimeoutMillis)}", RequestTimeoutMillis, 10, 600_000, "milliseconds");
        SettingRules.InRange($"Registry:{nameof(Retries)}", Retries, 0, 20, "tries");
        SettingRules.InRange($"Registry:{nameof(RetryWaitMillis)}", RetryWaitMillis, 1, 60_000, "milliseconds");
        if (User is not null && BearerToken is not null)
        {
            throw new ArgumentException("Registry: expected User and Password, or BearerToken, found both");
        }

        if (User is null != Password is null)
        {
            throw new ArgumentException("Registry: expected both User and Password, found one of them");
        }

        return CaFile is null || File.Exists(CaFile)
            ? this
            : throw new ArgumentException($"Registry:CaFile: expected a file with certificates, found none at {CaFile}");
    }

    /// <summary>Without password and token.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Url = {Url}, User = {User}, HasPassword = {Password is not null}, HasBearerToken = {BearerToken is not null}");
        return true;
    }
}
