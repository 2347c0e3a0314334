using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

[Collection("PostgreSQL")]
public sealed class PostgresRotationTests : IDisposable
{
    private const string Variable = "AURUM_APP_DB_DSN";

    private readonly PostgresStores _stores;
    private readonly string _role;

    public PostgresRotationTests(PostgresServer server)
    {
        _stores = new PostgresStores(server);
        _role = $"turning_of_{_stores.Options.Dsn.Split('/')[^1]}";
        Power($"CREATE ROLE {_role} LOGIN PASSWORD 'one' IN ROLE aurum_app; CREATE ROLE {_role}_b LOGIN PASSWORD 'b' IN ROLE aurum_app");
    }

    public void Dispose() => _stores.Dispose();

    [Fact]
    public void A_store_goes_on_with_the_new_password_and_the_old_one_is_refused()
    {
        using var vault = new TurningVault((Variable, Dsn("one")));
        using var folder = new TestFolder();
        using var store = PostgresStore.Open(
            new StoreOptions(folder.Path), Options(vault), StoreFeeds.All, new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)),
            TimeProvider.System);
        store.Sinks.Move("kafka", 1, Instant.FromUnixTimeSeconds(1));
        Turn(vault, "two");
        Power($"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = '{_role}'");
        store.Sinks.Move("kafka", 2, Instant.FromUnixTimeSeconds(2));
        Assert.Equal(2, store.Sinks.Cursor("kafka"));
        Assert.Equal("2", _stores.Psql("SELECT delivery_id FROM sink_cursors WHERE sink = 'kafka'", "power"));
        var refused = Assert.Throws<InvalidOperationException>(() => PostgresServer.Psql(Dsn("one"), "SELECT 1"));
        Assert.Contains("password authentication failed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_is_open_stays_and_the_next_one_is_the_new_users()
    {
        using var vault = new TurningVault((Variable, Dsn("one")));
        using var database = new PostgresDatabase(Options(vault), asOwner: false, TimeProvider.System);
        using var first = database.Connect();
        vault.Turn(Variable, Dsn("b", _role + "_b"));
        Power($"ALTER ROLE {_role} PASSWORD 'nobody knows'");
        using var second = database.Connect();
        using var third = database.Connect();
        Assert.Equal((_role, _role + "_b"), (UserOf(first), UserOf(third)));
        Assert.Equal(2, vault.Reads);
    }

    [Fact]
    public void A_password_that_the_server_does_not_know_yet_leaves_the_connections_that_there_are()
    {
        using var vault = new TurningVault((Variable, Dsn("one")));
        using var database = new PostgresDatabase(Options(vault), asOwner: false, TimeProvider.System);
        database.Connect().Dispose();
        vault.Turn(Variable, Dsn("two"));
        vault.Secrets.Renew(["Postgres:Dsn"], default);
        using (var pooled = database.Connect())
        {
            Assert.Equal(_role, UserOf(pooled));
        }

        Power($"ALTER ROLE {_role} PASSWORD 'two'");
        using var connection = database.Connect();
        using var other = database.Connect();
        Assert.Equal(_role, UserOf(other));
    }

    [Fact]
    public async Task A_text_that_is_no_connection_string_leaves_the_connections_that_there_are_and_is_not_told()
    {
        using var vault = new TurningVault((Variable, Dsn("one")));
        using var database = new PostgresDatabase(Options(vault), asOwner: false, TimeProvider.System);
        database.Connect().Dispose();
        vault.Turn(Variable, "hunter2");
        vault.Secrets.Renew(["Postgres:Dsn"], default);
        using (var pooled = database.Connect())
        {
            Assert.Equal(_role, UserOf(pooled));
        }

        var error = await Assert.ThrowsAsync<PostgresEngineException>(() => database.Listener(default));
        Assert.StartsWith("PostgreSQL: Postgres:Dsn: expected postgresql://", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_fails_after_one_look_at_Vault_and_is_not_told()
    {
        using var vault = new TurningVault((Variable, Dsn("wrong-hunter2")));
        var options = Options(vault) with { Dsn = Dsn("wrong-hunter2") };
        using var database = new PostgresDatabase(options, asOwner: false, TimeProvider.System);
        var error = Assert.Throws<PostgresEngineException>(() => database.Connect());
        Assert.Equal((true, 2), (error.IsLogin, vault.Reads));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private void Turn(TurningVault vault, string password)
    {
        Power($"ALTER ROLE {_role} PASSWORD '{password}'");
        vault.Turn(Variable, Dsn(password));
    }

    private PostgresOptions Options(TurningVault vault) =>
        (_stores.Options with { Dsn = Dsn("one"), MigratesAtOpen = false }).With(vault.Secrets);

    private string Dsn(string password, string? role = null) =>
        _stores.Options.Dsn.Replace("//aurum_app:aurum@", $"//{role ?? _role}:{password}@", StringComparison.Ordinal);

    private void Power(string sql) => PostgresServer.Psql(PostgresServer.As("power", _stores.Options.Dsn), sql);

    private static string UserOf(PostgresConnection connection)
    {
        using var user = connection.Prepare("SELECT current_user::text");
        using var row = user.Query();
        row.NextChunk();
        return row.String(0, 0);
    }
}
