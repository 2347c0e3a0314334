using Aurum.App.Ingest;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines.Vault;

public sealed class VaultSecretsTests : IDisposable
{
    private const string Path = "secret/data/aurum/eia";

    private readonly ImpatientTime _time = new();
    private readonly VaultDouble _vault;
    private readonly VaultSecrets _secrets;
    private readonly List<string> _told = [];

    public VaultSecretsTests()
    {
        _vault = new VaultDouble(_time);
        _vault.Put(Path, ("api_key", "first"));
        var options = _vault.Options with { Map = [$"AURUM_EIA_API_KEY={Path}:api_key"], GraceSeconds = 1_000 };
        _secrets = VaultSecrets.Open(options, _time, new Random(1), _vault);
        _secrets.Told += _told.Add;
        _secrets.Load(default);
    }

    public void Dispose() => _secrets.Dispose();

    [Fact]
    public void A_new_version_is_in_use_within_the_time_of_the_cache_and_nobody_asks_before()
    {
        var fetcher = Secrets.Load(null, new Dictionary<string, string?>(), _secrets);
        _vault.Put(Path, ("api_key", "second"));
        var asked = _vault.Requests.Count;
        for (var i = 0; i < 100; i++)
        {
            Assert.True(fetcher.TryGet("eia-api-key", out var value));
            Assert.Equal("first", value);
        }

        Assert.Equal(asked, _vault.Requests.Count);
        _time.Pass(_secrets.Refresh(default).TotalSeconds);
        _ = _secrets.Refresh(default);
        Assert.True(fetcher.TryGet("eia-api-key", out var rotated));
        Assert.Equal("second", rotated);
        Assert.Equal(["Vault: AURUM_EIA_API_KEY is now version 2 of secret/data/aurum/eia:api_key"], _told);
    }

    [Fact]
    public void The_environment_wins_over_Vault_and_Vault_over_the_file()
    {
        using var folder = new TestFolder();
        SecretsFile.Write(folder["secrets"], [KeyValuePair.Create("EIA_API_KEY", "of the file"), KeyValuePair.Create("fred-api-key", "f")]);
        var secrets = Secrets.Load(folder["secrets"], new Dictionary<string, string?>(), _secrets);
        Assert.True(secrets.TryGet("eia-api-key", out var value));
        Assert.Equal("first", value);
        Assert.True(secrets.TryGet("fred-api-key", out var other));
        Assert.Equal("f", other);
        var environment = new Dictionary<string, string?> { ["EIA_API_KEY"] = "of the environment" };
        Assert.True(Secrets.Load(folder["secrets"], environment, _secrets).TryGet("eia-api-key", out var set));
        Assert.Equal("of the environment", set);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_go_on_while_Vault_is_sealed_or_down_until_the_grace_is_over(bool isSealed)
    {
        (_vault.IsSealed, _vault.IsDown) = (isSealed, !isSealed);
        _time.Pass(300);
        Assert.InRange(_secrets.Refresh(default).TotalSeconds, 1, 30);
        Assert.True(_secrets.TryGet("AURUM_EIA_API_KEY", out _));
        Assert.NotNull(_secrets.Trouble);
        Assert.Contains(isSealed ? "is sealed" : "gives no answer", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Matches(@"known values are used for \d+ s more$", _told[0]);
        _time.Pass(980);
        _ = _secrets.Refresh(default);
        Assert.True(_secrets.TryGet("AURUM_EIA_API_KEY", out _));
        _time.Pass(30);
        Assert.False(_secrets.TryGet("AURUM_EIA_API_KEY", out _));
        (_vault.IsSealed, _vault.IsDown) = (false, false);
        _ = _secrets.Refresh(default);
        Assert.True(_secrets.TryGet("AURUM_EIA_API_KEY", out _));
        Assert.Null(_secrets.Trouble);
        Assert.Equal("Vault: it answers again", _told[^1]);
    }

    [Theory]
    [InlineData("not renewable", "the token of Vault:Token ends in")]
    [InlineData("no renew-self", "Vault refuses auth/token/renew-self")]
    [InlineData("batch", "Vault does not let in by AppRole")]
    public void A_token_that_will_end_and_cannot_be_replaced_reads_until_it_ends_and_is_told(string token, string said)
    {
        using var secrets = Open(token);
        secrets.Load(default);
        RefreshFor(secrets, minutes: 140);
        _vault.Put(Path, ("api_key", "second"));
        RefreshFor(secrets, minutes: 10);
        Assert.True(secrets.TryGet("AURUM_EIA_API_KEY", out var value));
        Assert.Equal("second", value);
        Assert.StartsWith(said, secrets.Trouble?.Replace("Vault: ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, _told.Count);
        Assert.StartsWith(said, _told[0].Replace("Vault: ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith("; the token at hand is used as long as Vault takes it", _told[0], StringComparison.Ordinal);

        RefreshFor(secrets, minutes: 35);
        Assert.True(secrets.TryGet("AURUM_EIA_API_KEY", out _));
        Assert.Matches(@"known values are used for \d+ s more$", _told[^1]);
        RefreshFor(secrets, minutes: 20);
        Assert.False(secrets.TryGet("AURUM_EIA_API_KEY", out _));
    }

    [Fact]
    public void A_sign_in_that_is_refused_after_the_token_has_ended_is_asked_for_once_a_round()
    {
        using var secrets = Open("batch", $"B={Path}2:b", $"C={Path}3:c");
        _vault.Put($"{Path}2", ("b", "b"));
        _vault.Put($"{Path}3", ("c", "c"));
        secrets.Load(default);
        _time.Pass(4 * 3_600);
        var asked = _vault.Requests.Count;
        _ = secrets.Refresh(default);
        Assert.Equal(["POST auth/approle/login"], _vault.Requests.Skip(asked));
        Assert.StartsWith("Vault does not let in by AppRole", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_deleted_is_gone_and_told()
    {
        _vault.Put(Path, ("other", "x"));
        _time.Pass(300);
        _ = _secrets.Refresh(default);
        Assert.False(_secrets.TryGet("AURUM_EIA_API_KEY", out _));
        Assert.Equal(
            "Vault's secret secret/data/aurum/eia has no field 'api_key' (for AURUM_EIA_API_KEY); it has other", Assert.Single(_told));
    }

    [Fact]
    public void A_secret_that_is_not_there_stops_the_start_by_name()
    {
        using var none = VaultSecrets.Open(
            _vault.Options with { Map = ["X=secret/data/none:a"] }, _time, new Random(1), _vault);
        var error = Assert.Throws<VaultException>(() => none.Load(default));
        Assert.StartsWith("Vault has no secret secret/data/none (for X)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EIA_API_KEY", "expected VARIABLE=secret/data/path:field, found 'EIA_API_KEY'")]
    [InlineData("A=secret/aurum/eia:key", "expected a path such as secret/data/aurum/eia, found 'secret/aurum/eia'")]
    [InlineData("A=secret/data/../eia:key", "expected a path such as secret/data/aurum/eia, found 'secret/data/../eia'")]
    [InlineData("A=hunter2", "expected VARIABLE=secret/data/path:field, found 'A=...'")]
    [InlineData("9A=secret/data/x:y", "expected VARIABLE=secret/data/path:field, found '9A=...'")]
    public void A_mapping_that_is_none_is_refused_with_its_place(string text, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => SecretMapping.ParseAll([("map:3", text)]));
        Assert.Equal($"map:3: {message}", error.Message);
    }

    [Fact]
    public void A_mapping_is_read_as_it_is_written()
    {
        var mapping = SecretMapping.Parse("AURUM__Kafka__SaslPassword=team/kv/data/aurum/kafka:password");
        Assert.Equal(("team/kv", "aurum/kafka", "password"), (mapping.Path.Mount, mapping.Path.Path, mapping.Field));
        Assert.Equal("AURUM__Kafka__SaslPassword=team/kv/data/aurum/kafka:password", mapping.ToString());
    }

    /// <summary>Secrets that are read with a token of three hours, the last one there is.</summary>
    private VaultSecrets Open(string token, params string[] more)
    {
        _vault.Issue("fixed", TimeSpan.FromHours(3), isRenewable: token != "not renewable");
        _vault.Denied.Add("auth/token/renew-self");
        _vault.LeaseSeconds = 3 * 3_600;
        _vault.LongestSeconds = 3 * 3_600;
        _vault.GiveBatchTokens(uses: 1);
        var way = token == "batch"
            ? _vault.Options with { Token = null, RoleId = VaultDouble.RoleId, SecretId = VaultDouble.SecretId }
            : _vault.Options with { Token = "fixed" };
        var options = way with { Map = [$"AURUM_EIA_API_KEY={Path}:api_key", .. more], GraceSeconds = 600 };
        var secrets = VaultSecrets.Open(options, _time, new Random(1), _vault);
        secrets.Told += _told.Add;
        return secrets;
    }

    private void RefreshFor(VaultSecrets secrets, int minutes)
    {
        for (var began = _time.GetTimestamp(); _time.GetElapsedTime(began) < TimeSpan.FromMinutes(minutes);)
        {
            _time.Pass(secrets.Refresh(default).TotalSeconds);
        }
    }
}
