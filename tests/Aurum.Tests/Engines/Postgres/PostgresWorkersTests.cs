using System.Net;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The program itself, three times over one database: one worker is killed, the server is stopped, started and frozen. Nobody
/// helps, and in the end the database has the true rows, once.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresWorkersTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(PostgresWorkers.LeaseSeconds + 2);

    private readonly PostgresWorkers _workers = new(lookbackDays: 40);

    public Task InitializeAsync() => _workers.InitializeAsync();

    public Task DisposeAsync() => _workers.DisposeAsync();

    public void Dispose() => _workers.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Three_workers_bring_in_every_day_once_although_one_is_killed_and_the_server_restarts_and_freezes()
    {
        var started = await Task.WhenAll(_workers.Start("a"), _workers.Start("b"), _workers.Start("c"));
        var (killed, b, c) = (started[0], started[1], started[2]);

        await _workers.Settled(15, b);
        killed.Kill();

        await _workers.Settled(40, b);
        _workers.Server.Process.Interrupt();
        await c.Line(static line => line.Contains("the database is away: PostgreSQL: ", StringComparison.Ordinal));
        Assert.Contains("PostgreSQL: ", await _workers.WhyNotReady(b), StringComparison.Ordinal);
        await _workers.Server.StartAgain();
        await b.Line(static line => line.Contains("the database is back after ", StringComparison.Ordinal));

        await _workers.Settled(65, b);
        _workers.Server.Pause();
        await Task.Delay(LongerThanALease);
        _workers.Server.Resume();

        await _workers.HasAll(b);
        Assert.False(b.HasEnded);
        Assert.False(c.HasEnded);
        Assert.Equal(HttpStatusCode.OK, await _workers.Ready(b));
        b.Stop();
        c.Stop();
        Assert.True((b.ExitCode, c.ExitCode) == (0, 0), $"{b.ExitCode}: {b.Tail}\n{c.ExitCode}: {c.Tail}");
        Assert.Equal("0", _workers.Psql("SELECT count(*) FROM work_leases WHERE leased_until > now()"));
        _workers.CheckRows();
    }
}
