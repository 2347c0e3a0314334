using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using Aurum.Sources;
using Aurum.Tests.Api;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>A backfill tells what it will cost, each day, what is still missing and what it did: to the command line and over
/// HTTP.</summary>
public sealed class BackfillJobTests
{
    private const string Prices = "caiso/day-ahead-lmp";
    private const string Load = "nyiso/load-integrated";

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);
    private static readonly LocalDate From = new(2026, 3, 2);

    [Fact]
    public async Task Tells_the_cost_then_each_day_then_the_totals()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));

        var (isWhole, events) = await Run(world, Order(to: 4));

        Assert.True(isWhole);
        Assert.Equal(
            [
                BackfillEventKind.Job, BackfillEventKind.Cost, .. Enumerable.Repeat(BackfillEventKind.Day, 6), BackfillEventKind.Done,
            ],
            events.Select(e => e.Kind));
        Assert.Matches($"^job {events[0].Job} is new, priority 5$", events[0].Text);
        Assert.Equal(6, events[1].Days);
        Assert.StartsWith(
            "6 days asked for, 0 already there; 4 requests, size not known yet, at least ", events[1].Text, StringComparison.Ordinal);
        Assert.All(events[2..^1], e => Assert.Equal(1, e.Days));
        Assert.All(
            ["2026-03-04", "2026-03-03", "2026-03-02"],
            day => Assert.Single(events, e => e.Text.StartsWith($"{Load} {day}: ", StringComparison.Ordinal)));
        var rows = world.Platform.Store.Read.RowCounts().Values.Sum().ToString("N0", CultureInfo.InvariantCulture);
        Assert.StartsWith($"{rows} rows new, 0 changed, 0 identical, 0 quarantined; 4 files, ", events[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_not_asked_for_again_unless_forced()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));
        await Run(world, Order(to: 3));
        var asked = Requests(world);

        var (isWhole, again) = await Run(world, Order(to: 3));
        Assert.True(isWhole);
        Assert.Equal(2, again.Count);
        Assert.Matches("^job [0-9a-f]{12} is known: the same order was completed, priority 5$", again[0].Text);
        Assert.StartsWith("4 days asked for, 4 already there; 0 requests", again[1].Text, StringComparison.Ordinal);
        Assert.Equal(asked, Requests(world));

        var (_, more) = await Run(world, Order(to: 4));
        Assert.Matches("^6 days asked for, 4 already there; 2 requests, about [0-9.]+ MiB, ", more[1].Text);
        Assert.Equal(asked + 2, Requests(world));

        var (_, forced) = await Run(world, Order(to: 3) with { IsForced = true });
        Assert.Equal(asked + 5, Requests(world));
        Assert.Matches("^0 rows new, 0 changed, [0-9,]+ identical, 0 quarantined; 3 files", forced[^1].Text);
    }

    [Fact]
    public async Task A_dry_run_tells_the_cost_and_asks_nobody()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));

        var (_, events) = await Run(world, Order(to: 4) with { IsDryRun = true });

        Assert.Equal((BackfillEventKind.Cost, 6), (Assert.Single(events).Kind, events[0].Days));
        Assert.Equal(0, Requests(world));
        Assert.Empty(world.Platform.Store.Ledger.Entries());
        Assert.Equal(0, world.Platform.Store.Archive.Verify().Blobs);
    }

    [Fact]
    public async Task Without_a_last_day_it_goes_to_the_last_one_that_is_published()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));

        var (_, events) = await Run(
            world, new BackfillOrder([Prices, Load], new LocalDate(2026, 4, 30), null, IsDryRun: true, IsForced: false));

        // At 5:00 in California there are no prices of the 2nd of May yet; New York's first hour of the 1st is there.
        Assert.StartsWith("4 days asked for, 0 already there", events[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_missing_is_named_with_its_reason()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8, FaultPlan.FromScript(
            "caiso: path market_run_id=DAM&startdatetime=20260303T attempts 999 -> html-page")));

        var (isWhole, events) = await Run(world, Order(to: 3));

        Assert.False(isWhole);
        var gap = Assert.Single(events, e => e.Kind == BackfillEventKind.Gap);
        Assert.Matches($"^gap: {Prices} 2026-03-03 Unavailable .*web page", gap.Text);
        Assert.Contains(events, e => e is { Kind: BackfillEventKind.Day, Days: 0 });
        Assert.Equal(BackfillEventKind.Done, events[^1].Kind);
        Assert.Equal(From.PlusDays(1), Assert.Single(world.Platform.Store.Ledger.Gaps()).Day);
    }

    [Fact]
    public async Task The_http_api_streams_the_same_events()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));
        using var twin = new ProofWorld(Now, ProofWorld.NewSandbox(8));
        await using var app = await Serve(world);

        var answer = await Post(app, $$"""{"feeds":["{{Prices}}"],"from":"2026-03-02","to":"2026-03-04"}""");

        Assert.Equal("application/x-ndjson; charset=utf-8", answer.ContentType);
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        var (_, events) = await Run(twin, new BackfillOrder([Prices], From, From.PlusDays(2), IsDryRun: false, IsForced: false));
        Assert.Equal(
            events.Select(e => (e.Kind.ToString().ToLowerInvariant(), e.Text, e.Days)).Order(),
            lines.Select(l => ((string)l["kind"]!, (string)l["text"]!, (int)l["days"]!)).Order());
        Assert.Equal(
            ("job", "cost", "done"), ((string)lines[0]["kind"]!, (string)lines[1]["kind"]!, (string)lines[^1]["kind"]!));
        Assert.Equal(From.PlusDays(2), world.Platform.Store.Ledger.WatermarkOf(new FeedId(Prices))!.Through);
        await app.StopAsync();
    }

    [Fact]
    public async Task An_unknown_feed_fails_with_the_nearest_name()
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));
        await using var app = await Serve(world);

        var answer = await Post(app, """{"feeds":["caiso/day-ahed-lmp"],"from":"2026-03-02"}""");

        var failed = JsonNode.Parse(Assert.Single(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        Assert.Equal("failed", (string)failed["kind"]!);
        Assert.Contains("caiso/day-ahed-lmp", (string)failed["text"]!, StringComparison.Ordinal);
        Assert.Contains(Prices, (string)failed["text"]!, StringComparison.Ordinal);
        Assert.Equal(0, Requests(world));
        await app.StopAsync();
    }

    [Theory]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"],"from":"2026-02-30"}""", "application/json", null, 400, "from")]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"],"from":"2026-03-02","to":"tomorrow"}""", "application/json", null, 400, "to")]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"]}""", "application/json", null, 400, "body")]
    [InlineData("""{"from":"2026-03-02"}""", "application/json", null, 400, "body")]
    [InlineData("""{"feeds":null,"from":"2026-03-02"}""", "application/json", null, 400, "body")]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"],"from":"2026-03-02","until":"2026-03-03"}""", "application/json", null, 400, "body")]
    [InlineData("""{"feeds":""", "application/json", null, 400, "body")]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"],"from":"2026-03-02"}""", "text/plain", null, 415, "content-type")]
    [InlineData("""{"feeds":["caiso/day-ahead-lmp"],"from":"2026-03-02"}""", "application/json", "evil.example", 403, "host")]
    public async Task What_is_no_order_is_refused_by_name(string body, string contentType, string? host, int status, string field)
    {
        using var world = new ProofWorld(Now, ProofWorld.NewSandbox(8));
        await using var app = await Serve(world);

        var answer = await Post(app, body, contentType, host);

        Assert.Equal((status, field), ((int)answer.Status, (string)answer.Json["field"]!));
        Assert.Equal(0, Requests(world));
        await app.StopAsync();
    }

    private static BackfillOrder Order(int to) => new([Prices, Load], From, new LocalDate(2026, 3, to), IsDryRun: false, IsForced: false);

    private static BackfillDesk NewDesk(ProofWorld world) => new(world.Platform, static _ => { });

    private static int Requests(ProofWorld world) => world.Sandbox.Publishers.Sum(p => world.Sandbox.RequestsTo(p.Name));

    private static async Task<(bool IsWhole, List<BackfillEvent> Events)> Run(ProofWorld world, BackfillOrder order)
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<BackfillEvent>();
        var isWhole = await NewDesk(world).Run(order, told.Enqueue, CancellationToken.None);
        return (isWhole, [.. told]);
    }

    private static async Task<WebApplication> Serve(ProofWorld world)
    {
        var app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = world.Folder, Mode = "test" },
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Store = world.Platform.Store,
                Metrics = world.Platform.Metrics,
                Time = new ManualTime(Now),
                Backfill = NewDesk(world),
            });
        await app.StartAsync();
        return app;
    }

    private static async Task<Answer> Post(WebApplication app, string body, string contentType = "application/json", string? host = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/backfill")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, contentType),
        };
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
