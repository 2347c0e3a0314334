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

/// <summary>The program itself, several times over one database of a server of its own, and publishers to ask.</summary>
/// <param name="lookbackDays">Days before today that are collected.</param>
internal sealed class PostgresWorkers(int lookbackDays) : IAsyncLifetime, IDisposable
{
    public const int LeaseSeconds = 3;

    /// <summary>The least time after which the server ends what a frozen worker has.</summary>
    private const int CommitWaitSeconds = 30;

    private const int MostSeconds = 300;

    /// <summary>Shared by all workers: what they can do in a second is what decides how long there is work.</summary>
    private const int RequestsPerMinute = 480;

    /// <summary>Feeds whose days are whole when they are published, and are not corrected.</summary>
    private static readonly IReadOnlyList<Feed> Feeds =
        ProofWorld.FeedsOf("nyiso/day-ahead-lmp-zone", "nyiso/day-ahead-lmp-generator", "caiso/day-ahead-lmp");

    private readonly TestFolder _folder = new();
    private readonly SandboxNetwork _network = ProofWorld.NewSandbox(seed: 6);
    private readonly List<ServerProcess> _started = [];
    private readonly Dictionary<ServerProcess, int> _ports = [];
    private SandboxServer _sandbox = null!;

    public PostgresServer Server { get; } = new();

    public PostgresOptions Options { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Options = Server.NewSchema();
        _sandbox = await SandboxServer.StartAsync(
            _network, () => TimeProvider.System.GetUtcNow().ToInstant(), TimeProvider.System, static _ => 0, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _started.ForEach(static w => w.Dispose());
        await _sandbox.DisposeAsync();
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    /// <summary>Checks that the true rows are there, once.</summary>
    public void CheckRows()
    {
        using var store = PostgresStore.Open(
            new StoreOptions(_folder["test"]), Options, StoredFeeds.All, new ProviderClock(TimeProvider.System), TimeProvider.System);
        var exact = new ExactRows(store, _network.Truth, feed => Days(store, feed), TimeProvider.System.GetUtcNow().ToInstant());
        Assert.All(Feeds, feed => Assert.Empty(feed.Accept(exact)));
        Assert.True(exact.Rows > 500 * lookbackDays, $"{exact.Rows} rows");
        Assert.Equal("0", Psql("SELECT count(*) FROM iso_lmp_rows WHERE revision > 1"));
        Assert.Equal("t", Psql("SELECT max(delivery_id) = count(*) AND min(delivery_id) = 1 FROM deliveries"));
        Assert.Equal("t", Psql("SELECT sum(rows_new) = (SELECT count(*) FROM iso_lmp_rows) AND sum(rows_changed) = 0 FROM deliveries"));
    }

    /// <summary>The days that the ledger has rows of: all from the first to the last, without a hole.</summary>
    private IReadOnlyList<OperatingDay> Days(AurumStore store, Feed feed)
    {
        var days = store.Ledger.Entries(feed.Id, new LocalDate(2000, 1, 1), new LocalDate(2100, 1, 1))
            .Where(static e => e.Outcome == Outcome.Data).Select(static e => e.Day).Order().ToList();
        Assert.InRange(days.Count, lookbackDays, lookbackDays + 2);
        Assert.Equal(days.Count, Period.DaysBetween(days[0], days[^1]) + 1);
        var watermark = store.Ledger.WatermarkOf(feed.Id)!;
        Assert.Equal(days[0], watermark.From);
        Assert.True(watermark.Through >= days[^1].PlusDays(-1), $"{feed.Id} is whole through {watermark.Through}");
        return [.. days.Select(d => feed.Day(d))];
    }

    /// <summary>Starts the program with a data directory of its own, and waits until it answers.</summary>
    /// <param name="name">Name of the directory.</param>
    /// <param name="isServer">Whether it is <c>aurum up</c>; else <c>aurum worker</c>.</param>
    public async Task<ServerProcess> Start(string name, bool isServer = false)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        var port = ServerProcess.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "aurum.json"), JsonSerializer.Serialize(new
        {
            Postgres = new
            {
                Options.Dsn, Options.OwnerDsn, Options.Schema, Options.AppRole, Options.MaxConnections, CommitWaitSeconds,
            },
            Worker = new { LeaseSeconds, FirstRetrySeconds = 0.1, LongestRetrySeconds = 0.5 },
            Feeds = Feeds.Select(static f => f.Id.Text),
            LookbackDays = lookbackDays,
            Sites = FeedCatalog.Sites.Where(static s => s.Name is "nyiso-mis" or "caiso-oasis").ToDictionary(
                static s => s.Name,
                s => new { BaseAddress = _sandbox.BaseAddress(s), RequestsPerMinute, Burst = 4, Concurrency = 8 }),
        }));
        var number = port.ToString(CultureInfo.InvariantCulture);
        string[] command = isServer ? ["up", "--live", "--port", number] : ["worker", "--probe-port", number];
        var started = await ServerProcess.Start(
            "dotnet",
            "the SDK",
            [AurumProcess.Program, .. command, "--data", folder],
            async cancel => (await Ask(port, "/live", cancel)).Status == HttpStatusCode.OK,
            seconds: 180);
        lock (_started)
        {
            _started.Add(started);
            _ports[started] = port;
        }

        return started;
    }

    private static async Task<(HttpStatusCode Status, string Body)> Ask(int port, string path, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var answer = await http.GetAsync(path, cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    public async Task<HttpStatusCode> Ready(ServerProcess worker) => (await Ask(_ports[worker], "/ready", CancellationToken.None)).Status;

    /// <summary>Waits until a worker is not ready, and gives what it says.</summary>
    public async Task<string> WhyNotReady(ServerProcess worker)
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
    public Task Settled(int days, ServerProcess worker) => worker.WaitFor(
        _ => Task.FromResult(long.Parse(Psql("SELECT count(*) FROM ledger"), CultureInfo.InvariantCulture) >= days), MostSeconds);

    /// <summary>Waits until all days up to yesterday are there.</summary>
    public Task HasAll(ServerProcess worker) => worker.WaitFor(_ => Task.FromResult(HasAll()), MostSeconds);

    /// <summary>Whether all days up to yesterday are there.</summary>
    private bool HasAll() => Feeds.All(feed => Psql($"""
        SELECT count(*) FROM ledger WHERE feed = '{feed.Id}' AND outcome = {(int)Outcome.Data}
        AND day BETWEEN DATE '{Today(feed).PlusDays(-lookbackDays):uuuu-MM-dd}' AND DATE '{Today(feed).PlusDays(-1):uuuu-MM-dd}'
        """) == lookbackDays.ToString(CultureInfo.InvariantCulture));

    private static LocalDate Today(Feed feed) => OperatingDay.Of(TimeProvider.System.GetUtcNow().ToInstant(), feed.Zone).Date;

    public string Psql(string sql) =>
        PostgresServer.Psql(PostgresServer.As("aurum_app", Options.Dsn), $"SET search_path = {Options.Schema}; {sql}");
}
