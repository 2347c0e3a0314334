using Aurum.Cluster.Vault;

namespace Aurum.App.Configuration;

/// <summary>What settings are read from beside <c>aurum.json</c>: variables, and the Vault that some of them are kept in.</summary>
/// <param name="Variables">The environment.</param>
internal sealed record OptionsWorld(IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>The environment of this process, and real servers.</summary>
    public static OptionsWorld OfProcess => new(EnvironmentVariables.All());

    /// <summary>Goes to Vault for settings that are kept there; null: settings are read without it.</summary>
    public Func<VaultOptions, VaultSecrets>? OpenVault { get; init; } = static options => VaultSecrets.Open(options, TimeProvider.System);
}
