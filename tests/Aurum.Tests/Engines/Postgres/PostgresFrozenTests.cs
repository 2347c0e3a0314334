using Aurum.Cluster.Postgres;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The program frozen in the middle of a commit, and the program that is asked to end while its server is frozen.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresFrozenTests : IAsyncLifetime, IDisposable
{
    private const int ShortWaitSeconds = 30;
    private const int LongWaitSeconds = 600;

    /// <summary>Half a minute is what a program waits for what it is writing; the machine may be busy.</summary>
    private const int LongestEndSeconds = 120;

    private readonly PostgresWorkers _workers = new(lookbackDays: 20);

    public Task InitializeAsync() => _workers.InitializeAsync();

    public Task DisposeAsync() => _workers.DisposeAsync();

    public void Dispose() => _workers.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_that_was_frozen_in_a_commit_stores_nothing_that_another_one_has_taken_over(bool whileItsTransactionIsOpen)
    {
        var seconds = whileItsTransactionIsOpen ? LongWaitSeconds : ShortWaitSeconds;
        var frozen = await _workers.Start("a", commitWaitSeconds: seconds);
        await _workers.Settled(5, frozen);
        var (held, settled) = await FreezeInCommit(frozen);
        var other = await _workers.Start("b", commitWaitSeconds: seconds);
        if (whileItsTransactionIsOpen)
        {
            await other.WaitFor(_ => Task.FromResult(_workers.Psql(
                $"SELECT count(*) < array_length(ARRAY[{held}], 1) FROM work_leases WHERE lease_no IN ({held})") == "t"));
            Assert.Equal(settled, Settled());
        }
        else
        {
            // The server ends the transaction of the one that does not go on, and then its locks.
            await _workers.HasAll(other);
        }

        frozen.Resume();
        await _workers.HasAll(other);
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

    /// <summary>Freezes a worker that waits in a commit for another one, which then ends. Returns its leases, and the last delivery by
    /// then.</summary>
    private async Task<(string Held, string Settled)> FreezeInCommit(ServerProcess worker)
    {
        using var database = new PostgresDatabase(
            _workers.Options with { CommitWaitSeconds = 300 }, asOwner: false, TimeProvider.System);
        using var connection = database.Connect();
        connection.Begin();
        database.Share().LockCommits(connection);
        await worker.WaitFor(_ => Task.FromResult(
            _workers.Psql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") != "0"));
        worker.Pause();
        var frozen = (_workers.Psql("SELECT string_agg(lease_no::text, ',') FROM work_leases WHERE day > DATE '1970-01-01'"), Settled());
        connection.RollBack();
        return frozen;
    }

    private string Settled() => _workers.Psql("SELECT max(delivery_id) FROM deliveries");
}
