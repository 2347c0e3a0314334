using System.Reflection;
using Aurum.App.Configuration;
using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

public sealed class VaultFollowerTests
{
    [Fact]
    public void Every_engine_that_signs_in_asks_for_its_present_secrets()
    {
        using var vault = new TurningVault(("KAFKA_SASL_PASSWORD", "x"));
        var engines = typeof(AurumOptions).GetProperties()
            .Where(static p => p.PropertyType.GetMethod("With", [typeof(ILiveSecrets)]) is not null).ToList();
        var options = new AurumOptions();
        foreach (var engine in engines)
        {
            engine.SetValue(options, Activator.CreateInstance(engine.PropertyType));
        }

        var live = options.With(vault.Secrets);

        Assert.Equal(9, engines.Count);
        Assert.All(engines, engine =>
        {
            var secrets = engine.PropertyType.GetProperty("Secrets", BindingFlags.Instance | BindingFlags.NonPublic)!;
            Assert.Same(vault.Secrets, secrets.GetValue(engine.GetValue(live)));
        });
    }

    [Fact]
    public void Who_needs_no_publishers_credentials_does_not_ask_for_them()
    {
        using var vault = new TurningVault(("KAFKA_SASL_PASSWORD", "one"));
        var options = new AurumOptions
        {
            Vault = vault.Server.Options with
            {
                Map = ["AURUM_EIA_API_KEY=secret/data/none:key", "KAFKA_SASL_PASSWORD=secret/data/aurum/engines:KAFKA_SASL_PASSWORD"],
            },
        };
        var world = new OptionsWorld(new Dictionary<string, string?>(), TimeProvider.System) { VaultHandler = vault.Server };
        var error = Assert.Throws<VaultException>(() => VaultFollower.Open(options, withCredentials: true, world, static _ => { }));
        Assert.Contains("secret/data/none", error.Message, StringComparison.Ordinal);
        using var follower = VaultFollower.Open(options, withCredentials: false, world, static _ => { });
        Assert.Equal("KAFKA_SASL_PASSWORD", Assert.Single(follower!.Secrets.Mappings).Variable);
        Assert.Null(VaultFollower.Open(new AurumOptions(), withCredentials: true, world, static _ => { }));
    }
}
