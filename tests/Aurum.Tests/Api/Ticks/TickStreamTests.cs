using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.Ticks;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Api.Ticks;

public sealed class TickStreamTests
{
    private static readonly Func<ApiOptions, ApiOptions> Quick = o => o with { EventTickSeconds = 0.05 };

    [Fact]
    public async Task A_client_sees_what_is_committed_as_it_is()
    {
        await using var server = await TickServer.StartAsync(Quick);
        await using var events = await TickFollowing.StartAsync(server, "?tenant=acme");
        Assert.Equal("heartbeat", (await events.NextAsync()).Kind);

        await server.SendAsync(TickMessages.B());

        var (tick, price) = (await events.NextEventAsync(), await events.NextEventAsync());
        Assert.Equal(("tick", "price"), (tick.Kind, price.Kind));
        Assert.Equal(("CAISO.NP15.RT5", 27.115, "2026-03-02T15:05:00Z"),
            ((string)tick.Data["instrument_id"]!, (double)tick.Data["price"]!, (string)tick.Data["event_time"]!));
        Assert.Equal(("acme", 27.115), ((string)price.Data["tenant_id"]!, (double)price.Data["price"]!));
        Assert.Equal(1, (int)(await server.GetAsync("/v1/ticks/status")).Json["data"]!["subscribers"]!);
    }

    [Fact]
    public async Task A_client_sees_only_what_it_asks_for()
    {
        await using var server = await TickServer.StartAsync(Quick);
        await using var bars = await TickFollowing.StartAsync(server, "?kind=bar&interval=1m&interval=5m");
        await using var place = await TickFollowing.StartAsync(server, "?kind=tick&instrument=CAISO.B&tenant=acme");
        await using var nobody = await TickFollowing.StartAsync(server, "?tenant=nobody");
        await bars.NextAsync();
        await place.NextAsync();
        await nobody.NextAsync();

        await server.SendAsync(Of("CAISO.A", 0), Of("CAISO.B", 1), Of("CAISO.A", 400));

        Assert.Equal("CAISO.B", (string)(await place.NextEventAsync()).Data["instrument_id"]!);
        var seen = new List<TickSeen>();
        while (seen.Count < 4)
        {
            seen.Add(await bars.NextEventAsync());
        }

        Assert.All(seen, e => Assert.Equal("bar", e.Kind));
        Assert.Equal(["1m", "1m", "5m", "5m"], seen.Select(e => (string)e.Data["interval"]!).Order(StringComparer.Ordinal));
        Assert.Equal("heartbeat", (await nobody.NextAsync()).Kind);
    }

    [Fact]
    public async Task Each_tick_and_bar_is_seen_once_over_cut_connections_and_restarts()
    {
        await using var server = await TickServer.StartAsync(Quick);
        var seen = new List<string>();
        var last = "0.0";
        for (var round = 0; round < 6; round++)
        {
            await server.SendAsync(Enumerable.Range(round * 50, 50).Select(i => Of("CAISO.A", i * 7)));
            if (round is 2 or 4)
            {
                await server.RestartAsync();
            }

            await using var events = await TickFollowing.StartAsync(server, "?kind=tick&kind=bar", last);
            for (var i = 0; i < 30; i++)
            {
                var next = await events.NextEventAsync();
                seen.Add(NameOf(next));
                last = next.Id!;
            }
        }

        await using var rest = await TickFollowing.StartAsync(server, $"?kind=tick&kind=bar&after={last}");
        while (seen.Count(s => s.StartsWith("tick", StringComparison.Ordinal)) < 300)
        {
            seen.Add(NameOf(await rest.NextEventAsync()));
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(300, seen.Count(s => s.StartsWith("tick", StringComparison.Ordinal)));
        Assert.Contains("bar CAISO.A 1m 2026-03-02T15:05:00Z 0", seen);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody_and_then_misses_nothing()
    {
        await using var server = await TickServer.StartAsync(
            Quick, new TickServiceOptions { QuietSeconds = 0, SubscriberEvents = 1_024 });
        using var slow = new TcpClient { ReceiveBufferSize = 4 << 10 };
        var address = server.Http.BaseAddress!;
        await slow.ConnectAsync(address.Host, address.Port);
        await using var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /v1/ticks/stream?kind=tick&after=0.0 HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
        const int batches = 30;
        for (var batch = 0; batch < batches; batch++)
        {
            var receipt = await server.SendAsync(Enumerable.Range(batch * 1_000, 1_000).Select(i => Of("CAISO.A", i / 100.0)));
            Assert.Equal((1_000, 1_000, 0, 0, 0), TickServer.CountsOf(receipt));
        }

        using var text = new StreamReader(stream, Encoding.UTF8);
        var ids = new HashSet<string>();
        while (ids.Count < batches * 1_000 && await text.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                Assert.True(ids.Add(line), $"{line} came twice");
            }
        }

        Assert.Equal(batches * 1_000, ids.Count);
    }

    [Fact]
    public async Task Followers_beyond_the_limit_are_refused()
    {
        await using var server = await TickServer.StartAsync(Quick, new TickServiceOptions { QuietSeconds = 0, MaxSubscribers = 1 });
        await using var first = await TickFollowing.StartAsync(server, "");
        await first.NextAsync();

        var refused = await server.GetAsync("/v1/ticks/stream");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.Status, refused.Headers["Retry-After"]));
    }

    [Fact]
    public async Task Over_a_socket_events_are_json_messages()
    {
        await using var server = await TickServer.StartAsync(Quick);
        using var socket = await TickSocket.ConnectAsync(server, "/v1/ticks/stream?kind=price");
        Assert.Equal("heartbeat", (string)(await TickSocket.ReceiveAsync(socket))!["event"]!);

        await server.SendAsync(TickMessages.B());

        var message = await TickSocket.ReceiveAsync(socket);
        while ((string)message!["event"]! == "heartbeat")
        {
            message = await TickSocket.ReceiveAsync(socket);
        }

        Assert.Equal(("price", 27.115), ((string)message["event"]!, (double)message["data"]!["price"]!));
        Assert.Matches("^[0-9]+\\.[0-9]+$", (string)message["id"]!);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    [Fact]
    public async Task Batches_over_a_socket_are_acknowledged_by_the_numbers_that_they_have()
    {
        await using var server = await TickServer.StartAsync(Quick);
        using var socket = await TickSocket.ConnectAsync(server, "/v1/ticks/ws?session=s1");
        var batch = Encoding.UTF8.GetString(TickMessages.Lines(TickMessages.B("evt-1"), TickMessages.B("evt-2")));

        await TickSocket.SendAsync(socket, "#17\n" + batch);
        await TickSocket.SendAsync(
            socket, new JsonArray(TickMessages.B("evt-2"), TickMessages.B("evt-3").With("payload.market", 7)).ToJsonString());
        await TickSocket.SendAsync(socket, "#17\n" + batch);

        var first = await TickSocket.ReceiveAsync(socket);
        var second = await TickSocket.ReceiveAsync(socket);
        var again = await TickSocket.ReceiveAsync(socket);
        Assert.Equal(("ack", 17L), ((string)first!["event"]!, (long)first["sequence"]!));
        Assert.Equal((2, 2, 0, 0, 0), TickServer.CountsOf(first["data"]!));
        Assert.Equal(18, (long)second!["sequence"]!);
        Assert.Equal((2, 0, 1, 0, 1), TickServer.CountsOf(second["data"]!));
        Assert.Equal("payload.market", (string)second["data"]!["dead_letters"]![0]!["field"]!);
        Assert.True((bool)again!["data"]!["is_repeat"]!);
        Assert.Equal((2, 2, 0, 0, 0), TickServer.CountsOf(again["data"]!));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        Assert.Equal((4, 2, 1, 0, 1), TickServer.CountsOf((await server.GetAsync("/v1/ticks/status")).Json["data"]!));
    }

    [Fact]
    public async Task A_socket_that_breaks_the_rules_is_closed_with_the_reason()
    {
        await using var server = await TickServer.StartAsync(Quick);
        using var number = await TickSocket.ConnectAsync(server, "/v1/ticks/ws");
        await TickSocket.SendAsync(number, "#x\n{}");
        using var large = await TickSocket.ConnectAsync(server, "/v1/ticks/ws");
        await TickSocket.SendAsync(large, new string(' ', Aurum.App.Api.Ticks.TickSession.MaxBatchBytes + 1));

        Assert.Null(await TickSocket.ReceiveAsync(number));
        Assert.Null(await TickSocket.ReceiveAsync(large));
        Assert.Equal((WebSocketCloseStatus.InvalidPayloadData, WebSocketCloseStatus.MessageTooBig),
            (number.CloseStatus, large.CloseStatus));
        Assert.Contains("expected # and a number", number.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/ticks/ws")]
    [InlineData("/v1/ticks/stream")]
    public async Task A_page_from_elsewhere_gets_no_socket(string path)
    {
        await using var server = await TickServer.StartAsync(Quick);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => TickSocket.ConnectAsync(server, path, "https://prices.example"));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        using var own = await TickSocket.ConnectAsync(server, path, $"http://{server.Http.BaseAddress!.Authority}");
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_and_sockets()
    {
        var server = await TickServer.StartAsync();
        await using var events = await TickFollowing.StartAsync(server, "");
        using var sending = await TickSocket.ConnectAsync(server, "/v1/ticks/ws");
        using var reading = await TickSocket.ConnectAsync(server, "/v1/ticks/stream");
        await events.NextAsync();

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static JsonObject Of(string instrument, double second) => TickMessages
        .B(string.Create(CultureInfo.InvariantCulture, $"{instrument}-{second}"), TickMessages.Occurred + (long)(second * 1_000_000))
        .With("payload.symbol", instrument).With("payload.metadata.instrument_id", instrument)
        .With("ingested_at", TickMessages.Occurred + (long)(second * 1_000_000));

    private static string NameOf(TickSeen happened) => happened.Kind == "tick"
        ? $"tick {happened.Data["instrument_id"]} {happened.Data["event_time"]}"
        : $"bar {happened.Data["instrument_id"]} {happened.Data["interval"]} {happened.Data["start_utc"]} {happened.Data["revision"]}";
}
