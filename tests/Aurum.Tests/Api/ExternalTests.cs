using System.Net;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class ExternalTests
{
    private const string Root = "/v1/admin/external/";

    private readonly ApiServer _server;

    public ExternalTests(ApiReading reading) => _server = reading.Server;

    [Fact]
    public async Task Health_tells_each_publisher_with_its_breakers_and_feeds()
    {
        var all = await _server.RowsAsync(Root + "health");
        var caiso = all.Single(p => (string?)p!["provider"] == "caiso")!;

        Assert.Equal("Closed", (string?)caiso["circuits"]![0]!["state"]);
        Assert.Equal(5, (int)caiso["circuits"]![0]!["opens_at"]!);
        var feed = caiso["feeds"]!.AsArray().Single(f => (string?)f!["feed"] == "caiso/day-ahead-lmp")!;
        Assert.NotNull(feed["last_outcome"]);
        Assert.NotEqual("not collected", (string?)feed["freshness"]);
        Assert.Equal("not collected", (string?)all.Single(p => (string?)p!["provider"] == "pjm")!["status"]);
        var one = (await _server.GetAsync(Root + "health/caiso")).Json["data"]!;
        Assert.Equal(caiso.ToJsonString(), one.ToJsonString());
    }

    [Fact]
    public async Task Rate_limits_tell_use_and_headroom()
    {
        var sites = await _server.RowsAsync(Root + "ratelimits?provider=caiso");
        Assert.Equal(["caiso-oasis", "caiso-outlook"], sites.Select(s => (string?)s!["site"]).Order(StringComparer.Ordinal));
        var site = sites.Single(s => (string?)s!["site"] == "caiso-oasis")!;
        var minute = site["limits"]!.AsArray().Single(l => (string?)l!["name"] == "requests_per_minute")!;
        Assert.Equal((12, 0, 12), ((int)minute["allowed"]!, (int)minute["used"]!, (int)minute["headroom"]!));
        Assert.Equal(0, (int)site["throttled"]!);
        Assert.Equal("named", (string?)site["nodes"]);
    }

    [Fact]
    public async Task Validation_tells_what_was_held_back_and_sla_what_is_broken()
    {
        var feeds = await _server.RowsAsync(Root + "validation/caiso");
        Assert.All(feeds, f => Assert.StartsWith("caiso/", (string?)f!["feed"], StringComparison.Ordinal));
        var held = feeds.SelectMany(f => f!["failed_expectations"]!.AsArray()).Sum(e => (int)e!["rows"]!);
        var quarantined = (await _server.RowsAsync("/v1/quarantine")).Count(
            r => ((string?)r!["feed"])!.StartsWith("caiso/", StringComparison.Ordinal));
        Assert.Equal(quarantined, held);

        var rules = await _server.RowsAsync(Root + "sla?provider=caiso");
        Assert.Equal(["accepted_share", "error_rate", "late_minutes", "missing_days"], Names(rules));
        var late = rules.Single(r => (string?)r!["rule"] == "late_minutes")!;
        Assert.Equal((double)late["actual"]! > 60 ? "violated" : "met", (string?)late["status"]);
        Assert.Equal((string?)late["status"] == "violated", late["violations"]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task Validation_tells_of_batches_and_warnings_that_an_earlier_process_stored()
    {
        var prices = (await _server.RowsAsync(Root + "validation/caiso")).Single(f => (string?)f!["feed"] == "caiso/day-ahead-lmp")!;
        var batch = Assert.Single(prices["batches"]!.AsArray())!;
        Assert.Equal(("PassWithQuarantine", 1), ((string?)batch["outcome"], (int)batch["rows_quarantined"]!));
        Assert.Equal("5000 is above 2000", (string?)Assert.Single(prices["last_checks"]!.AsArray())!["example"]);

        var region = (await _server.RowsAsync(Root + "validation/eia")).Single(f => (string?)f!["feed"] == "eia/region-data")!;
        var warning = Assert.Single(region["warnings"]!.AsArray())!;
        Assert.Equal(("eia/demand", 1), ((string?)warning["expectation"], (int)warning["findings"]!));
        Assert.Equal("far apart", (string?)warning["example"]);
    }

    [Fact]
    public async Task Warnings_are_listed_with_what_was_expected()
    {
        var warning = Assert.Single(await _server.RowsAsync("/v1/warnings?feed=eia/region-data"))!;

        Assert.Equal(("eia/demand", "CISO"), ((string?)warning["expectation"], (string?)warning["place"]));
        Assert.Equal(21_000, (double)warning["found"]!);
        Assert.Null(warning["least"]);
        Assert.Equal(20_000, (double)warning["most"]!);
        Assert.Empty(await _server.RowsAsync("/v1/balances"));
    }

    [Theory]
    [InlineData("health/caios", HttpStatusCode.NotFound)]
    [InlineData("validation/caios", HttpStatusCode.NotFound)]
    [InlineData("sla?provider=caios", HttpStatusCode.BadRequest)]
    [InlineData("ratelimits?provider=caios", HttpStatusCode.BadRequest)]
    public async Task An_unknown_publisher_is_a_problem_that_names_the_nearest(string path, HttpStatusCode status)
    {
        var answer = await _server.GetAsync(Root + path);

        Assert.Equal(status, answer.Status);
        Assert.Equal("provider", (string?)answer.Json["field"]);
        Assert.Contains("did you mean caiso?", (string?)answer.Json["expected"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonArray rules) => rules.Select(r => (string)r!["rule"]!).Order(StringComparer.Ordinal);
}
