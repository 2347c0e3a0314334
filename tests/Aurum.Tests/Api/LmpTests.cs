using System.Net;
using System.Text.Json.Nodes;
using NodaTime;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class LmpTests
{
    private readonly ApiServer _server;

    public LmpTests(ApiReading reading) => _server = reading.Server;

    private const string Day = "/v1/iso/lmp?iso=CAISO&start=2025-11-02&end=2025-11-03&tz=America/Los_Angeles";

    [Fact]
    public async Task A_row_has_the_canonical_fields_in_their_order()
    {
        var row =
            (await _server.RowsAsync("/v1/iso/lmp?location=TH_SP15_GEN-APND&start=2025-11-02T07:00:00Z&limit=1"))[0]!.AsObject();

        Assert.Equal(
            "feed iso_code iso_market iso_product iso_timezone iso_interval_minutes location_id location_type location_name "
            + "interval_start_utc interval_end_utc lmp energy congestion loss ghg unit known_at revision",
            string.Join(' ', row.Select(p => p.Key)));
        Assert.StartsWith(
            """
            {"feed":"caiso/day-ahead-lmp","iso_code":"CAISO","iso_market":"DAY_AHEAD","iso_product":"LMP",
            "iso_timezone":"America/Los_Angeles","iso_interval_minutes":60,"location_id":"TH_SP15_GEN-APND","location_type":"HUB",
            """.ReplaceLineEndings(""), row.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("2025-11-02T07:00:00Z", (string)row["interval_start_utc"]!);
        Assert.Equal("2025-11-02T08:00:00Z", (string)row["interval_end_utc"]!);
        Assert.Equal(30, (double)row["lmp"]!);
        Assert.Null(row["ghg"]);
        Assert.Equal("USD/MWh", (string)row["unit"]!);
        Assert.Equal("2025-11-01T20:00:00Z", (string)row["known_at"]!);
    }

    [Fact]
    public async Task The_25_hour_day_has_25_hours_and_its_repeated_hour_twice()
    {
        var rows = await _server.RowsAsync(Day + "&location=TH_SP15_GEN-APND");

        Assert.Equal(25, rows.Count);
        var starts = rows.Select(r => (string)r!["interval_start_local"]!).ToList();
        Assert.Equal("2025-11-02T00:00:00-07:00", starts[0]);
        Assert.Equal("2025-11-02T01:00:00-07:00", starts[1]);
        Assert.Equal("2025-11-02T01:00:00-08:00", starts[2]);
        Assert.Equal("2025-11-02T23:00:00-08:00", starts[24]);
        Assert.Equal("2025-11-03T00:00:00-08:00", (string)rows[24]!["interval_end_local"]!);
    }

    [Fact]
    public async Task The_market_clock_makes_a_date_the_operating_day_of_one_market()
    {
        var rows =
            await _server.RowsAsync("/v1/iso/lmp?iso=CAISO&location=TH_SP15_GEN-APND&start=2025-11-02&end=2025-11-03&tz=market");

        Assert.Equal(25, rows.Count);
        Assert.Equal("2025-11-02T00:00:00-07:00", (string)rows[0]!["interval_start_local"]!);
    }

    [Fact]
    public async Task Each_market_shows_its_own_clock()
    {
        var rows = await _server.RowsAsync("/v1/iso/lmp?start=2025-11-02T07:00:00Z&end=2025-11-02T07:05:00Z&tz=market");

        Assert.Equal(
            ["2025-11-02T00:00:00-07:00", "2025-11-02T00:00:00-07:00", "2025-11-02T02:00:00-05:00"],
            rows.Select(r => (string)r!["interval_start_local"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_correction_is_read_and_the_old_price_with_as_of()
    {
        var hour =
            $"/v1/iso/lmp?location=TH_SP15_GEN-APND&start={ApiWorld.CorrectedHour}&end={ApiWorld.CorrectedHour + Duration.FromMinutes(1)}";

        Assert.Equal(ApiWorld.CorrectedPrice, (double)Assert.Single(await _server.RowsAsync(hour))!["lmp"]!);
        Assert.Equal(40, (double)Assert.Single(await _server.RowsAsync(hour + "&as_of=2025-11-03T23:59:59Z"))!["lmp"]!);
        Assert.Equal(40, (double)Assert.Single(await _server.RowsAsync(hour + "&as_of=2025-11-03"))!["lmp"]!);
        Assert.Equal(ApiWorld.CorrectedPrice,
            (double)Assert.Single(await _server.RowsAsync(hour + "&as_of=2025-11-04"))!["lmp"]!);
        Assert.Empty(await _server.RowsAsync(hour + "&as_of=2025-10-31"));
    }

    [Fact]
    public async Task Revisions_show_what_was_corrected_and_when_we_knew()
    {
        var rows = await _server.RowsAsync(
            $"/v1/iso/lmp/revisions?location=TH_SP15_GEN-APND&start={ApiWorld.CorrectedHour}"
            + $"&end={ApiWorld.CorrectedHour + Duration.FromMinutes(1)}");

        Assert.Equal([40, ApiWorld.CorrectedPrice], rows.Select(r => (double)r!["lmp"]!));
        Assert.Equal(["2025-11-01T20:00:00Z", "2025-11-04T00:00:00Z"], rows.Select(r => (string)r!["known_at"]!));
        Assert.True((long)rows[0]!["revision"]! < (long)rows[1]!["revision"]!);
    }

    [Theory]
    [InlineData("iso=NYISO", 300)]
    [InlineData("iso=caiso&market=day_ahead&location=TH_NP15_GEN-APND", 25)]
    [InlineData("location=TH_SP15_GEN-APND&location=TH_NP15_GEN-APND&start=2025-11-02T07:00:00Z", 50)]
    [InlineData("location_type=zone", 300)]
    [InlineData("feed=caiso/day-ahead-lmp&start=2025-11-02T07:00:00Z", 50)]
    [InlineData("market=HOUR_AHEAD", 0)]
    [InlineData("location=NOWHERE", 0)]
    public async Task Filters_narrow_the_rows(string filters, int expected) =>
        Assert.Equal(expected, (await _server.RowsAsync($"/v1/iso/lmp?{filters}&limit=5000")).Count);

    [Fact]
    public async Task Newest_first_is_the_reverse_order()
    {
        var up = await _server.WalkAsync(Day + "&location=TH_SP15_GEN-APND&limit=7");
        var down = await _server.WalkAsync(Day + "&location=TH_SP15_GEN-APND&limit=7&order=desc");

        Assert.Equal(up.Select(Start), down.Select(Start).Reverse());
    }

    [Fact]
    public async Task The_last_24_hours_end_with_as_of()
    {
        var rows = await _server.RowsAsync("/v1/iso/lmp/last-24h?iso=CAISO&location=TH_SP15_GEN-APND&as_of=2025-11-03T00:00:00Z");

        Assert.Equal("2025-11-02T07:00:00Z", Start(rows[0]!));
        Assert.Equal("2025-11-02T23:00:00Z", Start(rows[^1]!));
    }

    [Fact]
    public async Task Negative_prices_come_lowest_first()
    {
        var rows = await _server.RowsAsync("/v1/iso/lmp/negative");

        Assert.Equal([-6.25, -5.25], rows.Select(r => (double)r!["lmp"]!));
        Assert.All(rows, r => Assert.Equal("TH_NP15_GEN-APND", (string)r!["location_id"]!));
    }

    [Fact]
    public async Task Csv_has_the_columns_of_parse_and_the_values_of_json()
    {
        var json = await _server.RowsAsync(Day);
        var csv = await _server.GetAsync(Day + "&format=csv");

        Assert.Equal("text/csv; charset=utf-8", csv.ContentType);
        var lines = csv.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(
            "iso_code,iso_market,location_id,location_type,interval_start_utc,interval_end_utc,lmp,energy,congestion,loss,ghg,unit",
            lines[0]);
        var names = lines[0].Split(',');
        Assert.Equal(json.Select(r => string.Join(',', names.Select(n => r![n]?.ToString() ?? ""))), lines.Skip(1));
    }

    [Fact]
    public async Task Lines_of_json_are_the_rows_of_json()
    {
        var json = await _server.RowsAsync(Day);
        var lines = await _server.GetAsync(Day, ("Accept", "application/x-ndjson"));

        Assert.Equal("application/x-ndjson; charset=utf-8", lines.ContentType);
        Assert.Equal(json.Select(r => r!.ToJsonString()),
            lines.Text.TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!.ToJsonString()));
    }

    [Theory]
    [InlineData("text/csv", "text/csv; charset=utf-8")]
    [InlineData("text/html,*/*;q=0.8", "application/json; charset=utf-8")]
    [InlineData("application/json;q=0.1, text/csv", "text/csv; charset=utf-8")]
    public async Task The_accept_header_chooses_the_form(string accept, string expected) =>
        Assert.Equal(expected, (await _server.GetAsync(Day, ("Accept", accept))).ContentType);

    [Fact]
    public async Task Meta_says_how_many_rows_and_what_was_known()
    {
        var answer = await _server.GetAsync(Day + "&as_of=2025-11-03&limit=10", ("X-Request-Id", "my-own-id"));
        var meta = answer.Json["meta"]!;

        Assert.Equal(10, (int)meta["count"]!);
        Assert.True((bool)meta["has_more"]!);
        Assert.Equal("my-own-id", (string)meta["request_id"]!);
        Assert.Equal("my-own-id", answer.Headers["X-Request-Id"]);
        Assert.Equal("2025-11-03T23:59:59.999999Z", (string)meta["as_of"]!);
        Assert.Equal((string)meta["next_cursor"]!, answer.Headers["X-Next-Cursor"]);
        Assert.Contains("rel=\"next\"", answer.Headers["Link"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_header_leads_to_the_next_page()
    {
        var first = await _server.GetAsync(Day + "&limit=10&format=csv");
        var next = await _server.GetAsync(first.Headers["Link"].Split('<', '>')[1]);

        Assert.Equal(HttpStatusCode.OK, next.Status);
        Assert.Equal((await _server.GetAsync(Day + "&limit=20&format=csv")).Text,
            first.Text + next.Text[(next.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    private static string Start(JsonNode row) => (string)row["interval_start_utc"]!;
}
