using System.Globalization;

namespace Aurum.Cluster.Vault;

/// <summary>What <c>aurum doctor</c> says of Vault: whether it answers, is unsealed, lets in, and has what is kept there.</summary>
public static class VaultCheck
{
    private const string Engine = "Vault";

    /// <param name="options">Settings.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<IReadOnlyList<EngineFinding>> Run(VaultOptions options, CancellationToken cancel) =>
        Task.Run(() => Run(options, TimeProvider.System, null, cancel), cancel);

    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    /// <param name="cancel">Ends it.</param>
    internal static IReadOnlyList<EngineFinding> Run(
        VaultOptions options, TimeProvider time, HttpMessageHandler? handler, CancellationToken cancel)
    {
        using var client = new VaultClient(options with { Attempts = Math.Min(2, options.Attempts) }, time, new Random(1), handler);
        try
        {
            var health = client.Health(cancel);
            if (Unusable(health, options) is { } unusable)
            {
                return [unusable];
            }

            var lasts = client.KeepSignedIn(cancel);
            var found = new List<EngineFinding>
            {
                new(Engine, EngineState.Well, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{health.Version} at {options.Address}, in by {options.WayIn}, token ")
                    + (lasts is { } due
                        ? string.Create(CultureInfo.InvariantCulture, $"to be renewed in {due.TotalSeconds:0} s")
                        : "without end")),
            };
            found.AddRange(options.Mappings.GroupBy(static m => m.Path).SelectMany(g => Kept(client, g, cancel)));
            return found;
        }
        catch (VaultException e)
        {
            return [new EngineFinding(Engine, EngineState.Failed, e.Message, ToDo(e.Failure))];
        }
    }

    private static EngineFinding? Unusable(VaultHealth health, VaultOptions options) =>
        !health.IsInitialized ? new EngineFinding(
            Engine, EngineState.Failed, $"{health.Version} at {options.Address} was never set up", "run 'vault operator init'")
        : health.IsSealed ? new EngineFinding(
            Engine, EngineState.Failed, $"{health.Version} at {options.Address} is sealed", "run 'vault operator unseal'")
        : null;

    private static IEnumerable<EngineFinding> Kept(
        VaultClient client, IGrouping<SecretPath, SecretMapping> mappings, CancellationToken cancel)
    {
        SecretVersion? secret;
        string? denied = null;
        try
        {
            secret = client.Read(mappings.Key, null, cancel);
        }
        catch (VaultException e) when (e.Failure == VaultFailure.Denied)
        {
            (secret, denied) = (null, e.Message);
        }

        if (denied is not null)
        {
            return [new EngineFinding(Engine, EngineState.Failed, denied, $"allow 'read' on {mappings.Key} in the policy")];
        }

        var missing = mappings.Where(m => secret?.Fields.ContainsKey(m.Field) != true).ToList();
        return missing.Count == 0
            ? [new EngineFinding(Engine, EngineState.Well, string.Create(
                CultureInfo.InvariantCulture,
                $"{mappings.Key} version {secret!.Version}: {string.Join(", ", mappings.Select(static m => m.Variable))}"))]
            : missing.Select(m => new EngineFinding(
                Engine,
                EngineState.Failed,
                secret is null ? $"there is no {m.Path} (for {m.Variable})" : $"{m.Path} has no field '{m.Field}' (for {m.Variable})",
                $"aurum secrets push {m}"));
    }

    private static string ToDo(VaultFailure failure) => failure switch
    {
        VaultFailure.Sealed => "run 'vault operator unseal'",
        VaultFailure.Denied => "see the token, role or policy; docs/engines/vault.md names the ways in",
        VaultFailure.Standby => "set Vault:Address to the active node, or let standbys forward requests",
        VaultFailure.Busy => "ask less often (Vault:CacheSeconds), or raise the quota",
        VaultFailure.NotFound => "see Vault:Map; 'aurum secrets check' looks at each entry",
        _ => "see Vault:Address, the server's log, and the network between",
    };
}
