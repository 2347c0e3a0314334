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
    public void The_owner_migrates_before_the_role_of_the_program_is_there()
    {
        Assert.NotEmpty(PostgresStore.Migrate(OfNobody(""), Clock, TimeProvider.System));
        Assert.All(Status(), s => Assert.Equal(MigrationState.Done, s.State));
    }

    [Fact]
    public void A_role_of_the_program_that_is_not_there_is_named_with_what_makes_it()
    {
        var error = Assert.Throws<StoreException>(() => PostgresStore.Migrate(OfNobody("aurum_nobody"), Clock, TimeProvider.System));
        Assert.Contains("CREATE ROLE aurum_nobody LOGIN", error.Message, StringComparison.Ordinal);
        Assert.All(Status(), s => Assert.Equal(MigrationState.Pending, s.State));
    }

    [Fact]
    public async Task Who_migrates_at_the_same_time_does_each_step_once()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Migrate)));

        Assert.Equal(Status().Select(static s => s.Id), Assert.Single(done, static steps => steps.Count > 0));
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

    /// <summary>Options whose program signs in as a role that the server does not have.</summary>
    private PostgresOptions OfNobody(string appRole) =>
        _stores.Options with { Dsn = PostgresServer.As("aurum_nobody", _stores.Options.Dsn), AppRole = appRole };

    private IReadOnlyList<MigrationStatus> Status() => PostgresStore.Status(_stores.Options, TimeProvider.System);

    private IReadOnlyList<string> Migrate() => PostgresStore.Migrate(_stores.Options, Clock, TimeProvider.System);
}
