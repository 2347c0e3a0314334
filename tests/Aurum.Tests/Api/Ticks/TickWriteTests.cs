using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Store.Ticks;
using Aurum.Tests.Ticks;
using Aurum.Ticks;
using NodaTime;

namespace Aurum.Tests.Api.Ticks;

public sealed class TickWriteTests
{
    private const int ManyMessages = 2_000;

    [Fact]
    public async Task Messages_are_acknowledged_with_what_became_of_each()
    {
        await using var server = await TickServer.StartAsync();
        var body = TickMessages.Lines(
            TickMessages.B("evt-1"), TickMessages.B("evt-1"), TickMessages.B("evt-2").With("payload.market", 7), TickMessages.A());

        var answer = await server.PostAsync("/v1/ticks", body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var receipt = answer.Json["data"]!;
        Assert.Equal((4, 2, 1, 0, 1), TickServer.CountsOf(receipt));
        Assert.True((long)receipt["frame"]! > 0);
        var letter = Assert.Single(receipt["dead_letters"]!.AsArray())!;
        Assert.Equal(("WrongType", "payload.market", "7"), ((string)letter["reason"]!, (string)letter["field"]!, (string)letter["found"]!));
        Assert.StartsWith("""{"event_id":"evt-2""",
            Encoding.UTF8.GetString(body, (int)letter["position"]!, (int)letter["length"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_form_is_taken()
    {
        await using var server = await TickServer.StartAsync();
        foreach (var (form, type, encoding) in new[]
        {
            ("array", "application/json", ""), ("indented", "application/json; charset=utf-8", ""), ("lines", "application/jsonl", ""),
            ("gzip", TickServer.Lines, "gzip"), ("br", "application/json", "br"), ("csv", "text/csv", ""),
        })
        {
            var messages = new JsonArray(Of(form, "evt-1", 27), Of(form, "evt-2", 30));
            var lines = TickMessages.Lines(messages.Select(m => m!.AsObject()));
            byte[] body = form switch
            {
                "array" => Encoding.UTF8.GetBytes(messages.ToJsonString()),
                "indented" => Encoding.UTF8.GetBytes(messages.ToJsonString(new() { WriteIndented = true })),
                "gzip" => Packed(lines, static to => new GZipStream(to, CompressionLevel.Fastest)),
                "br" => Packed(lines, static to => new BrotliStream(to, CompressionLevel.Fastest)),
                "csv" => "timestamp,ingested_at,symbol,price\n2026-03-02T15:05:00Z,2026-03-02T15:05:01Z,NP15.RT5,27\n"u8.ToArray()
                    .Concat("2026-03-02T15:05:10Z,2026-03-02T15:05:11Z,NP15.RT5,28\n"u8.ToArray()).ToArray(),
                _ => lines,
            };
            (string, string)[] headers = encoding.Length > 0 ? [("Content-Encoding", encoding)] : [];

            var answer = await server.PostAsync($"/v1/ticks?market=CAISO&source=test&tenant={form}", body, type, headers);

            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            Assert.Equal((2, 2, 0, 0, 0), TickServer.CountsOf(answer.Json["data"]!));
            Assert.Equal(2, (await server.RowsAsync($"/v1/ticks?tenant={form}")).Count);
        }
    }

    [Theory]
    [InlineData(TickForm.Csv, "text/csv")]
    [InlineData(TickForm.Binary, "application/vnd.aurum.ticks")]
    [InlineData(TickForm.ContractB, "application/x-ndjson")]
    public async Task A_long_body_of_any_form_is_taken_piece_by_piece_and_again_without_harm(TickForm form, string type)
    {
        await using var server = await TickServer.StartAsync();
        var options = new MadeStreamOptions(7, TickMode.Continuous, 8_000, 20, TickServer.Now - Duration.FromSeconds(9_000))
        {
            StepMicros = 100_000,
        };
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, form);
        var body = new ArrayBufferWriter<byte>();
        foreach (var tick in stream.Read())
        {
            writer.Write(body, tick);
        }

        Assert.True(body.WrittenCount > 2 * Aurum.App.Api.Ticks.TickPieces.PieceBytes, "more than two pieces");
        foreach (var key in new[] { "a", "a", "b" })
        {
            var answer = await server.PostAsync("/v1/ticks", body.WrittenSpan.ToArray(), type, ("Idempotency-Key", key));

            var (received, accepted, duplicate, late, dead) = TickServer.CountsOf(answer.Json["data"]!);
            Assert.Equal((8_000, 0, 0), (received, late, dead));
            Assert.Equal(8_000, accepted + duplicate);
        }

        var status = (await server.GetAsync("/v1/ticks/status")).Json["data"]!;
        Assert.Equal((8_000, 0, 0), ((int)status["accepted"]!, (int)status["late_amended"]!, (int)status["dead_lettered"]!));
    }

    [Fact]
    public async Task A_packed_body_that_becomes_too_long_is_refused_and_what_came_before_is_kept()
    {
        await using var server = await TickServer.StartAsync(o => o with { TickBodyBytes = 400_000 });
        var body = Packed(
            [.. TickMessages.Lines(Many(600)), .. new byte[10_000_000]], static to => new GZipStream(to, CompressionLevel.Optimal));
        Assert.InRange(body.Length, 0, 100_000);

        var answer = await server.PostAsync("/v1/ticks", body, headers: ("Content-Encoding", "gzip"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body"), (answer.Status, (string)answer.Json["field"]!));
        var stored = (await server.GetAsync("/v1/ticks/status")).Json["data"]!;
        Assert.Contains($"{stored["received"]} messages before that are stored", (string)answer.Json["detail"]!, StringComparison.Ordinal);
        Assert.InRange((int)stored["accepted"]!, 1, 600);
    }

    [Fact]
    public async Task A_body_that_is_too_long_as_it_is_is_refused()
    {
        await using var server = await TickServer.StartAsync(o => o with { TickBodyBytes = 5_000 });

        var answer = await server.PostAsync("/v1/ticks", TickMessages.Lines(Many(100)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task A_body_that_breaks_off_loses_nothing_that_came_whole()
    {
        await using var server = await TickServer.StartAsync();
        var lines = TickMessages.Lines(Many(ManyMessages));
        var address = server.Http.BaseAddress!;
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(address.Host, address.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/ticks HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\n"
                + $"Content-Length: {lines.Length + 1000}\r\n\r\n"));
            await stream.WriteAsync(lines);
            await stream.WriteAsync("{\"event_id\":\"half"u8.ToArray());
            await UntilAsync(
                async () => (await server.GetAsync("/v1/ticks/status")).Json["data"]!, s => (int)s["received"]! == ManyMessages);
        }

        var again = await server.PostAsync("/v1/ticks", lines);

        Assert.Equal((ManyMessages, 0, ManyMessages, 0, 0), TickServer.CountsOf(again.Json["data"]!));
    }

    [Fact]
    public async Task The_same_bytes_under_the_same_key_are_one_batch_across_a_restart()
    {
        await using var server = await TickServer.StartAsync();
        var body = TickMessages.Lines(Many(ManyMessages));
        var first = await server.PostAsync("/v1/ticks", body, headers: ("Idempotency-Key", "batch-7"));
        await server.RestartAsync();

        var again = await server.PostAsync("/v1/ticks", body, headers: ("Idempotency-Key", "batch-7"));
        var other = await server.PostAsync(
            "/v1/ticks", TickMessages.Lines(TickMessages.B("evt-other")), headers: ("Idempotency-Key", "batch-7"));

        Assert.True(body.Length > 2 * Aurum.App.Api.Ticks.TickPieces.PieceBytes, "more than one piece");
        Assert.Equal((ManyMessages, ManyMessages, 0, 0, 0), TickServer.CountsOf(first.Json["data"]!));
        Assert.Equal((ManyMessages, ManyMessages, 0, 0, 0), TickServer.CountsOf(again.Json["data"]!));
        Assert.Equal((false, true), ((bool)first.Json["data"]!["is_repeat"]!, (bool)again.Json["data"]!["is_repeat"]!));
        Assert.Equal((1, 1, 0, 0, 0), TickServer.CountsOf(other.Json["data"]!));
        Assert.Equal(
            (ManyMessages + 1, ManyMessages + 1, 0, 0, 0),
            TickServer.CountsOf((await server.GetAsync("/v1/ticks/status")).Json["data"]!));
    }

    [Fact]
    public async Task Who_sends_into_a_full_queue_is_told_to_come_back()
    {
        using var disk = new ManualResetEventSlim(initialState: true);
        var journal = new TickJournalOptions
        {
            Write = (file, bytes, position) =>
            {
                disk.Wait();
                RandomAccess.Write(file, bytes, position);
            },
        };
        await using var server = await TickServer.StartAsync(
            o => o with { TickWaitSeconds = 0.01 }, new TickServiceOptions { QuietSeconds = 0, QueueMiB = 1, Journal = journal });
        var bytes = TickMessages.Lines(Many(ManyMessages));
        disk.Reset();
        var waiting = Enumerable.Range(0, 5)
            .Select(_ => server.Ticks.SubmitAsync(TickSubmission.Batch(new TickStreamOptions(), bytes), default).AsTask()).ToList();

        var answer = await server.PostAsync("/v1/ticks", TickMessages.Lines(TickMessages.B("evt-other")));
        disk.Set();
        await Task.WhenAll(waiting);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (answer.Status, answer.Headers["Retry-After"]));
        Assert.Contains("0 messages before that are stored", (string)answer.Json["detail"]!, StringComparison.Ordinal);
        var later = await server.Ticks.SubmitAsync(
            TickSubmission.Batch(new TickStreamOptions(), TickMessages.Lines(TickMessages.B("evt-other"))), default);
        Assert.Equal((1, 1), (later.Received, later.Accepted));
    }

    [Fact]
    public async Task Who_sends_to_a_service_that_does_not_run_is_told_why()
    {
        await using var server = await TickServer.StartAsync();
        await server.Ticks.DisposeAsync();

        var answer = await server.PostAsync("/v1/ticks", TickMessages.Lines(TickMessages.B()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.Status, answer.Headers["Retry-After"]));
        Assert.Contains("closed", (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_real_time_prices_says_so()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.PostAsync("/v1/ticks", "{}", TickServer.Lines);

        Assert.Equal(("ticks", "one that does not"), ((string)answer.Json["field"]!, (string)answer.Json["found"]!));
    }

    internal static IEnumerable<JsonObject> Many(int count) => Enumerable.Range(0, count)
        .Select(i => TickMessages.B($"evt-{i}", TickMessages.Occurred + (i * 10_000L), price: 20 + (i % 90), sequence: i));

    private static JsonObject Of(string tenant, string eventId, double price) =>
        TickMessages.B(eventId, price: price).With("tenant_id", tenant);

    private static async Task UntilAsync(Func<Task<JsonNode>> read, Func<JsonNode, bool> holds)
    {
        for (var tries = 0; tries < 100_000; tries++)
        {
            if (holds(await read()))
            {
                return;
            }
        }

        Assert.Fail("it never held");
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        using var to = new MemoryStream();
        using (var packing = pack(to))
        {
            packing.Write(bytes);
        }

        return to.ToArray();
    }
}
