using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Ticks.Sending;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Sending;

public sealed class TickSenderTests
{
    private static readonly TickSendOptions Options = new(TickFormat.JsonLines, "")
    {
        BatchMessages = 2,
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromMilliseconds(2),
        Patience = TimeSpan.FromMilliseconds(1),
    };

    [Fact]
    public async Task All_messages_are_sent_in_their_order_and_counted()
    {
        using var server = new Server();
        var sender = server.Sender(Options);
        var done = new List<long>();
        await sender.SendAsync(Stream("a\nb\nc\nd\ne"), "file", isSlow: false, (bytes, _) => done.Add(bytes), default);
        Assert.Equal(["a\nb\n", "c\nd\n", "e"], server.Bodies);
        Assert.Equal([4, 8, 9], done);
        Assert.Equal(new SentCounts(3, 5, 5, 0, 0, 0, 0, 0), sender.Counts);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_under_the_same_key()
    {
        using var server = new Server();
        server.Refuse(HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout);
        var sender = server.Sender(Options);
        await sender.SendAsync(Stream("a\n"), "file", isSlow: false, (_, _) => { }, default);
        Assert.Equal(4, server.Keys.Count);
        Assert.Single(server.Keys.Distinct());
        Assert.Equal(1, sender.Counts.Received);
        Assert.Equal(2, server.Notes.Count);
        Assert.Contains("answers 503: busy; trying again in", server.Notes.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_is_not_asked_again()
    {
        using var server = new Server();
        server.Refuse(HttpStatusCode.UnsupportedMediaType);
        var error = await Assert.ThrowsAsync<CommandException>(
            () => server.Sender(Options).SendAsync(Stream("a\n"), "file", isSlow: false, (_, _) => { }, default));
        Assert.Equal(ExitCodes.BadInput, error.ExitCode);
        Assert.Single(server.Keys);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        using var server = new Server();
        server.Refuse([.. Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 5)]);
        var error = await Assert.ThrowsAsync<CommandException>(() => server.Sender(Options with { MaxAttempts = 3 })
            .SendAsync(Stream("a\n"), "file", isSlow: false, (_, _) => { }, default));
        Assert.Equal(ExitCodes.Failed, error.ExitCode);
        Assert.Contains("3 times in a row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_of_content_and_place()
    {
        using var server = new Server();
        var again = Options with { BatchMessages = 1 };
        await server.Sender(again).SendAsync(Stream("a\na\n"), "file", isSlow: false, (_, _) => { }, default);
        await server.Sender(again).SendAsync(Stream("a\na\n"), "other", isSlow: false, (_, _) => { }, default);
        Assert.Equal(2, server.Keys.Distinct().Count());
        Assert.Equal(server.Keys.Take(2), server.Keys.Skip(2));
    }

    [Fact]
    public async Task Requests_can_be_packed()
    {
        using var server = new Server();
        await server.Sender(Options with { Packs = true }).SendAsync(Stream("a\nb\n"), "file", isSlow: false, (_, _) => { }, default);
        Assert.Equal(["a\nb\n"], server.Bodies);
    }

    [Fact]
    public async Task Dead_letters_have_their_place_in_the_stream()
    {
        using var server = new Server();
        var letters = new List<SentLetter>();
        await server.Sender(Options).SendAsync(
            Stream("a\nb\nc\n!\n"), "file", isSlow: false, (_, some) => letters.AddRange(some), default);
        var letter = Assert.Single(letters);
        Assert.Equal(6, letter.Position);
        Assert.Equal("InvalidJson: expected JSON, found !", letter.Text);
    }

    [Fact]
    public async Task Messages_of_a_slow_stream_do_not_wait_for_others()
    {
        using var server = new Server();
        var pipe = new Pipe();
        var sender = server.Sender(Options with { BatchMessages = 1_000 });
        var sent = new TaskCompletionSource();
        var sending = sender.SendAsync(pipe.Reader.AsStream(), "-", isSlow: true, (_, _) => sent.TrySetResult(), default);
        await pipe.Writer.WriteAsync("a\nb\nhalf of "u8.ToArray());
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["a\nb\n"], server.Bodies);
        await pipe.Writer.WriteAsync("c\n"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        await sending;
        Assert.Equal("a\nb\nhalf of c\n", string.Concat(server.Bodies));
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes messages; a message <c>!</c> is a dead letter.</summary>
    private sealed class Server : HttpMessageHandler
    {
        private readonly Queue<HttpStatusCode> _refusals = [];

        public ConcurrentQueue<string> Bodies { get; } = [];

        public ConcurrentQueue<string> Keys { get; } = [];

        public ConcurrentQueue<string> Notes { get; } = [];

        public TickSender Sender(TickSendOptions options)
        {
            var http = new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1:1") };
            return new TickSender(new TickPost(http, options, TimeProvider.System, Notes.Enqueue), options, TimeProvider.System);
        }

        public void Refuse(params HttpStatusCode[] statuses)
        {
            foreach (var status in statuses)
            {
                _refusals.Enqueue(status);
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Keys.Enqueue(Assert.Single(request.Headers.GetValues("Idempotency-Key")));
            Assert.Equal(new MediaTypeHeaderValue("application/x-ndjson"), request.Content!.Headers.ContentType);
            if (_refusals.TryDequeue(out var status))
            {
                return new HttpResponseMessage(status) { Content = new StringContent("""{"detail":"busy"}""") };
            }

            await using var body = await request.Content.ReadAsStreamAsync(cancellationToken);
            await using Stream plain = request.Content.Headers.ContentEncoding.Contains("gzip")
                ? new GZipStream(body, CompressionMode.Decompress)
                : body;
            using var reader = new StreamReader(plain);
            var text = await reader.ReadToEndAsync(cancellationToken);
            Bodies.Enqueue(text);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Receipt(text)) };
        }

        private static string Receipt(string text)
        {
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var broken = lines.Count(l => l == "!");
            object[] letters = broken == 0
                ? []
                : [new { reason = "InvalidJson", field = "", expected = "JSON", found = "!", position = text.IndexOf('!') }];
            return JsonSerializer.Serialize(new
            {
                data = new
                {
                    received = lines.Length,
                    accepted = lines.Length - broken,
                    duplicate = 0,
                    late_amended = 0,
                    dead_lettered = broken,
                    is_repeat = false,
                    dead_letters = letters,
                },
            });
        }
    }
}
