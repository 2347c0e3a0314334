using Aurum.Cluster.Vault;

namespace Aurum.App.Configuration;

/// <summary>Vault, followed in the background while a process runs that lasts.</summary>
internal sealed class VaultFollower : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyDictionary<string, string?> _variables;

    private VaultFollower(VaultSecrets secrets, IReadOnlyDictionary<string, string?> variables) =>
        (Secrets, _variables) = (secrets, variables);

    /// <summary>What is kept there.</summary>
    public VaultSecrets Secrets { get; }

    /// <summary>Reads what is kept, and follows it from now on.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="withCredentials">Whether publishers' credentials are wanted too, and not engines' settings alone.</param>
    /// <param name="world">Environment, clock, network.</param>
    /// <param name="tell">Is told what a person may want to know: never a value.</param>
    /// <returns>Null where Vault keeps nothing.</returns>
    /// <exception cref="VaultException">It does not give one of them.</exception>
    public static VaultFollower? Open(AurumOptions options, bool withCredentials, OptionsWorld world, Action<string> tell)
    {
        if (options.Vault is not { } vault)
        {
            return null;
        }

        var wanted = vault.Mappings.Where(m => withCredentials || OptionsWorld.IsSetting(m.Variable));
        string[] map = [.. wanted.Select(static m => m.ToString())];
        if (map.Length == 0)
        {
            return null;
        }

        var follower = new VaultFollower(world.OpenVault(vault with { Map = map }), world.Variables);
        try
        {
            follower.Secrets.Load(CancellationToken.None);
        }
        catch
        {
            follower.Dispose();
            throw;
        }

        follower.Secrets.Told += tell;
        _ = follower.Secrets.Run(follower._stop.Token);
        return follower;
    }

    /// <summary>The settings, where engines ask for the present value of a password or token whenever they sign in.</summary>
    public AurumOptions Live(AurumOptions options) => options.With(new EngineSecrets(Secrets, _variables));

    public void Dispose()
    {
        _stop.Cancel();
        Secrets.Dispose();
        _stop.Dispose();
    }
}
