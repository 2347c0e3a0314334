using System.Text;
using Aurum.App.Commands;
using Aurum.App.Configuration;
using Aurum.Cluster.Vault;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Commands;

public sealed class SecretsCommandTests : IDisposable
{
    private const string Eia = "EIA_API_KEY=secret/data/aurum/eia:api_key";
    private const string Kafka = "AURUM__Kafka__SaslPassword=secret/data/aurum/kafka:password";

    private readonly DataFolder _data = new();
    private readonly ImpatientTime _time = new();
    private readonly VaultDouble _vault;
    private readonly Dictionary<string, string?> _environment = new()
    {
        ["VAULT_ADDR"] = "http://vault.test:8200", ["VAULT_TOKEN"] = VaultDouble.RootToken,
    };

    public SecretsCommandTests() => _vault = new VaultDouble(_time);

    public void Dispose()
    {
        _vault.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task What_is_pushed_is_there_and_is_not_pushed_again()
    {
        _environment["EIA_API_KEY"] = "hunter2";
        _vault.Put("secret/data/aurum/eia", ("owner", "team"));
        var dry = (await Run("secrets", "push", Eia, "--dry-run")).Ended(0);
        Assert.Contains("would be written", dry.Out, StringComparison.Ordinal);
        Assert.Equal(1, _vault.Versions("secret/data/aurum/eia"));
        var push = (await Run("secrets", "push", Eia)).Ended(0);
        Assert.Contains("EIA_API_KEY,secret/data/aurum/eia,api_key,2,,written", push.Out, StringComparison.Ordinal);
        Assert.Equal(("hunter2", "team"), (Field("api_key"), Field("owner")));
        Assert.Contains("unchanged", (await Run("secrets", "push", Eia)).Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal(2, _vault.Versions("secret/data/aurum/eia"));
        Assert.Contains("the same here", (await Run("secrets", "check", Eia)).Ended(0).Out, StringComparison.Ordinal);
        Assert.All([dry, push], static r => Assert.DoesNotContain("hunter2", r.Out + r.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_fields_of_a_secret_stay_what_they_are()
    {
        _environment["EIA_API_KEY"] = "hunter2";
        const string Others = """ "port":9092,"rate":1.50,"on":true,"none":null,"tags":{"x":1,"y":["a",2]},"owner":"team" """;
        _vault.Put("secret/data/aurum/eia", $$"""{ "api_key": "old", {{Others}} }""");
        (await Run("secrets", "push", Eia)).Ended(0);
        Assert.Equal($$"""{{{Others.Trim()}},"api_key":"hunter2"}""", _vault.Newest("secret/data/aurum/eia"));
        Assert.Contains("unchanged", (await Run("secrets", "push", Eia)).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_pushed_where_one_value_is_missing()
    {
        _environment["EIA_API_KEY"] = "hunter2";
        var push = (await Run("secrets", "push", Eia, Kafka)).Ended(2);
        Assert.Contains("found none of AURUM__Kafka__SaslPassword; nothing is written", push.Error, StringComparison.Ordinal);
        Assert.Equal(0, _vault.Versions("secret/data/aurum/eia"));
    }

    [Fact]
    public async Task What_is_pulled_is_a_file_that_only_its_owner_may_read_and_that_settings_come_from()
    {
        _vault.Put("secret/data/aurum/eia", ("api_key", "hunter2"));
        _vault.Put("secret/data/aurum/kafka", ("password", "it's; $x"));
        var mappings = _data.Write("mappings.txt", $"# what is kept\n{Eia}\n\n{Kafka}\n");
        var file = Path.Combine(_data.Path, "secrets.env");
        (await Run("secrets", "pull", "--file", mappings, "--output", file, "--dry-run")).Ended(0);
        Assert.False(File.Exists(file));
        var pull = (await Run("secrets", "pull", "--file", mappings, "--output", file)).Ended(0);
        Assert.DoesNotContain("hunter2", pull.Out, StringComparison.Ordinal);
        Assert.Equal(["EIA_API_KEY=hunter2", "AURUM__Kafka__SaslPassword=it's; $x"], File.ReadAllLines(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        _data.Write("aurum.json", $$"""{ "SecretsFile": "{{file}}", "Kafka": { "BootstrapServers": "k:9092" } }""");
        Assert.Equal("it's; $x", OptionsReader.Read(_data.Path, world: World).Kafka!.SaslPassword);
        var export = (await Run("secrets", "pull", "--file", mappings, "--export")).Ended(0);
        Assert.Equal("export EIA_API_KEY='hunter2'\nexport AURUM__Kafka__SaslPassword='it'\\''s; $x'\n", export.Out);
    }

    [Fact]
    public async Task What_is_not_in_Vault_is_named_and_nothing_is_written()
    {
        _vault.Put("secret/data/aurum/eia", ("other", "x"));
        var file = Path.Combine(_data.Path, "secrets.env");
        var pull = (await Run("secrets", "pull", Eia, Kafka, "--output", file)).Ended(1);
        Assert.Contains("no such field", pull.Out, StringComparison.Ordinal);
        Assert.Contains("not in Vault", pull.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        _vault.IsSealed = true;
        Assert.Contains("is sealed", (await Run("secrets", "check", Eia)).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_writes_at_the_same_time_loses_nothing()
    {
        _environment["EIA_API_KEY"] = "ours";
        var options = OptionsReader.Read(_data.Path, world: World with { AsksVault = false });
        using var racing = new Racing(_vault);
        using var client = new VaultClient(options.Vault!, _time, new Random(1), racing);
        new SecretsPush(client, options, World).Run([SecretMapping.Parse(Eia)], false, default);
        Assert.Equal(("ours", "theirs"), (Field("api_key"), Field("other")));
    }

    [Fact]
    public void Settings_that_are_kept_in_Vault_are_read_from_there_and_the_environment_wins()
    {
        _vault.Put("secret/data/aurum/kafka", ("password", "of Vault"));
        _data.Write("aurum.json", $$"""{ "Kafka": { "BootstrapServers": "k:9092" }, "Vault": { "Map": ["{{Kafka}}", "{{Eia}}"] } }""");
        Assert.Equal("of Vault", OptionsReader.Read(_data.Path, world: World).Kafka!.SaslPassword);
        Assert.DoesNotContain(_vault.Requests, static r => r.Contains("aurum/eia", StringComparison.Ordinal));
        _environment["AURUM__Kafka__SaslPassword"] = "of the environment";
        Assert.Equal("of the environment", OptionsReader.Read(_data.Path, world: World).Kafka!.SaslPassword);
    }

    private string? Field(string name) => _vault.Field("secret/data/aurum/eia", name);

    private OptionsWorld World => new(_environment, _time) { VaultHandler = _vault };

    private async Task<CommandRun> Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(output, error, _time, IsTerminal: false, ShowsProgress: false) { World = World };
        var code = await CommandLine.Run([.. arguments, "--data", _data.Path], console);
        return new CommandRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Writes another field just before the first write.</summary>
    private sealed class Racing(VaultDouble vault) : DelegatingHandler(vault)
    {
        private bool _raced;

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && !_raced)
            {
                _raced = true;
                vault.Put("secret/data/aurum/eia", ("other", "theirs"));
            }

            return base.Send(request, cancellationToken);
        }
    }
}
