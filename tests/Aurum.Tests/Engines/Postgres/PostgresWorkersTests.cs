using System.Globalization;
using System.Net;
using System.Text.Json;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Proofs;
using NodaTime;
using NodaTime.Extensions;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The program itself, three times over one database: one worker is killed, the server is stopped, started and frozen. Nobody
/// helps, and in the end the database has the true rows, once.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresWorkersTests : IAsyncLifetime, IDisposable
{
    private const int LookbackDays = 40;
    private const int LeaseSeconds = 3;

    /// <summary>Shared by all workers: what they can do in a second is what decides how long there is work.</summary>
    private const int RequestsPerMinute = 480;

    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(LeaseSeconds + 2);

    /// <summary>Feeds whose days are whole when they are published, and are not corrected.</summary>
    private static readonly IReadOnlyList<Feed> Feeds =
        ProofWorld.FeedsOf("nyiso/day-ahead-lmp-zone", "nyiso/day-ahead-lmp-generator", "caiso/day-ahead-lmp");

    private readonly TestFolder _folder = new();
    private readonly SandboxNetwork _network = ProofWorld.NewSandbox(seed: 6);
    private readonly List<ServerProcess> _workers = [];
    private readonly Dictionary<ServerProcess, int> _ports = [];
    private PostgresServer _server = null!;
    private PostgresOptions _options = null!;
    private SandboxServer _sandbox = null!;

    public async Task InitializeAsync()
    {
        _server = new PostgresServer();
        _options = _server.NewSchema();
        _sandbox = await SandboxServer.StartAsync(
            _network, () => TimeProvider.System.GetUtcNow().ToInstant(), TimeProvider.System, static _ => 0, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _workers.ForEach(static w => w.Dispose());
        await _sandbox.DisposeAsync();
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Three_workers_bring_in_every_day_once_although_one_is_killed_and_the_server_restarts_and_freezes()
    {
        await Task.WhenAll(Start("a"), Start("b"), Start("c"));
        var (killed, b, c) = (_workers[0], _workers[1], _workers[2]);

        await Settled(15, b);
        killed.Kill();

        await Settled(40, b);
        _server.Process.Interrupt();
        await c.Line(static line => line.Contains("the database is away: PostgreSQL: ", StringComparison.Ordinal));
        Assert.Contains("PostgreSQL: ", await WhyNotReady(b), StringComparison.Ordinal);
        await _server.StartAgain();
        await b.Line(static line => line.Contains("the database is back after ", StringComparison.Ordinal));

        await Settled(65, b);
        _server.Pause();
        await Task.Delay(LongerThanALease);
        _server.Resume();

        await b.WaitFor(_ => Task.FromResult(HasAll()));
        Assert.False(b.HasEnded);
        Assert.False(c.HasEnded);
        Assert.Equal(HttpStatusCode.OK, await Ready(b));
        b.Stop();
        c.Stop();
        Assert.True((b.ExitCode, c.ExitCode) == (0, 0), $"{b.ExitCode}: {b.Tail}\n{c.ExitCode}: {c.Tail}");
        Assert.Equal("0", Psql("SELECT count(*) FROM work_leases WHERE leased_until > now()"));
        CheckRows();
    }

    private void CheckRows()
    {
        using var store = PostgresStore.Open(
            new StoreOptions(_folder["test"]), _options, StoredFeeds.All, new ProviderClock(TimeProvider.System), TimeProvider.System);
        var exact = new ExactRows(store, _network.Truth, feed => Days(store, feed), TimeProvider.System.GetUtcNow().ToInstant());
        Assert.All(Feeds, feed => Assert.Empty(feed.Accept(exact)));
        Assert.True(exact.Rows > 500 * LookbackDays, $"{exact.Rows} rows");
        Assert.Equal("0", Psql("SELECT count(*) FROM iso_lmp_rows WHERE revision > 1"));
        Assert.Equal("t", Psql("SELECT max(delivery_id) = count(*) AND min(delivery_id) = 1 FROM deliveries"));
        Assert.Equal("t", Psql("SELECT sum(rows_new) = (SELECT count(*) FROM iso_lmp_rows) AND sum(rows_changed) = 0 FROM deliveries"));
    }

    /// <summary>The days that the ledger has rows of: all from the first to the last, without a hole.</summary>
    private static IReadOnlyList<OperatingDay> Days(AurumStore store, Feed feed)
    {
        var days = store.Ledger.Entries(feed.Id, new LocalDate(2000, 1, 1), new LocalDate(2100, 1, 1))
            .Where(static e => e.Outcome == Outcome.Data).Select(static e => e.Day).Order().ToList();
        Assert.InRange(days.Count, LookbackDays, LookbackDays + 2);
        Assert.Equal(days.Count, Period.DaysBetween(days[0], days[^1]) + 1);
        var watermark = store.Ledger.WatermarkOf(feed.Id)!;
        Assert.Equal(days[0], watermark.From);
        Assert.True(watermark.Through >= days[^1].PlusDays(-1), $"{feed.Id} is whole through {watermark.Through}");
        return [.. days.Select(d => feed.Day(d))];
    }

    private async Task Start(string name)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        var port = ServerProcess.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "aurum.json"), JsonSerializer.Serialize(new
        {
            Postgres = new { _options.Dsn, _options.OwnerDsn, _options.Schema, _options.AppRole, MaxConnections = 20 },
            Worker = new { LeaseSeconds, FirstRetrySeconds = 0.1, LongestRetrySeconds = 0.5 },
            Feeds = Feeds.Select(static f => f.Id.Text),
            LookbackDays,
            Sites = FeedCatalog.Sites.Where(static s => s.Name is "nyiso-mis" or "caiso-oasis").ToDictionary(
                static s => s.Name,
                s => new { BaseAddress = _sandbox.BaseAddress(s), RequestsPerMinute, Burst = 4, Concurrency = 8 }),
        }));
        var worker = await ServerProcess.Start(
            "dotnet",
            "the SDK",
            [AurumProcess.Program, "worker", "--data", folder, "--probe-port", port.ToString(CultureInfo.InvariantCulture)],
            async cancel => (await Ask(port, "/live", cancel)).Status == HttpStatusCode.OK);
        lock (_workers)
        {
            _workers.Add(worker);
            _ports[worker] = port;
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> Ask(int port, string path, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var answer = await http.GetAsync(path, cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    private async Task<HttpStatusCode> Ready(ServerProcess worker) => (await Ask(_ports[worker], "/ready", CancellationToken.None)).Status;

    /// <summary>Waits until a worker is not ready, and gives what it says.</summary>
    private async Task<string> WhyNotReady(ServerProcess worker)
    {
        var said = "";
        await worker.WaitFor(async cancel =>
        {
            (var status, said) = await Ask(_ports[worker], "/ready", cancel);
            return status == HttpStatusCode.ServiceUnavailable;
        });
        return said;
    }

    /// <summary>Waits until so many days are there.</summary>
    private Task Settled(int days, ServerProcess worker) => worker.WaitFor(
        _ => Task.FromResult(long.Parse(Psql("SELECT count(*) FROM ledger"), CultureInfo.InvariantCulture) >= days));

    /// <summary>Whether all days up to yesterday are there.</summary>
    private bool HasAll() => Feeds.All(feed => Psql($"""
        SELECT count(*) FROM ledger WHERE feed = '{feed.Id}' AND outcome = {(int)Outcome.Data}
        AND day BETWEEN DATE '{Today(feed).PlusDays(-LookbackDays):uuuu-MM-dd}' AND DATE '{Today(feed).PlusDays(-1):uuuu-MM-dd}'
        """) == LookbackDays.ToString(CultureInfo.InvariantCulture));

    private static LocalDate Today(Feed feed) => OperatingDay.Of(TimeProvider.System.GetUtcNow().ToInstant(), feed.Zone).Date;

    private string Psql(string sql) =>
        PostgresServer.Psql(PostgresServer.As("aurum_app", _options.Dsn), $"SET search_path = {_options.Schema}; {sql}");
}
