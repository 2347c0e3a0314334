using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

[Collection("PostgreSQL")]
public sealed class PostgresMigrationTests(PostgresServer server) : IDisposable
{
    private static readonly StoppedClock Clock = new(Instant.FromUtc(2025, 3, 5, 12, 0));

    private readonly PostgresStores _stores = new(server, isNew: true);

    public void Dispose() => _stores.Dispose();

    [Fact]
    public void Steps_are_done_once_and_noted()
    {
        Assert.All(Status(), s => Assert.Equal(MigrationState.Pending, s.State));
        Assert.Equal(Status().Select(s => s.Id), Migrate());
        Assert.All(Status(), s => Assert.Equal((MigrationState.Done, Clock.Now), (s.State, s.AppliedAt)));
        Assert.Empty(Migrate());
    }

    [Fact]
    public void A_step_that_is_done_once_and_was_another_one_stops_the_program()
    {
        Migrate();
        _stores.Psql("UPDATE schema_migrations SET sha256 = 'x' WHERE id = '0001 counters'", "aurum_owner");
        Assert.Contains("another text", Assert.Throws<StoreException>(() => _stores.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_a_newer_program_is_left_alone()
    {
        Migrate();
        _stores.Psql("INSERT INTO schema_migrations VALUES ('9999 later', 'x', now(), 'x')", "aurum_owner");
        Assert.Contains("newer program", Assert.Throws<StoreException>(() => _stores.Open()).Message, StringComparison.Ordinal);
        Assert.Contains(Status(), s => s is { Id: "9999 later", State: MigrationState.Unknown });
    }

    [Fact]
    public void A_view_that_has_changed_is_made_again_and_rows_stay()
    {
        Migrate();
        _stores.Psql(
            "DROP VIEW outbox; INSERT INTO sink_cursors VALUES ('x', 7, now()); UPDATE schema_migrations SET sha256 = 'x' WHERE id = 'views'",
            "aurum_owner");
        Assert.Equal(["views"], Migrate());
        Assert.Equal("0", _stores.Psql("SELECT count(*) FROM outbox"));
        Assert.Equal("7", _stores.Psql("SELECT delivery_id FROM sink_cursors"));
    }

    [Fact]
    public async Task A_store_that_may_not_migrate_says_what_is_to_be_done()
    {
        using var folder = new TestFolder();
        var options = _stores.Options with { MigratesAtOpen = false };
        var error = Assert.Throws<StoreException>(() => PostgresStore.Open(
            new StoreOptions(folder.Path), options, StoreFeeds.All, Clock, TimeProvider.System));
        Assert.Contains("run 'aurum db migrate'", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            await PostgresCheck.Run(options, default),
            f => f is { State: Aurum.Cluster.EngineState.Warned, ToDo: "run 'aurum db migrate'" });
        Migrate();
        Assert.All(await PostgresCheck.Run(options, default), f => Assert.Equal(Aurum.Cluster.EngineState.Well, f.State));
    }

    [Fact]
    public async Task Doctor_says_what_to_do_and_repeats_no_password()
    {
        var unreachable = _stores.Options with { Dsn = "postgresql://u:hidden@127.0.0.1:1/x", OwnerDsn = "", ConnectSeconds = 2 };
        var wrong = _stores.Options with { Dsn = $"postgresql://aurum_app:hidden@127.0.0.1:{server.Port}/aurum" };
        foreach (var options in (PostgresOptions[])[unreachable, wrong])
        {
            var finding = Assert.Single(await PostgresCheck.Run(options, default));
            Assert.Equal(Aurum.Cluster.EngineState.Failed, finding.State);
            Assert.NotNull(finding.ToDo);
            Assert.DoesNotContain("hidden", finding.ToString() + options, StringComparison.Ordinal);
        }
    }

    private IReadOnlyList<MigrationStatus> Status() => PostgresStore.Status(_stores.Options, TimeProvider.System);

    private IReadOnlyList<string> Migrate() => PostgresStore.Migrate(_stores.Options, Clock, TimeProvider.System);
}
