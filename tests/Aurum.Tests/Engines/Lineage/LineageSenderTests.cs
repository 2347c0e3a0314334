using System.Net;
using System.Text;
using System.Text.Json;
using Aurum.Cluster;
using Aurum.Cluster.Lineage;
using Aurum.Tests.Engines.Vault;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

public sealed class LineageSenderTests : IDisposable
{
    private static readonly LineageOptions ToServer = new() { Url = new Uri("http://marquez:5000"), ApiKey = "first-key" };

    private readonly TestFolder _folder = new();
    private readonly ImpatientTime _time = new();
    private readonly ServerDouble _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_gets_each_event_with_the_token_of_Vault_and_one_that_is_refused_is_asked_for_anew()
    {
        using var vault = new TurningVault(("OPENLINEAGE_API_KEY", "first-key"));
        using var sender = new LineageSender(ToServer.With(vault.Secrets), _folder.Path, _time, new Random(1), handler: _server);
        await sender.Send([Event(1)], default);
        vault.Turn("OPENLINEAGE_API_KEY", "second-key");
        _server.Statuses.Enqueue(401);
        await sender.Send([Event(2)], default);
        const string Address = "http://marquez:5000/api/v1/lineage";
        Assert.Equal(
            [(Address, "Bearer first-key"), (Address, "Bearer first-key"), (Address, "Bearer second-key")], _server.Requests);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_token_that_was_refused_and_is_gone_from_Vault_loses_its_event_and_no_later_one()
    {
        using var vault = new TurningVault(("OPENLINEAGE_API_KEY", "first-key"));
        using var sender = new LineageSender(ToServer.With(vault.Secrets), _folder.Path, _time, new Random(1), handler: _server);
        var told = new List<string>();
        var queue = new LineageQueue(sender, told.Add);
        queue.Add(Event(1));
        queue.Add(Event(2));
        queue.End();
        vault.Delete();
        _server.Statuses.Enqueue(401);
        await queue.Run(default);
        Assert.Equal((2, 0), (queue.Dropped, queue.Sent));
        Assert.StartsWith(
            "lineage: the lineage server http://marquez:5000/api/v1/lineage is not asked: Vault", Assert.Single(told),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stumbles_is_tried_again_and_one_that_refuses_is_not()
    {
        using var sender = new LineageSender(ToServer, _folder.Path, _time, new Random(1), handler: _server);
        _server.Statuses.Enqueue(503);
        _server.Statuses.Enqueue(429);
        await sender.Send([Event(1)], default);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal(2, _time.Waits.Count);
        _server.Statuses.Enqueue(403);
        var error = await Assert.ThrowsAsync<LineageException>(() => sender.Send([Event(1)], default));
        Assert.False(error.MayRetry);
        Assert.Equal("the lineage server http://marquez:5000/api/v1/lineage answers 403; see Lineage:ApiKey", error.Message);
        Assert.DoesNotContain("first-key", error.ToString() + sender.Options, StringComparison.Ordinal);
        _server.IsDown = true;
        Assert.True((await Assert.ThrowsAsync<LineageException>(() => sender.Send([Event(1)], default))).MayRetry);
    }

    [Fact]
    public void A_file_is_set_aside_when_it_is_large_and_the_oldest_go()
    {
        var file = new LineageFile(_folder["lineage.ndjson"], 300, 3);
        for (var i = 0; i < 40; i++)
        {
            file.Append([Encoding.UTF8.GetBytes($"{{\"n\":{100 + i},\"text\":\"{new string('x', 80)}\"}}")]);
        }

        var files = file.Present();
        Assert.Equal(["lineage.2.ndjson", "lineage.1.ndjson", "lineage.ndjson"], files.Select(Path.GetFileName));
        Assert.All(files, static f => Assert.InRange(new FileInfo(f).Length, 1, 300));
        var numbers = files.SelectMany(File.ReadLines)
            .Select(static l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("n").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(100, 40).TakeLast(numbers.Count), numbers);
    }

    [Fact]
    public void Two_that_append_to_the_same_file_at_once_lose_no_line()
    {
        const int Appends = 500;
        var path = _folder["lineage.ndjson"];
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, writer =>
        {
            var file = new LineageFile(path, 1 << 30, 2);
            for (var i = 0; i < Appends; i++)
            {
                file.Append([Encoding.UTF8.GetBytes($"{{\"n\":{(writer * Appends) + i},\"text\":\"{new string('x', i)}\"}}")]);
            }
        });
        var numbers = File.ReadLines(path).Select(static l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("n").GetInt32());
        Assert.Equal(Enumerable.Range(0, 2 * Appends), numbers.Order());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "{\"n\":1")]
    [InlineData("{\"n\":0}\n", "")]
    [InlineData("{\"n\":0}\n", "{\"n\":1")]
    public void What_an_append_left_that_broke_off_is_no_part_of_the_next_line(string whole, string half)
    {
        var path = _folder["lineage.ndjson"];
        foreach (var length in (int[])[0, 4_086, 4_087, 4_088, 10_000])
        {
            File.WriteAllText(path, half.Length > 0 ? whole + half + new string('x', length) : whole);
            new LineageFile(path, 1 << 30, 2).Append(["{\"n\":2}"u8.ToArray()]);
            Assert.Equal(whole + "{\"n\":2}\n", File.ReadAllText(path));
        }
    }

    [Fact]
    public async Task A_topic_gets_events_under_the_id_of_their_run()
    {
        var sent = new List<(string Topic, string Key)>();
        using var sender = new LineageSender(
            new LineageOptions { Topic = "openlineage.events" }, _folder.Path, _time, new Random(1),
            (topic, key, _, _) =>
            {
                sent.Add((topic, Encoding.ASCII.GetString(key.Span)));
                return Task.CompletedTask;
            });
        await sender.Send([Event(1)], default);
        Assert.Equal([("openlineage.events", Event(1).RunId.ToString())], sent);
        var error = Assert.Throws<ArgumentException>(
            () => new LineageSender(new LineageOptions { Topic = "t" }, _folder.Path, _time, new Random(1)));
        Assert.Equal("Lineage:Topic: expected the section Kafka with it, found none", error.Message);
    }

    [Fact]
    public async Task A_queue_that_is_full_drops_the_oldest_and_holds_up_nobody()
    {
        var options = ToServer with { QueueEvents = 10, Attempts = 1 };
        using var sender = new LineageSender(options, _folder.Path, _time, new Random(1), handler: _server);
        var told = new List<string>();
        var queue = new LineageQueue(sender, told.Add);
        for (var i = 0; i < 25; i++)
        {
            queue.Add(Event(i));
        }

        Assert.Equal(15, queue.Dropped);
        _server.IsDown = true;
        queue.End();
        await queue.Run(default);
        Assert.Equal((25, 0), (queue.Dropped, queue.Sent));
        Assert.Single(told);
    }

    [Theory]
    [InlineData(405, EngineState.Well)]
    [InlineData(404, EngineState.Failed)]
    [InlineData(401, EngineState.Warned)]
    [InlineData(500, EngineState.Failed)]
    public async Task Doctor_asks_the_server_without_telling_it_an_event(int status, EngineState state)
    {
        _server.Statuses.Enqueue(status);
        Assert.Equal(state, Assert.Single(await LineageCheck.Run(ToServer, _server, default)).State);
    }

    [Fact]
    public void Settings_that_are_wrong_are_named()
    {
        Assert.Equal(
            "Lineage: expected at least one of Url, File, Topic and Contract, found none",
            Assert.Throws<ArgumentException>(new LineageOptions().Check).Message);
        Assert.Equal(
            "Lineage:Owner: expected type:name, such as team:market-data, found 'me'",
            Assert.Throws<ArgumentException>((ToServer with { Owner = "me" }).Check).Message);
        Assert.Equal(
            "Lineage:Files: expected 1 to 1,000 files, found 0",
            Assert.Throws<ArgumentException>((ToServer with { Files = 0 }).Check).Message);
    }

    internal static LineageEvent Event(int run) => new(
        LineageState.Start,
        Instant.FromUtc(2025, 11, 2, 0, 0),
        LineageRunId.Of("aurum", "job", $"{run}"),
        new LineageJob("job", "A job.", "a.cs"));

    private sealed class ServerDouble : HttpMessageHandler
    {
        public Queue<int> Statuses { get; } = new();

        public bool IsDown { get; set; }

        public List<(string Address, string? Authorization)> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request.RequestUri!.ToString(), request.Headers.Authorization?.ToString()));
            return IsDown
                ? throw new HttpRequestException("Connection refused")
                : Task.FromResult(new HttpResponseMessage((HttpStatusCode)(Statuses.TryDequeue(out var status) ? status : 201)));
        }
    }
}
