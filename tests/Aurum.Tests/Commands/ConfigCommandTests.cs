using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Configuration;
using Aurum.Cluster;

namespace Aurum.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly Dictionary<string, string?> _environment = [];

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Each_setting_says_who_set_it_and_the_later_one_wins()
    {
        _data.Write("aurum.json", """
            { "Port": 8100, "LookbackDays": 9, "Kafka": { "BootstrapServers": "file:9092" }, "Sites": { "caiso-oasis": { "Burst": 2 } } }
            """);
        _environment["KAFKA_BOOTSTRAP_SERVERS"] = "well-known:9092";
        _environment["AURUM__LookbackDays"] = "5";
        _environment["AURUM_CAISO_BASE"] = "http://localhost:8001";
        var rows = (await Run("config", "show", "--set", "--format", "json")).Ended(0).Json.EnumerateArray()
            .ToDictionary(static r => Text(r, "setting"), static r => (Text(r, "value"), Text(r, "from")));
        Assert.Equal(("8100", "aurum.json"), rows["Port"]);
        Assert.Equal(("5", "AURUM__LookbackDays"), rows["LookbackDays"]);
        Assert.Equal(("well-known:9092", "KAFKA_BOOTSTRAP_SERVERS"), rows["Kafka:BootstrapServers"]);
        Assert.Equal(("http://localhost:8001", "AURUM_CAISO_BASE"), rows["Sites:caiso-oasis:BaseAddress"]);
        Assert.Equal(5, rows.Count);
        _environment["AURUM__Kafka__BootstrapServers"] = "own:9092";
        Assert.Equal("own:9092", OptionsReader.Read(_data.Path, world: World).Kafka!.BootstrapServers);
    }

    [Fact]
    public async Task A_setting_shows_default_range_unit_and_variables()
    {
        var row = (await Run("config", "show", "LookbackDays", "--format", "json")).Ended(0).Json[0];
        Assert.Equal(
            ("3", "default", "3", "0 to 3,660", "days", "AURUM__LookbackDays"),
            (Text(row, "value"), Text(row, "from"), Text(row, "default"), Text(row, "range"), Text(row, "unit"), Text(row, "variables")));
    }

    [Fact]
    public async Task Secrets_are_hidden_wherever_they_stand()
    {
        _environment["REDIS_URL"] = "redis://u:hunter2@redis:6379/1";
        _environment["VAULT_ADDR"] = "http://vault:8200";
        _environment["VAULT_TOKEN"] = "hunter2";
        var show = (await Run("config", "show", "--format", "json")).Ended(0);
        Assert.DoesNotContain("hunter2", show.Out, StringComparison.Ordinal);
        var rows = show.Json.EnumerateArray().ToDictionary(static r => Text(r, "setting"), static r => Text(r, "value"));
        Assert.Equal(("redis", "***", "***"), (rows["Redis:Host"], rows["Redis:Password"], rows["Vault:Token"]));
    }

    [Theory]
    [InlineData("Host=db;Password=hunter2;Port=1", "Host=db;Password=***;Port=1")]
    [InlineData("Host=db;Username=a;Password=Tr&de9;Database=x", "Host=db;Username=a;Password=***;Database=x")]
    [InlineData("Host=db;Password=two words", "Host=db;Password=***")]
    [InlineData("Password=two words;Host=db", "Password=***;Host=db")]
    [InlineData("Host=db;Password=\"a\"\"b;c\";Port=1", "Host=db;Password=***;Port=1")]
    [InlineData("Host=db;Password='a''b;c' ;Port=1", "Host=db;Password=***;Port=1")]
    [InlineData("Host=db;Password=\"never;ended", "Host=db;Password=***")]
    [InlineData("Host=db; PSW = it's & more ;Port=1", "Host=db; PSW = ***;Port=1")]
    [InlineData("Host=db;SSL Password=a b;Port=1", "Host=db;SSL Password=***;Port=1")]
    [InlineData("Host=db;Options=-c x=1 password=a;b", "Host=db;Options=-c x=1 password=***;b")]
    [InlineData("postgresql://u:hunter2@db/aurum", "postgresql://u:***@db/aurum")]
    [InlineData("postgresql://u:two words@db/aurum", "postgresql://u:***@db/aurum")]
    [InlineData("postgresql://u:p@ss@db/aurum", "postgresql://u:***@db/aurum")]
    [InlineData("postgresql://u@db/aurum?password=a;b c&sslmode=require", "postgresql://u@db/aurum?password=***&sslmode=require")]
    [InlineData("postgresql://db:5432/aurum?password=a@b&user=u", "postgresql://db:5432/aurum?password=***&user=u")]
    [InlineData("Options=x://u:p;Password=\"a;b@c\"", "Options=x://u:p;Password=***")]
    [InlineData("redis://:hunter2@redis:6379/1", "redis://:***@redis:6379/1")]
    [InlineData("http://u:a@one:1,http://v:b@two:2", "http://u:***@one:1,http://v:***@two:2")]
    [InlineData("http://localhost:8001/a?b=c", "http://localhost:8001/a?b=c")]
    public void No_part_of_a_password_in_an_address_or_a_connection_string_is_shown(string value, string shown) =>
        Assert.Equal(shown, SettingCatalog.Shown("Postgres:Dsn", value));

    [Fact]
    public void Engines_are_used_only_where_something_begins_them()
    {
        _environment["VAULT_TOKEN"] = "x";
        _environment["KAFKA_SASL_PASSWORD"] = "x";
        _environment["AWS_ACCESS_KEY_ID"] = "x";
        var options = OptionsReader.Read(_data.Path, world: World);
        Assert.Equal((null, null, null), ((object?)options.Vault, (object?)options.Kafka, (object?)options.S3));
    }

    [Fact]
    public async Task A_variable_that_is_misspelt_is_told_with_the_nearest_name()
    {
        _environment["AURUM_CAISO_BSE"] = "http://localhost:8001";
        _environment["AURUM_EIA_APIKEY"] = "x";
        _environment["AURUM_QUITE_ANOTHER_THING_ALTOGETHER"] = "x";
        var check = (await Run("config", "check")).Ended(1);
        Assert.Contains("AURUM_CAISO_BSE is not understood; did you mean AURUM_CAISO_BASE?", check.Error, StringComparison.Ordinal);
        Assert.Contains("AURUM_EIA_APIKEY is not understood; did you mean AURUM_EIA_API_KEY?", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ANOTHER", check.Error, StringComparison.Ordinal);
        _environment.Clear();
        (await Run("config", "check")).Ended(0);
    }

    [Fact]
    public async Task A_setting_that_there_is_not_is_told_with_the_nearest_name_and_who_set_it()
    {
        _environment["AURUM__Kafka__BootstrapServer"] = "k:9092";
        var check = (await Run("config", "check")).Ended(2);
        Assert.Contains(
            "there is no setting 'Kafka:BootstrapServer'; did you mean Kafka:BootstrapServers? (set by AURUM__Kafka__BootstrapServer)",
            check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_secrets_that_others_may_read_is_told()
    {
        var file = _data.Write("aurum.json", """{ "Redis": { "Password": "hunter2", "User": "u" } }""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Contains("holds secrets (Redis:Password)", (await Run("config", "check")).Ended(1).Error, StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await Run("config", "check")).Ended(0);
    }

    [Fact]
    public async Task Looks_at_engines_run_together_and_each_ends_with_a_finding()
    {
        var options = new AurumOptions();
        var first = new TaskCompletionSource();
        List<EngineCheck> checks =
        [
            new("A", static _ => true, async (_, _) =>
            {
                await first.Task;
                return [new EngineFinding("A", EngineState.Well, "a")];
            }),
            new("B", static _ => true, (_, _) =>
            {
                first.SetResult();
                return Task.FromResult<IReadOnlyList<EngineFinding>>([new EngineFinding("B", EngineState.Warned, "b", "do it")]);
            }),
            new("C", static _ => true, static (_, _) => throw new InvalidOperationException("broken")),
            new("D", static _ => false, static (_, _) => throw new InvalidOperationException("never asked")),
        ];
        var found = await EngineChecks.Run(checks, options, TimeProvider.System, default);
        Assert.Equal(["A Well a", "B Warned b", "C Failed broken"], found.Select(static f => $"{f.Engine} {f.State} {f.What}"));
    }

    [Fact]
    public async Task A_look_that_never_ends_is_ended_and_told()
    {
        List<EngineCheck> checks =
        [
            new("A", static _ => true, static async (_, cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return [];
            }),
        ];
        var found = await EngineChecks.Run(checks, new AurumOptions(), new Engines.Vault.ImpatientTime(), default);
        Assert.Equal("no answer within 30 s", Assert.Single(found).What);
    }

    [Fact]
    public async Task Doctor_says_of_each_engine_what_to_do_in_a_hundred_columns()
    {
        _data.Write("aurum.json", """{ "Port": 0, "Lineage": { "Url": "http://127.0.0.1:1", "RequestSeconds": 1 } }""");
        var doctor = (await Run("doctor")).Ended(1);
        Assert.Contains("Lineage         FAILED  http://127.0.0.1:1/api/v1/lineage gives no answer", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("to do: see that it runs, and Lineage:Url", doctor.Out, StringComparison.Ordinal);
        Assert.Matches("engines +not used: [A-Z][^:]*\\bVault\\b", string.Join(' ', doctor.Lines));
        Assert.All(doctor.Lines, static l => Assert.InRange(l.Length, 0, 100));
    }

    private OptionsWorld World => new(_environment, TimeProvider.System);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private async Task<CommandRun> Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(output, error, TimeProvider.System, IsTerminal: false, ShowsProgress: false) { World = World };
        var code = await CommandLine.Run([.. arguments, "--data", _data.Path], console);
        return new CommandRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
