using System.Net;
using Aurum.App.Api;
using Aurum.App.Api.Limits;
using NodaTime;

namespace Aurum.Tests.Api;

public sealed class LimitTests
{
    [Fact]
    public void A_bucket_lets_a_burst_through_and_fills_with_time()
    {
        var time = new ManualTime(ApiWorld.Now);
        var buckets = new ClientBuckets(perSecond: 2, burst: 3, time);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => buckets.Take("a").IsAllowed));
        Assert.Equal(new ClientBuckets.Decision(false, 3, 0, 2, 1), buckets.Take("a"));
        Assert.True(buckets.Take("b").IsAllowed);
        time.Advance(Duration.FromMilliseconds(500));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => buckets.Take("a").IsAllowed));
        time.Advance(Duration.FromHours(1));
        Assert.Equal(2, buckets.Take("a").Remaining);
    }

    [Fact]
    public void Clients_beyond_the_limit_are_forgotten_and_not_remembered_without_end()
    {
        var buckets = new ClientBuckets(1, 1, new ManualTime(ApiWorld.Now), maxClients: 10);

        for (var i = 0; i < 1000; i++)
        {
            Assert.True(buckets.Take($"{i}").IsAllowed);
            Assert.InRange(buckets.Clients, 1, 10);
        }
    }

    [Fact]
    public void Addresses_of_one_home_network_are_one_client()
    {
        Assert.Equal(ClientBuckets.ClientOf(IPAddress.Parse("2001:db8::1")),
            ClientBuckets.ClientOf(IPAddress.Parse("2001:db8::2")));
        Assert.NotEqual(ClientBuckets.ClientOf(IPAddress.Parse("2001:db8:0:1::1")),
            ClientBuckets.ClientOf(IPAddress.Parse("2001:db8::1")));
        Assert.Equal(ClientBuckets.ClientOf(IPAddress.Parse("::ffff:10.0.0.1")),
            ClientBuckets.ClientOf(IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        await using var server = await ApiServer.StartAsync(null, o => o with { RequestBurst = 2, RequestsPerSecond = 0.5 });

        var first = await server.GetAsync("/v1/feeds");
        await server.GetAsync("/v1/feeds");
        var refused = await server.GetAsync("/v1/feeds");

        Assert.Equal(("2", "1", "2"),
            (first.Headers["X-RateLimit-Limit"], first.Headers["X-RateLimit-Remaining"], first.Headers["X-RateLimit-Reset"]));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("2", refused.Headers["Retry-After"]);
        Assert.Equal("urn:aurum:problem:too-many-requests", (string)refused.Json["type"]!);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health")).Status);
        server.Time.Advance(Duration.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/feeds")).Status);
    }

    [Fact]
    public async Task Requests_beyond_those_that_may_run_and_wait_are_refused()
    {
        await using var server = await ApiServer.StartAsync(null,
            o => o with { ConcurrentRequests = 1, QueuedRequests = 0, RequestTimeoutSeconds = 5 });
        using var cancel = new CancellationTokenSource();
        Answer answer;
        Task<HttpResponseMessage> running;
        do
        {
            // The long query holds the only place; it may itself be refused while the small one holds it.
            running = server.Http.PostAsync("/v1/sql", LongQuery(), cancel.Token);
            do
            {
                answer = await server.GetAsync("/v1/feeds");
            }
            while (answer.Status == HttpStatusCode.OK && !running.IsCompleted);
        }
        while (running.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal("urn:aurum:problem:busy", (string)answer.Json["type"]!);
    }

    [Theory]
    [InlineData("abc-123_x.y:z/1", true)]
    [InlineData("with blank", false)]
    [InlineData("<script>", false)]
    public async Task A_usable_request_id_is_kept_and_another_is_replaced(string id, bool isKept)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.GetAsync("/health", ("X-Request-Id", id));

        Assert.Equal(isKept, answer.Headers["X-Request-Id"] == id);
        Assert.NotEmpty(answer.Headers["X-Request-Id"]);
    }

    [Fact]
    public void An_option_out_of_its_range_stops_the_start()
    {
        var options = new ApiOptions { DataDirectory = "data" };

        Assert.Equal("RequestBurst: expected 1 to 100000, found 0",
            Assert.Throws<ArgumentException>(() => (options with { RequestBurst = 0 }).Checked()).Message);
        Assert.Equal("BindAddress: expected an IP address such as 127.0.0.1, found 'everywhere'",
            Assert.Throws<ArgumentException>(() => (options with { BindAddress = "everywhere" }).Checked()).Message);
        Assert.Equal("127.0.0.1", options.Checked().BindAddress);
    }

    private static StringContent LongQuery() => new(
        """{"sql":"SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range % 11"}""",
        System.Text.Encoding.UTF8, "application/json");
}
