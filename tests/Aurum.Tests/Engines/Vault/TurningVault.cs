using Aurum.App.Configuration;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

/// <summary>A Vault that keeps a few variables, which a test replaces while an engine works with them. Nothing asks it in the background:
/// a new value comes when one was refused, or when the test says <see cref="LookAgain"/>.</summary>
internal sealed class TurningVault : IDisposable
{
    private const string Path = "secret/data/aurum/engines";

    private readonly Dictionary<string, string> _fields;
    private readonly VaultSecrets _secrets;

    /// <param name="variables">Names and first values.</param>
    public TurningVault(params (string Variable, string Value)[] variables)
        : this(TimeProvider.System, variables)
    {
    }

    public TurningVault(TimeProvider time, params (string Variable, string Value)[] variables)
    {
        _fields = variables.ToDictionary(static v => v.Variable, static v => v.Value);
        Server = new VaultDouble(time);
        Write();
        var options = Server.Options with
        {
            Map = [.. variables.Select(static v => $"{v.Variable}={Path}:{v.Variable}")], CacheSeconds = 300, GraceSeconds = 1_000,
        };
        _secrets = VaultSecrets.Open(options, time, new Random(1), Server);
        _secrets.Told += Told.Add;
        _secrets.Load(default);
        Secrets = new EngineSecrets(_secrets, new Dictionary<string, string?>());
    }

    public VaultDouble Server { get; }

    public EngineSecrets Secrets { get; }

    /// <summary>What is known of it.</summary>
    public VaultSecrets Known => _secrets;

    public List<string> Told { get; } = [];

    /// <summary>Times that a secret was read.</summary>
    public int Reads => Server.Requests.Count(static r => r.StartsWith("GET secret/data/", StringComparison.Ordinal));

    /// <summary>Writes a new version.</summary>
    public void Turn(string variable, string value)
    {
        _fields[variable] = value;
        Write();
    }

    /// <summary>What the background does from time to time.</summary>
    public void LookAgain() => _secrets.Refresh(default);

    public void Delete() => Server.DeleteNewest(Path);

    public void Dispose() => _secrets.Dispose();

    private void Write() => Server.Put(Path, [.. _fields.Select(static f => (f.Key, f.Value))]);
}
