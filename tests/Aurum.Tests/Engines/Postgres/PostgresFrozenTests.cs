using Aurum.Cluster.Postgres;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The program frozen in the middle of a commit, and the program that is asked to end while its server is frozen.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresFrozenTests : IAsyncLifetime, IDisposable
{
    /// <summary>Half a minute is what a program waits for what it is writing; the machine may be busy.</summary>
    private const int LongestEndSeconds = 120;

    private readonly PostgresWorkers _workers = new(lookbackDays: 20);

    public Task InitializeAsync() => _workers.InitializeAsync();

    public Task DisposeAsync() => _workers.DisposeAsync();

    public void Dispose() => _workers.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_worker_that_was_frozen_in_a_commit_stores_nothing_that_another_one_has_taken_over()
    {
        var frozen = await _workers.Start("a");
        await _workers.Settled(5, frozen);
        await FreezeInCommit(frozen);

        // The server ends the transaction of the one that does not go on, and then its locks.
        var other = await _workers.Start("b");
        await _workers.HasAll(other);
        frozen.Resume();
        await _workers.HasAll(frozen);
        frozen.Stop();
        other.Stop();
        Assert.True((frozen.ExitCode, other.ExitCode) == (0, 0), $"{frozen.ExitCode}: {frozen.Tail}\n{other.ExitCode}: {other.Tail}");
        _workers.CheckRows();
        Assert.Equal("0", _workers.Psql("SELECT count(*) FROM files WHERE rows_identical > 0"));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_is_asked_to_end_while_its_database_is_frozen_ends_in_its_time(bool isServer)
    {
        var stopped = await _workers.Start("a", isServer);
        await _workers.Settled(5, stopped);
        _workers.Server.Pause();
        stopped.Stop(LongestEndSeconds);
        Assert.InRange(stopped.ExitCode, 0, 1);
        _workers.Server.Resume();

        var next = await _workers.Start("b");
        await _workers.HasAll(next);
        next.Stop();
        Assert.True(next.ExitCode == 0, next.Tail);
        _workers.CheckRows();
    }

    /// <summary>Freezes a worker that waits in a commit for another one, which then ends.</summary>
    private async Task FreezeInCommit(ServerProcess worker)
    {
        using var database = new PostgresDatabase(
            _workers.Options with { CommitWaitSeconds = 300 }, asOwner: false, TimeProvider.System);
        using var connection = database.Connect();
        connection.Begin();
        database.Share().LockCommits(connection);
        await worker.WaitFor(_ => Task.FromResult(
            _workers.Psql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") != "0"));
        worker.Pause();
        connection.RollBack();
    }
}
