using Aurum.App.Ingest;
using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.App.Configuration;

/// <summary>What settings and secrets are read from beside <c>aurum.json</c>.</summary>
/// <param name="Variables">The environment.</param>
/// <param name="Time">The clock of tokens.</param>
internal sealed record OptionsWorld(IReadOnlyDictionary<string, string?> Variables, TimeProvider Time)
{
    /// <summary>The environment of this process.</summary>
    public static OptionsWorld OfProcess => new(EnvironmentVariables.All(), TimeProvider.System);

    /// <summary>The way to Vault; null: real sockets.</summary>
    public HttpMessageHandler? VaultHandler { get; init; }

    /// <summary>Whether settings that are kept in Vault are fetched. Where not, they are as if nobody had set them.</summary>
    public bool AsksVault { get; init; } = true;

    /// <summary>Opens Vault, and reads nothing yet.</summary>
    public VaultSecrets OpenVault(VaultOptions options) =>
        VaultSecrets.Open(options, Time, Chance.New(), VaultHandler);

    /// <summary>Well-known variables, and settings under their AURUM__ names, that the file of secrets or Vault holds. Vault wins, and what
    /// the environment says is not asked for.</summary>
    /// <exception cref="OptionsException">The file can't be read.</exception>
    /// <exception cref="VaultException">Vault does not give one of them.</exception>
    public IReadOnlyList<KeptVariable> Kept(AurumOptions options)
    {
        var kept = new Dictionary<string, KeptVariable>(StringComparer.Ordinal);
        foreach (var (name, value) in SecretsFile.Read(options.SecretsFile).Where(v => IsSetting(v.Key) && v.Value.Length > 0))
        {
            kept[name] = new KeptVariable(name, value, options.SecretsFile!);
        }

        var wanted = options.Vault is null || !AsksVault ? []
            : options.Vault.Mappings
                .Where(m => IsSetting(m.Variable) && string.IsNullOrEmpty(Variables.GetValueOrDefault(m.Variable))).ToList();
        if (wanted.Count > 0)
        {
            options.Vault!.Check();
            using var vault = OpenVault(options.Vault with { Map = [.. wanted.Select(static m => m.ToString())] });
            vault.Load(CancellationToken.None);
            foreach (var mapping in wanted)
            {
                _ = vault.TryGet(mapping.Variable, out var value);
                kept[mapping.Variable] = new KeptVariable(mapping.Variable, value!, $"Vault {mapping.Path}:{mapping.Field}");
            }
        }

        return [.. kept.Values];
    }

    /// <summary>Whether a variable sets a setting, and not a credential of a publisher.</summary>
    public static bool IsSetting(string variable) =>
        variable.StartsWith(SettingLayers.Prefix, StringComparison.OrdinalIgnoreCase)
        || WellKnownVariables.All.Any(v => v.Name == variable);
}
