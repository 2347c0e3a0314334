using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

public sealed class VaultClientTests : IDisposable
{
    private static readonly SecretPath Eia = SecretPath.Parse("secret/data/aurum/eia");

    private readonly ImpatientTime _time = new();
    private readonly VaultDouble _vault;

    public VaultClientTests() => _vault = new VaultDouble(_time);

    public void Dispose() => _vault.Dispose();

    [Fact]
    public void A_secret_is_written_in_versions_and_each_can_be_read()
    {
        using var client = Client(_vault.Options);
        Assert.Null(client.Read(Eia, null, default));
        Assert.Equal(1, client.Write(Eia, new Dictionary<string, string> { ["api_key"] = "a" }, null, 0, default));
        Assert.Equal(2, client.Write(Eia, new Dictionary<string, string> { ["api_key"] = "b", ["owner"] = "x" }, null, 1, default));
        Assert.Equal("b", client.Read(Eia, null, default)!.Fields["api_key"]);
        Assert.Equal((1, "a"), (client.Read(Eia, 1, default)!.Version, client.Read(Eia, 1, default)!.Fields["api_key"]));
        Assert.Equal(["eia"], client.List(SecretPath.Parse("secret/data/aurum"), default));
        var metadata = client.Metadata(Eia, default)!;
        Assert.Equal((2, "1 2"), (metadata.Current, string.Join(' ', metadata.Versions.Select(static v => v.Version))));
        Assert.Empty(client.List(SecretPath.Parse("secret/data/none"), default));
        Assert.Null(client.Metadata(SecretPath.Parse("secret/data/none"), default));
    }

    [Fact]
    public void A_version_that_somebody_wrote_in_between_is_not_overwritten()
    {
        using var client = Client(_vault.Options);
        _vault.Put("secret/data/aurum/eia", ("api_key", "theirs"));
        var error = Assert.Throws<VaultException>(
            () => client.Write(Eia, new Dictionary<string, string> { ["api_key"] = "ours" }, null, 0, default));
        Assert.Equal(VaultFailure.Conflict, error.Failure);
        Assert.Equal("theirs", _vault.Field("secret/data/aurum/eia", "api_key"));
    }

    [Fact]
    public void A_version_that_is_deleted_is_not_there()
    {
        using var client = Client(_vault.Options);
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        _vault.DeleteNewest("secret/data/aurum/eia");
        Assert.Null(client.Read(Eia, null, default));
        Assert.NotEqual("", client.Metadata(Eia, default)!.Versions[0].DeletedAt);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(473)]
    public void A_passing_error_is_tried_again_with_growing_waits(int status)
    {
        using var client = Client(_vault.Options);
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        _ = client.Read(Eia, null, default);
        _vault.Answer(status, status, status);
        Assert.NotNull(client.Read(Eia, null, default));
        Assert.Equal(3, client.Retries);
        Assert.All(_time.Waits.Zip([100, 200, 400]), static w => Assert.InRange(w.First.TotalMilliseconds, w.Second / 2, w.Second));
    }

    [Fact]
    public void Tries_end_and_the_last_failure_names_path_and_what_to_do()
    {
        using var client = Client(_vault.Options);
        _vault.IsDown = true;
        var error = Assert.Throws<VaultException>(() => client.Read(Eia, null, default));
        Assert.Equal(VaultFailure.Down, error.Failure);
        Assert.Equal(5, _vault.Requests.Count);
        Assert.Contains("vault.test:8200/ gives no answer for auth/token/lookup-self", error.Message, StringComparison.Ordinal);
        Assert.Contains("see that it runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_vault_is_said_to_be_sealed_at_once()
    {
        using var client = Client(_vault.Options);
        _vault.IsSealed = true;
        var error = Assert.Throws<VaultException>(() => client.Read(Eia, null, default));
        Assert.Equal((VaultFailure.Sealed, 1), (error.Failure, _vault.Requests.Count));
        Assert.Contains("vault operator unseal", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_request_names_the_namespace()
    {
        _vault.ExpectedNamespace = "energy/trading";
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        using var client = Client(_vault.Options with { Namespace = "energy/trading" });
        Assert.NotNull(client.Read(Eia, null, default));
    }

    [Fact]
    public void An_AppRole_token_is_renewed_and_had_anew_at_the_end_of_its_longest_life()
    {
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        using var client = Client(AppRole());
        Assert.Equal(TimeSpan.FromSeconds(40), client.KeepSignedIn(default));
        var began = _time.GetTimestamp();
        while (_time.GetElapsedTime(began) < TimeSpan.FromSeconds(3_000))
        {
            _time.Pass(client.KeepSignedIn(default)!.Value.TotalSeconds);
            Assert.NotNull(client.Read(Eia, null, default));
        }

        Assert.InRange(client.Renewals, 50, 90);
        Assert.InRange(client.SignIns, 5, 7);
    }

    [Fact]
    public void A_token_that_was_revoked_is_had_anew_once()
    {
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        using var client = Client(AppRole());
        _ = client.Read(Eia, null, default);
        _vault.Revoke("token-1");
        Assert.NotNull(client.Read(Eia, null, default));
        Assert.Equal(2, client.SignIns);
        _vault.Denied.Add("secret/data/aurum/eia");
        var error = Assert.Throws<VaultException>(() => client.Read(Eia, null, default));
        Assert.Equal((VaultFailure.Denied, 3L), (error.Failure, client.SignIns));
        Assert.Contains("secret/data/aurum/eia", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_accounts_token_is_read_anew_at_each_sign_in()
    {
        using var folder = new TestFolder();
        var file = folder["token"];
        File.WriteAllText(file, "jwt-1\n");
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        using var client = Client(_vault.Options with { Token = null, KubernetesRole = "aurum", KubernetesTokenFile = file });
        Assert.NotNull(client.Read(Eia, null, default));
        File.WriteAllText(file, "jwt-2\n");
        _vault.ServiceAccount = "jwt-2";
        _time.Pass(100);
        Assert.NotNull(client.Read(Eia, null, default));
        Assert.Equal(2, client.SignIns);
    }

    [Fact]
    public void A_way_in_that_is_refused_is_named_without_its_secrets()
    {
        using var client = Client(_vault.Options with { Token = null, RoleId = VaultDouble.RoleId, SecretId = "wrong-secret" });
        var error = Assert.Throws<VaultException>(() => client.Read(Eia, null, default));
        Assert.Contains("auth/approle/login", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", client.Options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_says_what_is_wrong_and_what_to_do()
    {
        _vault.Put("secret/data/aurum/eia", ("api_key", "a"));
        var options = _vault.Options with
        {
            Map = ["EIA_API_KEY=secret/data/aurum/eia:api_key", "FRED_API_KEY=secret/data/aurum/fred:api_key"],
        };
        var found = VaultCheck.Run(options, _time, _vault, default);
        Assert.Equal([EngineState.Well, EngineState.Well, EngineState.Failed], found.Select(static f => f.State));
        Assert.Equal("aurum secrets push FRED_API_KEY=secret/data/aurum/fred:api_key", found[2].ToDo);
        _vault.IsSealed = true;
        Assert.Equal("run 'vault operator unseal'", Assert.Single(VaultCheck.Run(options, _time, _vault, default)).ToDo);
        _vault.IsDown = true;
        Assert.Equal(EngineState.Failed, Assert.Single(VaultCheck.Run(options, _time, _vault, default)).State);
    }

    private VaultOptions AppRole() => _vault.Options with { Token = null, RoleId = VaultDouble.RoleId, SecretId = VaultDouble.SecretId };

    private VaultClient Client(VaultOptions options) => new(options, _time, new Random(1), _vault);
}
