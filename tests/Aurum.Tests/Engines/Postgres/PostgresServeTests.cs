using System.Net;
using Aurum.App.Ingest;
using Aurum.Tests.Api;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The HTTP API over a database that goes away and comes back.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresServeTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    private readonly PostgresServer _server = new();
    private readonly PostgresStores _stores;

    public PostgresServeTests() => _stores = new PostgresStores(_server, isNew: true);

    public void Dispose()
    {
        _stores.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Who_follows_events_gets_what_comes_after_an_outage_over_old_streams_and_new_ones()
    {
        await using var api = await Start();
        await using var before = await Following.StartAsync(api, null);
        await before.NextAsync();

        // The stream has read what there is, and waits.
        await Task.Delay(Moment);
        _server.Process.Kill();
        AssertAway(await NotOk(() => api.GetAsync("/v1/iso/load")));
        await Task.Delay(Moment);
        await _server.StartAgain();
        Commit(api, 1);
        Assert.Equal("1", (await before.NextCommitAsync()).Id);
        await using var after = await Following.StartAsync(api, "0");
        Assert.Equal("1", (await after.NextCommitAsync()).Id);

        await Task.Delay(Moment);
        Commit(api, 2);
        Assert.Equal("2", (await after.NextCommitAsync()).Id);
        Assert.Equal("2", (await before.NextCommitAsync()).Id);
    }

    [Fact]
    public async Task Requests_are_told_to_come_again_while_the_database_is_away()
    {
        await using var api = await Start();
        Commit(api, 1);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v1/iso/load")).Status);

        _server.Process.Kill();
        AssertAway(await NotOk(() => api.GetAsync("/v1/iso/load")));
        AssertAway(await NotOk(() => Ask(api, "SELECT 1 AS n")));

        await _server.StartAgain();
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v1/iso/load")).Status);
    }

    [Fact]
    public async Task A_query_whose_connection_is_cut_is_not_told_to_be_wrong()
    {
        await using var api = await Start();
        var asking = Ask(api, "SELECT count(*) AS n FROM generate_series(1, 2) AS g(i), pg_sleep(60)");
        await _server.Process.WaitFor(_ => Task.FromResult(_stores.Psql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()
            """,
            "power") == "t"));
        AssertAway(await asking);

        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(api, "SELECT nothing FROM nowhere")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(api, "SELECT 1 AS n")).Status);
    }

    private static void AssertAway(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{answer.Status}: {answer.Text}");
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.Equal("urn:aurum:problem:database-away", (string)answer.Json["type"]!);
    }

    /// <summary>The first answer that is not well: sessions of a server that was killed live on for a moment.</summary>
    private static async Task<Answer> NotOk(Func<Task<Answer>> ask)
    {
        Answer answer;
        while ((answer = await ask()).Status == HttpStatusCode.OK)
        {
            await Task.Delay(20);
        }

        return answer;
    }

    private static Task<Answer> Ask(ApiServer api, string sql) => api.PostAsync("/v1/sql", $$"""{"sql": "{{sql}}"}""");

    private static void Commit(ApiServer api, double price)
    {
        api.Time.Advance(Duration.FromSeconds(1));
        ApiWorld.Deliver(api.Store, ApiWorld.DayAhead, ApiWorld.Day, api.Time.GetCurrentInstant(),
            ApiWorld.Hours(ApiWorld.Sp15)[5] with { LmpUsdPerMwh = price });
    }

    /// <summary>A server that looks for commits all the time, and whose streams look by themselves only after long.</summary>
    private Task<ApiServer> Start() => ApiServer.StartAsync(
        with: static o => o with { EventPollSeconds = 0.01, EventTickSeconds = 600 },
        open: () => _stores.Open(feeds: StoredFeeds.All));
}
