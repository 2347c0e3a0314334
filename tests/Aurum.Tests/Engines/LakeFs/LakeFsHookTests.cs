using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.LakeFs;
using Aurum.App.Running;
using Aurum.Cluster.LakeFs;
using Aurum.Sources;
using Aurum.Tests.Curves;
using Aurum.Tests.Engines.Servers;
using Microsoft.AspNetCore.Builder;

namespace Aurum.Tests.Engines.LakeFs;

/// <summary>lakeFS asks over HTTP before it merges: a double of it posts events in its form, by hand and by the mirror.</summary>
public sealed class LakeFsHookTests : IAsyncLifetime, IDisposable
{
    private const string Branch = "eod_20260309";
    private const string Token = "0123456789abcdef-token";
    private const string Route = "/v1/lakefs/pre-merge";

    private readonly FakeLakeFs _server = new();
    private readonly CurveRig _rig = new();
    private readonly AurumMetrics _metrics = new();
    private readonly LakeFsClient _client;
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly List<string> _answers = [];

    public LakeFsHookTests()
    {
        _client = new LakeFsClient(_server.Options, TimeProvider.System, static () => 0);
        _app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = _rig.DataDirectory, Mode = "test", MinFreeDiskBytes = 1 },
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Store = _rig.Platform.Store,
                Metrics = _metrics,
                Time = TimeProvider.System,
                LakeFs = new LakeFsHook(_server.Options with { HookToken = Token }, _rig.Platform.Store.Branches, TimeProvider.System),
            });
        _server.PreMerge = async hook => (int)await Post(hook.ToJsonString(), Token);
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
        await _rig.Load("eugp", CurveRig.Monday, []);
        await Sync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _metrics.Dispose();
        _client.Dispose();
        _rig.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_branch_that_has_passed_is_merged_by_hand_and_one_that_was_dropped_is_not()
    {
        await Merge(Branch);
        Assert.Contains("\"allowed\":true", _answers[^1], StringComparison.Ordinal);
        Assert.Single(_server.Objects("main"));

        _rig.Merges.Drop(Branch, "a test");
        var refused = await Assert.ThrowsAsync<LakeFsException>(() => Merge(Branch));

        Assert.Equal(412, refused.Status);
        Assert.Contains("the store has dropped eod_20260309: a test", _answers[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_that_fails_its_gates_keeps_its_branch_from_main()
    {
        await _rig.Load("pw", CurveRig.Monday, ["broken-strip"]);
        var stale = await Assert.ThrowsAsync<LakeFsException>(() => Merge(Branch));
        Assert.Equal(412, stale.Status);
        Assert.Contains("wait for the next look", _answers[^1], StringComparison.Ordinal);

        await Sync();
        await Assert.ThrowsAsync<LakeFsException>(() => Merge(Branch));

        Assert.Contains("PW", _answers[^1], StringComparison.Ordinal);
        Assert.Empty(_server.Objects("main"));
    }

    [Fact]
    public async Task What_the_store_has_merged_goes_through_and_commits_of_others_do_not()
    {
        await _client.Upload(Branch, "raw/other.csv", static () => new MemoryStream([1]), default);
        await _client.Commit(Branch, "by hand", new Dictionary<string, string>(), default);
        await Assert.ThrowsAsync<LakeFsException>(() => Merge(Branch));
        Assert.Contains("found one of somebody else", _answers[^1], StringComparison.Ordinal);

        await _client.DeleteBranch(Branch, default);
        _rig.Merge(Branch);
        await Sync();

        Assert.Contains("the store has merged it as release/2026-03-09", _answers[^1], StringComparison.Ordinal);
        Assert.Equal(["release/2026-03-09"], _server.Tags);
    }

    [Fact]
    public async Task A_release_that_lakeFS_has_missed_goes_through_though_its_branch_is_open_again()
    {
        _rig.Merge(Branch);
        await _rig.Load("pw", CurveRig.Monday, ["broken-strip"]);

        await Sync();

        Assert.Contains("the store has merged it as release/2026-03-09", Assert.Single(_answers), StringComparison.Ordinal);
        Assert.Equal(["release/2026-03-09"], _server.Tags);
        Assert.Equal([Branch, "main"], _server.Branches);
        await Assert.ThrowsAsync<LakeFsException>(() => Merge(Branch));
        Assert.Single(_server.Objects("main"));
    }

    [Fact]
    public async Task Only_the_token_of_the_settings_is_answered_and_only_a_small_event_in_json()
    {
        var hook = Event();
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(hook, null));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(hook, Token + "x"));
        Assert.DoesNotContain(Token, _answers[^1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Post(hook, Token));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("{", Token));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Post(hook, Token, "text/plain"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post($"\"{new string('x', 70_000)}\"", Token));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await Post("{}", Token));
        _server.Fault = static _ => new FakeFault(503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Post(hook, Token));
    }

    [Fact]
    public void Without_a_token_nobody_is_known_and_a_short_one_is_refused()
    {
        var hook = new LakeFsHook(_server.Options, _rig.Platform.Store.Branches, TimeProvider.System);
        Assert.False(hook.Knows(""));
        Assert.False(hook.Knows(Token));
        var error = Assert.Throws<ArgumentException>(() => (_server.Options with { HookToken = "short" }).Check());
        Assert.Equal("LakeFs:HookToken: expected 16 to 512 characters, found 5", error.Message);
    }

    private string Event() => new JsonObject
    {
        ["event_type"] = "pre-merge",
        ["event_time"] = "2026-03-09T18:05:00Z",
        ["action_name"] = "aurum gate",
        ["hook_id"] = "aurum_gates",
        ["repository_id"] = "aurum",
        ["branch_id"] = "main",
        ["source_ref"] = _server.Head(Branch),
        ["commit_message"] = "",
        ["committer"] = "a person",
    }.ToJsonString();

    private Task Merge(string branch) =>
        _client.Merge(branch, "main", "by hand", new Dictionary<string, string>(), default);

    private async Task<HttpStatusCode> Post(string body, string? token, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        _answers.Add(await answer.Content.ReadAsStringAsync());
        return answer.StatusCode;
    }

    private Task<IReadOnlyList<string>> Sync() =>
        new LakeFsMirror(_client, _rig.Platform.Store.Branches, _rig.Platform.Store.Archive).Sync(_rig.Clock.Now, default);
}
