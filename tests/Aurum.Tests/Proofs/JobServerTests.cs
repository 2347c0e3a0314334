using System.Net;
using System.Text;
using Aurum.App.Api;
using Aurum.App.Running;
using Aurum.Sources;
using Aurum.Store.Jobs;
using Aurum.Tests.Api;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>Jobs through a real server on loopback: detached, listed, paused, resumed, cancelled.</summary>
public sealed class JobServerTests : IAsyncLifetime, IDisposable
{
    private const string Prices = "caiso/day-ahead-lmp";
    private const string Order = $$"""{"feeds":["{{Prices}}"],"from":"2026-03-30","to":"2026-04-02","priority":3""";

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);

    private readonly ProofWorld _world = new(Now, ProofWorld.NewSandbox(8));
    private readonly ManualResetEventSlim _mayRun = new(initialState: false);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BackfillDesk _desk;
    private readonly WebApplication _app;
    private HttpClient _http = null!;

    public JobServerTests()
    {
        // A job that begins waits for the test.
        _desk = new BackfillDesk(_world.Platform, text =>
        {
            if (text.EndsWith(" runs", StringComparison.Ordinal))
            {
                _begun.TrySetResult();
                _mayRun.Wait();
            }
        });
        _app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = _world.Folder, Mode = "test" },
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Store = _world.Platform.Store,
                Metrics = _world.Platform.Metrics,
                Time = new ManualTime(Now),
                Backfill = _desk,
            });
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        _mayRun.Set();
        await _desk.Stop();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _world.Dispose();
        _mayRun.Dispose();
    }

    [Fact]
    public async Task A_detached_job_is_listed_paused_resumed_and_goes_to_its_end()
    {
        var placed = await Post("", Order + ""","detach":true}""");
        var id = (string)placed.Json["data"]!["id"]!;
        Assert.Matches(
            $"^job {id} is new, priority 3; 4 days asked for, 0 already there; 4 requests, size not known yet, at least ",
            (string)placed.Json["data"]!["text"]!);
        await _begun.Task;
        var running = Assert.Single((await Get("?state=running")).Json["data"]!.AsArray())!;
        Assert.Equal((id, 3), ((string)running["id"]!, (int)running["priority"]!));
        Assert.Equal((4L, 0L), ((long)running["days"]!, (long)running["days_there"]!));
        Assert.Empty((await Get("?state=completed")).Json["data"]!.AsArray());

        Assert.Equal("paused", (string)(await Post($"/{id}/pause", "{}")).Json["data"]!["state"]!);
        _mayRun.Set();
        Assert.Equal(HttpStatusCode.OK, (await Post($"/{id}/pause", "{}")).Status);
        Assert.Equal("queued", (string)(await Post($"/{id[..5]}/resume", "{}")).Json["data"]!["state"]!);
        var followed = await Post("", Order + "}");
        Assert.Contains("\"kind\":\"done\"", followed.Text, StringComparison.Ordinal);

        var done = (await Get($"/{id}")).Json["data"]!;
        Assert.Equal(("completed", 4L), ((string)done["state"]!, (long)done["days_there"]!));
        Assert.Equal("2026-04-02", (string)Assert.Single(done["progress"]!.AsArray())!["watermark"]!);
        Assert.Equal(
            [("2026-03-30", "2026-03-31", "done"), ("2026-04-01", "2026-04-02", "done")],
            done["chunks"]!.AsArray().Select(c => ((string)c!["from"]!, (string)c["to"]!, (string)c["state"]!)));
        Assert.Equal(4, _world.Sandbox.RequestsTo("caiso"));
        Assert.Equal(0, _world.Sandbox.RequestsTo("nyiso"));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_can_be_taken_up_again()
    {
        var id = (string)(await Post("", Order + ""","detach":true}""")).Json["data"]!["id"]!;
        await _begun.Task;
        Assert.Equal("cancelled", (string)(await Post($"/{id}/cancel", "{}")).Json["data"]!["state"]!);
        _mayRun.Set();
        var refused = await Post($"/{id}/pause", "{}");
        Assert.Equal((HttpStatusCode.Conflict, "job"), (refused.Status, (string)refused.Json["field"]!));
        Assert.Contains("is cancelled: only a queued, running or paused job can be paused", refused.Text, StringComparison.Ordinal);

        await Post($"/{id}/resume", "{}");
        Assert.Contains("\"kind\":\"done\"", (await Post("", Order + "}")).Text, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, _world.Platform.Store.Jobs.Find(id)!.State);
        Assert.Equal(HttpStatusCode.Conflict, (await Post($"/{id}/resume", "{}")).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_pauses_the_job_that_it_began()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/backfill")
        {
            Content = new StringContent(Order + "}", Encoding.UTF8, "application/json"),
        };
        using (var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        using (var lines = new StreamReader(await answer.Content.ReadAsStreamAsync()))
        {
            Assert.Contains("\"kind\":\"job\"", await lines.ReadLineAsync(), StringComparison.Ordinal);
            await _begun.Task;
        }

        JobRecord job;
        do
        {
            job = Assert.Single(_world.Platform.Store.Jobs.All());
            await Task.Delay(20);
        }
        while (job.State == JobState.Running);
        _mayRun.Set();

        Assert.Equal((JobState.Paused, "whoever ordered it left"), (job.State, job.Why));
        Assert.Contains("\"kind\":\"done\"", (await Post("", Order + "}")).Text, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, _world.Platform.Store.Jobs.Find(job.Id)!.State);
    }

    [Theory]
    [InlineData("/0123456789ab/pause", "{}", "application/json", null, 404, "id")]
    [InlineData("/0123456789ab/pause", "{}", "text/plain", null, 415, "content-type")]
    [InlineData("/0123456789ab/cancel", "{}", "application/json", "evil.example", 403, "host")]
    [InlineData("", Order + ""","detach":true,"dry_run":true}""", "application/json", null, 400, "detach")]
    [InlineData("", """{"feeds":["caiso/x"],"from":"2026-03-02","detach":true}""", "application/json", null, 400, "feeds")]
    [InlineData("", """{"feeds":[],"from":"2026-03-02","detach":true}""", "application/json", null, 409, "job")]
    public async Task What_can_not_be_is_refused_by_name(
        string path, string body, string contentType, string? host, int status, string field)
    {
        var answer = await Post(path, body, contentType, host);
        Assert.Equal((status, field), ((int)answer.Status, (string)answer.Json["field"]!));
        Assert.Empty(_world.Platform.Store.Jobs.All());
    }

    [Fact]
    public async Task An_unknown_job_or_state_is_told_by_name()
    {
        var unknown = await Get("/0123456789ab");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal("there is no job '0123456789ab'; 'aurum jobs' lists all", (string)unknown.Json["detail"]!);
        var state = await Get("?state=finished");
        Assert.Equal((HttpStatusCode.BadRequest, "state"), (state.Status, (string)state.Json["field"]!));
        Assert.StartsWith("queued, running, paused, ", (string)state.Json["expected"]!, StringComparison.Ordinal);
    }

    private async Task<Answer> Get(string path)
    {
        using var response = await _http.GetAsync(new Uri($"/v1/backfill{path}", UriKind.Relative));
        return await Answer.OfAsync(response);
    }

    private async Task<Answer> Post(string path, string body, string contentType = "application/json", string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/backfill{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        };
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
