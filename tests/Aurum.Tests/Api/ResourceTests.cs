using System.Net;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class ResourceTests
{
    private readonly ApiServer _server;

    public ResourceTests(ApiReading reading) => _server = reading.Server;


    [Fact]
    public async Task Latest_prices_stand_beside_those_before()
    {
        var rows = await _server.RowsAsync("/v1/iso/lmp/latest?as_of=2025-11-02T20:03:00Z");

        var sp15 = rows.Single(r => (string)r!["location_id"]! == "TH_SP15_GEN-APND")!;
        Assert.Equal("2025-11-02T20:00:00Z", (string)sp15["interval_start_utc"]!);
        Assert.Equal((43.0, 42.0), ((double)sp15["lmp"]!, (double)sp15["previous_lmp"]!));
        Assert.Equal(("USD/MWh", 60), ((string)sp15["unit"]!, (int)sp15["iso_interval_minutes"]!));
        Assert.Null(sp15["ghg"]);
    }

    [Fact]
    public async Task Latest_prices_can_be_narrowed_to_a_place()
    {
        var row =
            Assert.Single(await _server.RowsAsync("/v1/iso/lmp/latest?iso=NYISO&location=N.Y.C.&as_of=2025-11-03T06:30:00Z"))!;

        Assert.Equal(("nyiso/real-time-lmp-zone", "New York City (J)"), ((string)row["feed"]!, (string)row["location_name"]!));
        Assert.Equal(("2025-11-03T04:55:00Z", 31.0, 30.0),
            ((string)row["interval_start_utc"]!, (double)row["lmp"]!, (double)row["previous_lmp"]!));
    }

    [Fact]
    public async Task Hours_sum_up_five_minute_prices()
    {
        var bars = await _server.RowsAsync("/v1/iso/lmp/hourly?iso=NYISO&start=2025-11-02&end=2025-11-03&tz=America/New_York");

        Assert.Equal(25, bars.Count);
        var bar = bars[1]!;
        Assert.Equal(("2025-11-02T05:00:00Z", "2025-11-02T06:00:00Z"),
            ((string)bar["interval_start_utc"]!, (string)bar["interval_end_utc"]!));
        Assert.Equal("2025-11-02T01:00:00-04:00", (string)bar["interval_start_local"]!);
        Assert.Equal("2025-11-02T01:00:00-05:00", (string)bars[2]!["interval_start_local"]!);
        Assert.Equal((25.5, 20.0, 31.0, 12),
            ((double)bar["lmp_avg"]!, (double)bar["lmp_min"]!, (double)bar["lmp_max"]!, (int)bar["sample_count"]!));
        Assert.Equal(Math.Sqrt(143.0 / 12), (double)bar["lmp_stddev"]!, 9);
    }

    [Fact]
    public async Task Days_are_operating_days_of_the_market()
    {
        var bars = await _server.RowsAsync("/v1/iso/lmp/daily?start=2025-11-02T00:00:00Z&end=2025-11-03T00:00:00Z");

        Assert.Equal(
            ["caiso/day-ahead-lmp TH_NP15_GEN-APND 2025-11-02 2025-11-02T07:00:00Z 25",
            "caiso/day-ahead-lmp TH_SP15_GEN-APND 2025-11-02 2025-11-02T07:00:00Z 25",
                "nyiso/real-time-lmp-zone N.Y.C. 2025-11-02 2025-11-02T04:00:00Z 300"],
            bars.Select(b =>
            $"{b!["feed"]} {b["location_id"]} {b["operating_day"]} {b["interval_start_utc"]} {b["sample_count"]}")
            .Order(StringComparer.Ordinal));
        Assert.Equal("2025-11-03T08:00:00Z", (string)bars.First(b => (string)b!["iso_code"]! == "CAISO")!["interval_end_utc"]!);
    }

    [Theory]
    [InlineData("/v1/iso/load?iso=CAISO&product=LOAD", 25, "mw", 20_000)]
    [InlineData("/v1/iso/generation?fuel=Wind", 1, "mw", 1200.5)]
    [InlineData("/v1/iso/generation?iso=NYISO", 2, "mw", 5000)]
    [InlineData("/v1/iso/ancillary?product=SR", 25, "price_mcp", 1.5)]
    [InlineData("/v1/series?series_id=rto/region-data/CISO/D", 2, "value", 21_000)]
    public async Task Every_table_has_its_resource(string path, int count, string field, double first)
    {
        var rows = await _server.RowsAsync(path);

        Assert.Equal(count, rows.Count);
        Assert.Equal(first, (double)rows[0]![field]!);
    }

    [Theory]
    [InlineData("/v1/iso/load",
        "iso_code,iso_market,iso_product,location_id,location_type,interval_start_utc,interval_end_utc,issued_at_utc,mw,unit")]
    [InlineData("/v1/iso/generation",
        "iso_code,iso_market,iso_product,location_id,location_type,fuel_type,interval_start_utc,interval_end_utc,issued_at_utc,mw,unit")]
    [InlineData("/v1/iso/ancillary",
        "iso_code,iso_market,location_id,location_type,product,interval_start_utc,interval_end_utc,price_mcp,unit")]
    [InlineData("/v1/series", "provider,series_id,interval_start_utc,interval_end_utc,issued_at_utc,value,unit,flags")]
    [InlineData("/v1/locations",
        "iso_code,location_id,location_type,name,publisher_id,zone,hub,timezone,effective_from,effective_to,mapped,delivered,first_seen,"
        + "last_seen")]
    [InlineData("/v1/gaps", "feed,day,outcome,why,attempts,last_tried_utc,rows,complete")]
    public async Task Every_resource_can_be_read_as_csv(string path, string header)
    {
        var csv = await _server.GetAsync(path + "?format=csv&limit=1");

        Assert.Equal(header, csv.Text.Split('\n')[0]);
        Assert.Equal(3, csv.Text.Split('\n').Length);
    }

    [Fact]
    public async Task The_unit_of_a_series_has_one_name_for_all_publishers()
    {
        var row = (await _server.RowsAsync("/v1/series"))[0]!;

        Assert.Equal(("megawatthours", "MWh", 1.0), ((string)row["unit"]!, (string)row["unit_code"]!, (double)row["unit_factor"]!));
    }

    [Fact]
    public async Task An_unknown_number_is_null_in_json_and_empty_in_csv()
    {
        Assert.Null((await _server.RowsAsync("/v1/series"))[1]!["value"]);
        Assert.EndsWith(",,,megawatthours,\n", (await _server.GetAsync("/v1/series?format=csv")).Text, StringComparison.Ordinal);
        Assert.Null((await _server.RowsAsync("/v1/iso/load"))[0]!["issued_at_utc"]);
    }

    [Fact]
    public async Task Feeds_tell_their_facts_and_how_they_stand()
    {
        var feeds = await _server.WalkAsync("/v1/feeds?limit=5000");
        var feed = feeds.Single(f => (string)f["id"]! == "caiso/day-ahead-lmp");

        Assert.Equal(Aurum.Sources.FeedCatalog.All.Count, feeds.Count);
        Assert.Equal(("CAISO", "DAY_AHEAD", "LMP", "America/Los_Angeles"),
            ((string)feed["iso_code"]!, (string)feed["iso_market"]!, (string)feed["iso_product"]!, (string)feed["zone"]!));
        Assert.Equal(["source", "shape", "units", "time", "revisions"], feed["facts"]!.AsObject().Select(f => f.Key));
        Assert.Equal(("2025-11-02", "Data", 2, 1),
            ((string)feed["watermark"]!, (string)feed["last_outcome"]!, (int)feed["complete_days"]!, (int)feed["gap_days"]!));
        Assert.Equal("2025-11-04T07:00:00Z", (string)feed["last_tried_utc"]!);
        Assert.Equal(29 * 60, (int)feed["freshness_minutes"]!);
        Assert.Null(feeds.Single(f => (string)f["id"]! == "ercot/day-ahead-spp")["watermark"]);
        Assert.Equal(feed.ToJsonString(), (await _server.GetAsync("/v1/feeds/caiso/day-ahead-lmp")).Json["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Open_gaps_are_named_and_the_whole_ledger_on_demand()
    {
        var gap = Assert.Single(await _server.RowsAsync("/v1/gaps"))!;

        Assert.Equal(
            """
            {"feed":"caiso/day-ahead-lmp","day":"2025-11-03","outcome":"Unavailable","why":"the site answered with status 503",
            "attempts":1,"last_tried_utc":"2025-11-04T06:00:00Z","rows":0,"complete":false}
            """.ReplaceLineEndings(""),
            gap.ToJsonString());
        Assert.Equal(["2025-11-01", "2025-11-02", "2025-11-03"],
            (await _server.RowsAsync("/v1/gaps?all=true&feed=caiso/day-ahead-lmp")).Select(g => (string)g!["day"]!));
        Assert.Empty(await _server.RowsAsync("/v1/gaps?to=2025-11-02"));
    }

    [Fact]
    public async Task Rows_held_back_say_why()
    {
        var row = Assert.Single(await _server.RowsAsync("/v1/quarantine?feed=caiso/day-ahead-lmp"))!;

        Assert.Equal(("2025-11-01", "lmp_within_cap", "expected at most 2000, found 5000", 7),
            ((string)row["day"]!, (string)row["expectation"]!, (string)row["reason"]!, (int)row["line"]!));
        Assert.Equal(5000, (double)row["row"]!["lmp"]!);
        Assert.Empty(await _server.RowsAsync("/v1/quarantine?as_of=2025-11-04T06:59:59Z"));
        Assert.Empty(await _server.RowsAsync("/v1/quarantine?feed=nyiso/load"));
    }

    [Fact]
    public async Task Files_say_what_became_of_their_rows()
    {
        var files = await _server.RowsAsync("/v1/files?feed=caiso/day-ahead-lmp");

        Assert.Equal([(1, 0, 1), (0, 1, 0), (50, 0, 0)],
            files.Select(f => ((int)f!["new_rows"]!, (int)f["changed_rows"]!, (int)f["quarantined_rows"]!)));
        Assert.Equal(64, ((string)files[0]!["sha256"]!).Length);
        Assert.Equal(["2025-11-02"],
            (await _server.RowsAsync("/v1/files?feed=caiso/day-ahead-lmp&as_of=2025-11-02")).Select(f => (string)f!["day"]!));
    }

    [Fact]
    public async Task Places_are_found_by_part_of_their_name()
    {
        var place = Assert.Single(await _server.RowsAsync("/v1/locations?iso=NYISO&q=n.y.c."))!;

        Assert.Equal(("NYISO", "N.Y.C.", "ZONE", "61761"),
            ((string)place["iso_code"]!, (string)place["location_id"]!, (string)place["location_type"]!,
            (string)place["publisher_id"]!));
        Assert.Equal(place.ToJsonString(),
            (await _server.GetAsync("/v1/locations/nyiso/N.Y.C.")).Json["data"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Places_that_no_delivery_has_had_are_listed_as_such()
    {
        var hubs = await _server.RowsAsync("/v1/locations?iso=PJM&location_type=HUB&q=western");
        var hub = hubs.Single(h => (string?)h!["location_id"] == "WESTERN HUB")!;
        Assert.Equal((false, null), ((bool)hub["delivered"]!, (string?)hub["first_seen"]));
        Assert.All(hubs, h => Assert.Equal(("America/New_York", true), ((string?)h!["timezone"], (bool)h["mapped"]!)));
        Assert.Empty(await _server.RowsAsync("/v1/locations?iso=PJM&delivered=true"));
        Assert.Empty(await _server.RowsAsync("/v1/locations?iso=PJM&mapped=false"));

        var york = await _server.RowsAsync("/v1/locations?iso=NYISO");
        Assert.Equal(york.Count, york.Select(p => $"{p!["location_id"]} {p["location_type"]}").Distinct().Count());
        Assert.True((bool)york.Single(p => (string?)p!["location_id"] == "N.Y.C.")!["delivered"]!);
        Assert.Contains(york, p => !(bool)p!["delivered"]!);
        Assert.False((bool)(await _server.GetAsync("/v1/locations/pjm/WESTERN%20HUB")).Json["data"]![0]!["delivered"]!);
    }

    [Fact]
    public async Task Status_counts_what_is_there()
    {
        var status = (await _server.GetAsync("/v1/status")).Json["data"]!;

        Assert.Equal(
            ["version", "started_at", "mode", "data_directory", "rows_total", "files_total", "quarantined_total", "now_utc", "lake"],
            status.AsObject().Select(p => p.Key));
        Assert.Equal(("test", 406, 8, 1, "2025-11-05T12:00:00Z"),
            ((string)status["mode"]!, (int)status["rows_total"]!, (int)status["files_total"]!, (int)status["quarantined_total"]!,
            (string)status["now_utc"]!));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/healthz")]
    [InlineData("/live")]
    [InlineData("/livez")]
    public async Task Health_answers_under_all_its_names(string path)
    {
        var answer = await _server.GetAsync(path, ("X-Request-Id", "probe-1"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("ok", "probe-1"), ((string)answer.Json["status"]!, (string)answer.Json["request_id"]!));
    }

    [Theory]
    [InlineData("/ready")]
    [InlineData("/readyz")]
    public async Task A_server_with_a_store_is_ready(string path)
    {
        var answer = await _server.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"store":"ok","disk":"ok","ledger":"disabled","ticks":"disabled"}""", answer.Json["checks"]!.ToJsonString());
    }

    [Fact]
    public async Task A_row_of_a_feed_with_several_lengths_has_its_own()
    {
        var day = ApiWorld.LoadForecast.Day(ApiWorld.Day);
        await using var server = await ApiServer.StartAsync(store => ApiWorld.Deliver(
            store, ApiWorld.LoadForecast, ApiWorld.Day, ApiWorld.FirstKnown,
            new LoadRow(ApiWorld.Caiso, DeliveryInterval.StartingAt(day.Start, 5), 20_000),
            new LoadRow(ApiWorld.Caiso, DeliveryInterval.StartingAt(day.Start, 15), 21_000)));

        var rows = await server.RowsAsync("/v1/iso/load?iso=CAISO&start=2025-11-02&end=2025-11-03");

        Assert.Equal([5, 15], rows.Select(r => (int)r!["iso_interval_minutes"]!).Order());
    }

    [Fact]
    public async Task A_server_that_collects_nothing_any_more_is_not_ready()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill,
            o => o with { MaxLedgerAgeHours = 26, MinFreeDiskBytes = long.MaxValue });

        var answer = await server.GetAsync("/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("unavailable", (string)answer.Json["status"]!);
        Assert.Equal("nothing was tried for 29.0 hours, 26 are allowed", (string)answer.Json["checks"]!["ledger"]!);
        Assert.Contains("MiB are free", (string)answer.Json["checks"]!["disk"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_request_has_the_headers_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/feeds");
        using var response = await _server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
