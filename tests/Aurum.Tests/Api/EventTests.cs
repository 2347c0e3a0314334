using System.Net;
using NodaTime;

namespace Aurum.Tests.Api;

public sealed class EventTests
{
    [Fact]
    public async Task A_client_sees_commits_as_they_happen_and_resumes_where_it_left_off()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill,
            o => o with { EventPollSeconds = 0.01, EventTickSeconds = 0.05 });
        string last;
        await using (var events = await Following.StartAsync(server, null))
        {
            Assert.Equal("tick", (await events.NextAsync()).EventType);
            Commit(server, 1);
            var commit = await events.NextCommitAsync();
            Assert.Equal(("caiso/day-ahead-lmp", "2025-11-02", 1, "Data"),
                ((string)commit.Data["feed"]!, (string)commit.Data["day"]!, (int)commit.Data["rows"]!,
                (string)commit.Data["outcome"]!));
            Assert.Equal($"{commit.Data["id"]}", commit.Id);
            last = commit.Id!;
        }

        Commit(server, 2);
        Commit(server, 3);
        await using var resumed = await Following.StartAsync(server, last);
        var (second, third) = (await resumed.NextCommitAsync(), await resumed.NextCommitAsync());
        Assert.Equal([long.Parse(last) + 1, long.Parse(last) + 2], [long.Parse(second.Id!), long.Parse(third.Id!)]);
        Commit(server, 4);
        Assert.Equal(long.Parse(last) + 3, long.Parse((await resumed.NextCommitAsync()).Id!));
    }

    [Fact]
    public async Task A_client_can_ask_for_all_commits()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);
        await using var events = await Following.StartAsync(server, "0");

        Assert.Equal("1", (await events.NextCommitAsync()).Id);
    }

    [Fact]
    public async Task Followers_beyond_the_limit_are_refused_and_a_place_comes_free()
    {
        await using var server = await ApiServer.StartAsync(null,
            o => o with { EventClients = 1, EventPollSeconds = 0.01, EventTickSeconds = 0.05 });
        await using (var first = await Following.StartAsync(server, null))
        {
            await first.NextAsync();
            var refused = await server.GetAsync("/v1/events");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal("10", refused.Headers["Retry-After"]);
        }

        // The server notices within a tick that the client has gone.
        Following? second = null;
        for (var i = 0; second is null && i < 20_000; i++)
        {
            second = await Following.TryStartAsync(server, null);
        }

        Assert.NotNull(second);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams()
    {
        var server = await ApiServer.StartAsync();
        await using var events = await Following.StartAsync(server, null);
        await events.NextAsync();

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_listener_that_fails_ends_no_stream()
    {
        await using var server = await ApiServer.StartAsync(
            ApiWorld.Fill,
            o => o with { EventPollSeconds = 0.01, EventTickSeconds = 0.05 },
            services: s => s with { Updates = static _ => throw new InvalidOperationException("news cannot be heard") });
        await using var events = await Following.StartAsync(server, null);
        Assert.Equal("tick", (await events.NextAsync()).EventType);
        Commit(server, 1);
        await events.NextCommitAsync();
        Assert.Equal("tick", (await events.NextAsync()).EventType);
    }

    private static void Commit(ApiServer server, double price)
    {
        server.Time.Advance(Duration.FromSeconds(1));
        ApiWorld.Deliver(server.Store, ApiWorld.DayAhead, ApiWorld.Day, server.Time.GetCurrentInstant(),
            ApiWorld.Hours(ApiWorld.Sp15)[5] with { LmpUsdPerMwh = price });
    }
}
