using System.Net;
using System.Text;
using Aurum.App.Commands;
using Aurum.App.Output;
using Aurum.App.Ticks.Following;

namespace Aurum.Tests.Ticks.Following;

public sealed class EventFollowerTests
{
    private const string Tick = """
        {"tenant_id":"default","instrument_id":"NP15","market":"CAISO","source":"oasis","event_time":"2026-03-02T15:05:00Z",
        "ingested_at":"2026-03-02T15:05:01Z","sequence":7,"price":27.115,"volume":null,"bid":null,"ask":null,"currency":"USD",
        "unit":"MWh","flags":["valid"]}
        """;

    [Fact]
    public async Task A_connection_that_breaks_off_goes_on_behind_the_last_event()
    {
        using var server = new Server(
            "event: heartbeat\ndata: {}\n\nid: 1.0\nevent: tick\ndata: a\n\nid: 1.1\nevent: tick\ndata: b\n\n",
            "id: 2.0\nevent: bar\ndata: c\n\n");
        Assert.Equal(["tick a", "tick b", "bar c"], await server.Read(3, after: null));
        Assert.Equal(["", "1.1"], server.LastIds);
        Assert.Contains("going on behind 1.1", server.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_begins_behind_the_event_that_is_named()
    {
        using var server = new Server("id: 9.0\nevent: tick\ndata: a\n\n");
        await server.Read(1, after: "8.4");
        Assert.Equal(["8.4"], server.LastIds);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not()
    {
        using var busy = new Server("503", "id: 9.0\nevent: tick\ndata: a\n\n");
        Assert.Equal(["tick a"], await busy.Read(1, after: null));
        Assert.Contains("503: too many", busy.Notes[0], StringComparison.Ordinal);
        using var refusing = new Server("400");
        var error = await Assert.ThrowsAsync<CommandException>(() => refusing.Read(1, after: null));
        Assert.Equal(ExitCodes.BadInput, error.ExitCode);
    }

    [Fact]
    public void An_event_is_written_as_the_WebSocket_has_it_as_CSV_and_for_a_person()
    {
        var data = Tick.ReplaceLineEndings("");
        Assert.Equal($$"""{"event":"tick","id":"4.2","data":{{data}}}""" + "\n", Line(RowFormat.Json, data));
        Assert.Equal(
            "id,tenant_id,instrument_id,market,source,event_time,ingested_at,sequence,price,volume,bid,ask,currency,unit,flags\n"
            + "4.2,default,NP15,CAISO,oasis,2026-03-02T15:05:00Z,2026-03-02T15:05:01Z,7,27.115,,,,USD,MWh,valid\n",
            Line(RowFormat.Csv, data));
        Assert.Equal(
            "2026-03-02T15:05:00Z         tick   NP15                             27.115 USD/MWh\n", Line(RowFormat.Table, data));
    }

    private static string Line(RowFormat format, string data)
    {
        var text = new StringBuilder();
        new EventLines(format, "tick").Add(text, new System.Net.ServerSentEvents.SseItem<string>(data, "tick") { EventId = "4.2" });
        return text.ToString();
    }

    /// <summary>Gives one answer after the other; a number is a status.</summary>
    private sealed class Server(params string[] answers) : HttpMessageHandler
    {
        private int _asked;

        public List<string> LastIds { get; } = [];

        public List<string> Notes { get; } = [];

        public async Task<IReadOnlyList<string>> Read(int count, string? after)
        {
            using var http = new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1:1") };
            var follower = new EventFollower(http, "/v1/ticks/stream", TimeProvider.System, Notes.Add);
            var events = new List<string>();
            await foreach (var happened in follower.Follow(after, static () => { }, default))
            {
                events.Add($"{happened.EventType} {happened.Data}");
                if (events.Count == count)
                {
                    break;
                }
            }

            return events;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastIds.Add(request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : "");
            var answer = answers[_asked++];
            return Task.FromResult(int.TryParse(answer, out var status)
                ? new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("""{"detail":"too many"}""") }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
        }
    }
}
