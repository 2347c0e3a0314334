using System.Net;
using System.Text.Json.Nodes;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sandbox.Hosting;

public sealed class SandboxServerTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 18, 0);
    private static readonly World World = new(31);

    [Fact]
    public async Task Sockets_bring_the_same_bytes_as_the_handler_in_the_process()
    {
        var network = new SandboxNetwork(World);
        await using var server = await StartAsync(network, TimeProvider.System);
        using var wire = new HttpClient();
        using var inside = new HttpClient(new SandboxHandler(network, () => Now, TimeProvider.System));
        foreach (var id in (string[])["caiso/day-ahead-lmp", "nyiso/real-time-lmp-zone", "ercot/fuel-mix"])
        {
            var feed = FeedCatalog.Find(new FeedId(id));
            var request = feed.Locate(feed.Day(new LocalDate(2026, 3, 20)), Now)[0];
            var site = FeedCatalog.Site(request.Site);
            var one = await wire.GetByteArrayAsync(Join(server.BaseAddress(site), request));
            var other = await inside.GetByteArrayAsync(Join(SandboxNetwork.BaseAddress(site), request));
            Assert.Equal(other, one);
        }
    }

    [Fact]
    public async Task A_cut_connection_is_cut_and_a_slow_drip_arrives()
    {
        var network = new SandboxNetwork(World, FaultPlan.FromScript("nyiso: request 1 -> cut-connection\nnyiso: request 2 -> slow-drip"));
        var time = new ImpatientTime(Now);
        await using var server = await StartAsync(network, time);
        using var http = new HttpClient();
        var address = new Uri(server.Addresses["nyiso"], "/public/csv/damlbmp/20260320damlbmp_zone.csv");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetByteArrayAsync(address));
        var dripped = await http.GetByteArrayAsync(address);
        Assert.True(time.Waited > Duration.FromSeconds(4));
        Assert.Equal(await http.GetByteArrayAsync(address), dripped);
        Assert.Equal([FaultKind.CutConnection, FaultKind.SlowDrip], network.Log.Records.Select(r => r.Kind));
    }

    [Fact]
    public async Task Health_catalog_and_data_tell_what_the_sandbox_holds()
    {
        var network = new SandboxNetwork(World, FaultPlan.Even(1, 1.0, FaultKind.ServerError));
        await using var server = await StartAsync(network, TimeProvider.System);
        using var http = new HttpClient();
        foreach (var (publisher, address) in server.Addresses)
        {
            Assert.Equal(publisher, (string)(await Json("/health"))["publisher"]!);
            var series = (await Json("/catalog"))["series"]!.AsArray();
            Assert.NotEmpty(series);
            var id = Uri.EscapeDataString((string)series[0]!["id"]!);
            var points = (await Json($"/data/{id}?start=2026-03-09T00:00:00Z&end=2026-03-20T00:00:00Z&limit=5"))["data"]!.AsArray();
            Assert.Equal(5, points.Count);
            Assert.Empty((await Json($"/data/{id}?start=2027-01-01&end=2027-01-02"))["data"]!.AsArray());
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(address, "/data/no-such"))).StatusCode);

            async Task<JsonNode> Json(string path) => JsonNode.Parse(await http.GetStringAsync(new Uri(address, path)))!;
        }
    }

    [Fact]
    public async Task The_points_of_a_series_are_the_prices_of_its_feed()
    {
        var network = new SandboxNetwork(World);
        using var http = new HttpClient(new SandboxHandler(network, () => Now, TimeProvider.System));
        var feed = FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"));
        var day = feed.Day(new LocalDate(2026, 3, 19));
        var text = await http.GetStringAsync(
            "http://caiso.sandbox/data/day-ahead-lmp.TH_SP15_GEN-APND"
            + $"?start={day.Start:uuuu-MM-dd'T'HH:mm:ss'Z'}&end={day.End:uuuu-MM-dd'T'HH:mm:ss'Z'}");
        Assert.Equal(
            network.Truth.Rows<LmpRow>(feed.Id, day, Now).Where(r => r.Location.Id == "TH_SP15_GEN-APND").Select(r => r.LmpUsdPerMwh),
            JsonNode.Parse(text)!["data"]!.AsArray().Select(p => (double)p!["value"]!));
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_and_leaves_nothing_running()
    {
        var network = new SandboxNetwork(World);
        await using var server = await StartAsync(network, TimeProvider.System);
        var taken = server.Addresses["eia"].Port;
        await Assert.ThrowsAsync<IOException>(() => SandboxServer.StartAsync(
            network, () => Now, TimeProvider.System, name => name == "eia" ? taken : 0, CancellationToken.None));
    }

    [Fact]
    public async Task An_unknown_host_is_not_found_inside_the_process()
    {
        using var http = new HttpClient(new SandboxHandler(new SandboxNetwork(World), () => Now, TimeProvider.System));
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("http://nobody.sandbox/"));
        Assert.Equal(HttpRequestError.NameResolutionError, e.HttpRequestError);
    }

    private static string Join(Uri address, FeedRequest request) => address.AbsoluteUri.TrimEnd('/') + request.PathAndQuery;

    private static Task<SandboxServer> StartAsync(SandboxNetwork network, TimeProvider time) =>
        SandboxServer.StartAsync(network, () => Now, time, _ => 0, CancellationToken.None);
}
