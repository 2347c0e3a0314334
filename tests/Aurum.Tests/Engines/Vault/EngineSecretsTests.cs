using Aurum.App.Configuration;
using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

public sealed class EngineSecretsTests
{
    private const string Setting = "Kafka:SaslPassword";
    private const string Variable = "KAFKA_SASL_PASSWORD";

    private readonly ImpatientTime _time = new();

    [Fact]
    public void A_setting_is_what_Vault_has_under_any_of_its_names()
    {
        using var vault = new TurningVault(
            (Variable, "of kafka"), ("aurum__redis__password", "of redis"), ("AURUM_API_REDIS_URL", "redis://me:x@cache:1/2"));
        Assert.Equal("of kafka", vault.Secrets.Present(Setting, "read"));
        Assert.Equal("of redis", vault.Secrets.Present("Redis:Password", "read"));
        Assert.Equal("me", vault.Secrets.Present("Redis:User", "read"));
        Assert.Equal("read", vault.Secrets.Present("ClickHouse:Password", "read"));
        Assert.Null(vault.Secrets.Present("S3:SessionToken", null));
    }

    [Fact]
    public void What_the_environment_says_is_not_asked_for()
    {
        using var vault = new TurningVault((Variable, "of vault"));
        using var secrets = VaultSecrets.Open(
            vault.Server.Options with { Map = [$"{Variable}=secret/data/aurum/engines:{Variable}"] }, _time, new Random(1), vault.Server);
        secrets.Load(default);
        var reads = vault.Reads;
        var engines = new EngineSecrets(secrets, new Dictionary<string, string?> { ["AURUM__KAFKA__SASLPASSWORD"] = "of the environment" });
        Assert.Equal("read", engines.Present(Setting, "read"));
        engines.Renew([Setting], default);
        Assert.Equal(reads, vault.Reads);
    }

    [Fact]
    public void A_value_that_was_refused_is_asked_for_anew_and_not_by_everybody_at_once()
    {
        using var vault = new TurningVault(_time, (Variable, "one"));
        var changes = 0;
        vault.Secrets.Changed += () => changes++;
        var login = new EngineLogin(vault.Secrets, ("Kafka:SaslUser", "me"), (Setting, "one"));
        Assert.False(login.Renew(["me", "one"], default));
        Assert.Equal(2, vault.Reads);
        vault.Turn(Variable, "two");
        Assert.False(login.Renew(["me", "one"], default));
        Assert.Equal(2, vault.Reads);
        _time.Pass(2);
        Assert.True(login.Renew(["me", "one"], default));
        Assert.Equal(["me", "two"], login.Present());
        Assert.True(login.Renew(["me", "one"], default));
        Assert.Equal((3, 1), (vault.Reads, changes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_last_value_serves_while_Vault_is_sealed_or_down_and_then_the_error_says_why_it_no_longer_does(bool isSealed)
    {
        using var vault = new TurningVault(_time, (Variable, "hunter2"));
        (vault.Server.IsSealed, vault.Server.IsDown) = (isSealed, !isSealed);
        var login = new EngineLogin(vault.Secrets, (Setting, "hunter2"));
        _time.Pass(1_000);
        Assert.False(login.Renew(login.Present(), default));
        Assert.Equal(["hunter2"], login.Present());
        Assert.Contains(isSealed ? "is sealed" : "gives no answer", Assert.Single(vault.Told), StringComparison.Ordinal);
        _time.Pass(1_000);
        var error = Assert.Throws<SecretGoneException>(() => login.Present());
        Assert.StartsWith(
            $"Vault has not given secret/data/aurum/engines:{Variable} (for {Variable}) for more than 1,300 s, and the old value is no "
            + "longer used (Vault:GraceSeconds); ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        (vault.Server.IsSealed, vault.Server.IsDown) = (false, false);
        vault.LookAgain();
        Assert.Equal(["hunter2"], login.Present());
    }

    [Fact]
    public void A_value_that_was_deleted_is_an_error_and_not_the_value_of_the_start()
    {
        using var vault = new TurningVault(_time, (Variable, "one"));
        vault.Delete();
        _time.Pass(300);
        vault.LookAgain();
        var error = Assert.Throws<SecretGoneException>(() => vault.Secrets.Present(Setting, "one"));
        Assert.StartsWith(
            "Vault has no secret secret/data/aurum/engines (for KAFKA_SASL_PASSWORD)", error.Message, StringComparison.Ordinal);
    }
}
