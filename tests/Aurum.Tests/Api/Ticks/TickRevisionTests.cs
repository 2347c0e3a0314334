using System.Net;
using System.Text.Json.Nodes;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Api.Ticks;

public abstract class TickRevisionTests
{
    /// <summary>Starts a server on the database of the tests.</summary>
    private protected abstract Task<TickServer> StartAsync();

    [Fact]
    public async Task A_late_tick_gives_its_bar_again_and_the_old_one_stays_readable()
    {
        await using var server = await StartAsync();
        await server.SendAsync(At(0, 20), At(30, 25), At(200, 30));
        server.Time.Advance(NodaTime.Duration.FromSeconds(10));
        Assert.Equal((1, 0, 0, 1, 0), TickServer.CountsOf(await server.SendAsync(At(10, 35))));

        const string bars = "/v1/bars?tenant=acme&interval=1m&end=2026-03-02T15:06:00Z";
        var now = Assert.Single(await server.RowsAsync(bars))!;
        var all = await server.RowsAsync(bars + "&revisions=all");
        var then = Assert.Single(await server.RowsAsync($"{bars}&as_of={TickServer.Now}"))!;

        Assert.Equal((35.0, 1, 3), ((double)now["high"]!, (int)now["revision"]!, (int)now["count"]!));
        Assert.Equal([0, 1], all.Select(b => (int)b!["revision"]!));
        Assert.Equal((25.0, 0, 2), ((double)then["high"]!, (int)then["revision"]!, (int)then["count"]!));
    }

    [Fact]
    public async Task A_dead_letter_is_sent_again_once_with_a_mended_body_or_as_it_came()
    {
        await using var server = await StartAsync();
        var broken = At(5, 20).With("payload.market", 7);
        await server.SendAsync(At(0, 20), broken, At(6, 20).Without("producer"));
        var letters = await server.RowsAsync("/v1/ticks/dead-letters?pending=true");
        var mended = At(5, 20).ToJsonString();

        var first = await RedriveAsync(server, new() { ["ids"] = new JsonArray((string)letters[0]!["id"]!), ["body"] = mended });
        var again = await RedriveAsync(server, new() { ["ids"] = new JsonArray((string)letters[0]!["id"]!), ["body"] = mended });
        var rest = await RedriveAsync(server, new() { ["reason"] = "MissingField" });

        Assert.Equal("accepted", (string)Assert.Single(first)!["outcome"]!);
        Assert.Equal("redriven-before", (string)Assert.Single(again)!["outcome"]!);
        Assert.Equal(("dead-lettered", "MissingField"),
            ((string)Assert.Single(rest)!["outcome"]!, (string)rest[0]!["dead_letter"]!["reason"]!));
        var all = await server.RowsAsync("/v1/ticks/dead-letters");
        Assert.Equal([true, true, false], all.Select(l => l!["redriven_at"] is not null));
        Assert.Equal((long)first[0]!["frame"]!, (long)all[0]!["redriven_frame"]!);
        Assert.Equal(
            ["2026-03-02T15:05:00Z", "2026-03-02T15:05:05Z"],
            (await server.RowsAsync("/v1/ticks?tenant=acme")).Select(t => (string)t!["event_time"]!));
        var status = (await server.GetAsync("/v1/ticks/status")).Json["data"]!;
        Assert.Equal((5, 2, 0, 0, 3), TickServer.CountsOf(status));
    }

    private static async Task<JsonArray> RedriveAsync(TickServer server, JsonObject order)
    {
        var answer = await server.PostJsonAsync("/v1/ticks/dead-letters/redrive", order.ToJsonString());
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json["data"]!.AsArray();
    }

    private static JsonObject At(int second, double price) =>
        TickMessages.B($"evt-{second}", TickMessages.Occurred + (second * 1_000_000L), price);
}
