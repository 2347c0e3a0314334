using System.Diagnostics.CodeAnalysis;
using System.Text;
using Aurum.App.Configuration;
using Aurum.Cluster.Vault;
using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>Secrets by name: of the environment (<c>AURUM_EIA_API_KEY</c>), else of Vault, else of a file of name=value lines that only its
/// owner may read (mode 0600). Never printed, logged or archived.</summary>
internal sealed class Secrets
{
    private const string Prefix = "AURUM_";

    /// <summary>What the sandbox publishers take for any secret.</summary>
    public const string SandboxValue = "sandbox_key";

    private readonly Dictionary<string, string> _environment;
    private readonly Dictionary<string, string> _file;
    private readonly VaultSecrets? _vault;
    private readonly Dictionary<string, string> _kept;
    private readonly string? _fallback;

    private Secrets(
        Dictionary<string, string> environment,
        Dictionary<string, string> file,
        VaultSecrets? vault = null,
        string? fallback = null)
    {
        _environment = environment;
        _file = file;
        _vault = vault;
        _kept = vault is null ? []
            : vault.Mappings.GroupBy(static m => NameOf(m.Variable)).ToDictionary(static g => g.Key, static g => g.First().Variable);
        _fallback = fallback;
    }

    /// <summary>For the sandbox: no real secret is ever sent to it.</summary>
    public static Secrets OfSandbox { get; } = new([], [], fallback: SandboxValue);

    /// <exception cref="OptionsException">The file is not there, may be read by others, or a line is not name=value.</exception>
    /// <param name="file">File of secrets; null: none.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="vault">What is kept in Vault; null: nothing.</param>
    public static Secrets Load(string? file, IReadOnlyDictionary<string, string?> environment, VaultSecrets? vault = null)
    {
        var ofFile = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in SecretsFile.Read(file))
        {
            ofFile[NameOf(name)] = value;
        }

        var ofEnvironment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, name) in WellKnownVariables.Credentials)
        {
            if (environment.GetValueOrDefault(variable) is { Length: > 0 } value)
            {
                ofEnvironment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && value is { Length: > 0 }
                && !name.StartsWith(SettingLayers.Prefix, StringComparison.Ordinal))
            {
                ofEnvironment[NameOf(name)] = value;
            }
        }

        return new Secrets(ofEnvironment, ofFile, vault);
    }

    /// <summary>A secret as it is known now: it may be another one at the next call, as Vault's values change.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out string value)
    {
        value = _environment.GetValueOrDefault(name) ?? Kept(name) ?? _file.GetValueOrDefault(name) ?? _fallback;
        return value is not null;
    }

    /// <summary>Has secrets that a publisher refused asked for anew, where Vault keeps them. Waits for the answer.</summary>
    public void Renew(IEnumerable<string> names, CancellationToken cancel) => _vault?.Renew(
        names.Where(n => !_environment.ContainsKey(n)).Select(_kept.GetValueOrDefault).OfType<string>().ToHashSet(), cancel);

    /// <summary>User and password as the header Authorization carries them: <c>user:password</c> in UTF-8 and Base64. Empty parts
    /// where a secret is missing.</summary>
    public string Encode(BasicSecret basic)
    {
        _ = TryGet(basic.UserName, out var user);
        _ = TryGet(basic.PasswordName, out var password);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }

    /// <summary>Name of the environment variable of a secret: eia-api-key -> AURUM_EIA_API_KEY.</summary>
    public static string VariableOf(string name) => Prefix + name.ToUpperInvariant().Replace('-', '_');

    /// <summary>Name of the secret that a variable holds: AURUM_EIA_API_KEY and EIA_API_KEY -> eia-api-key.</summary>
    public static string NameOf(string variable) =>
        WellKnownVariables.Credentials.GetValueOrDefault(variable)
        ?? (variable.StartsWith(Prefix, StringComparison.Ordinal) ? variable[Prefix.Length..] : variable)
            .ToLowerInvariant().Replace('_', '-');

    private string? Kept(string name) =>
        _kept.TryGetValue(name, out var variable) && _vault!.TryGet(variable, out var value) ? value : null;
}
