using System.Net;
using System.Text.Json.Nodes;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Api.Ticks;

/// <summary>One server for all tests that only read; its ticks are known.</summary>
public abstract class TickReading : IAsyncLifetime
{
    internal TickServer Server { get; private set; } = null!;

    /// <summary>Starts it on the database of the tests.</summary>
    private protected abstract Task<TickServer> StartAsync();

    public async Task InitializeAsync()
    {
        Server = await StartAsync();

        await Server.SendAsync(Place("FAR", -2_000, 10));
        await Server.SendAsync(Quote("2026-04", 40, 1), Quote("2026-06", 44, 2), Quote("2026-07", 41, 3), Quote("2026-04", 42, 4));

        // Ten minutes of a price a second that counts up; the watermark closes all but the last of them.
        await Server.SendAsync(Enumerable.Range(0, 600).Select(i => Place("NP15", i, 20 + (i / 10.0))));
        await Server.SendAsync(
            Place("SP15", 599, 75.25).WithRaw("""{"price":75.25,"bid":75,"ask":75.5}"""),
            Place("SP15", 590, -4).WithRaw("""{"price":-4}"""),
            Place("EUR", 599, 9).With("payload.metadata.currency", "EUR").WithRaw("""{"price":9}"""));
        await Server.SendAsync(
            Place("ODD", 599, 1).With("payload.market", 7),
            Place("ODD", 599, 1).With("event_id", "é"),
            Place("AGED", -5_000, 10));
    }

    public virtual async Task DisposeAsync() => await Server.DisposeAsync();

    private static JsonObject Place(string name, int second, double price) => TickMessages
        .B($"{name}-{second}", TickMessages.Occurred + (second * 1_000_000L), price)
        .With("payload.symbol", name).With("payload.metadata.instrument_id", $"CAISO.{name}");

    private static JsonObject Quote(string month, double price, int second) => TickMessages
        .B($"q-{month}-{second}", TickMessages.Occurred + (second * 1_000_000L), price)
        .With("payload.metadata.instrument_id", "ICE.PJMW")
        .WithRaw($$"""{"price":{{price}},"contract_month":"{{month}}"}""");
}

public abstract class TickReadTests(TickReading reading)
{
    private readonly TickServer _server = reading.Server;

    [Fact]
    public async Task Ticks_are_given_by_time_with_what_is_known_of_them()
    {
        var rows = await _server.RowsAsync(
            "/v1/ticks?tenant=acme&instrument=CAISO.NP15&start=2026-03-02T15:05:10Z&end=2026-03-02T15:05:12Z");

        Assert.Equal(["2026-03-02T15:05:10Z", "2026-03-02T15:05:11Z"], rows.Select(r => (string)r!["event_time"]!));
        var tick = rows[0]!;
        Assert.Equal((21.0, 12.5, "USD", "MWh", "CAISO", "caiso-oasis"), (
            (double)tick["price"]!, (double)tick["volume"]!, (string)tick["currency"]!, (string)tick["unit"]!, (string)tick["market"]!,
            (string)tick["source"]!));
        Assert.Null(tick["bid"]);
        Assert.Matches("^[0-9]+\\.[0-9]+$", (string)tick["id"]!);
    }

    [Fact]
    public async Task Ticks_are_found_by_their_flags()
    {
        var rows = await _server.RowsAsync("/v1/ticks?tenant=acme&flag=price_negative");

        Assert.Equal(("CAISO.SP15", -4.0), ((string)Assert.Single(rows)!["instrument_id"]!, (double)rows[0]!["price"]!));
        Assert.Contains("price_negative", rows[0]!["flags"]!.AsArray().Select(f => (string)f!));
    }

    [Fact]
    public async Task A_walk_through_pages_gives_each_tick_once()
    {
        var all = await _server.RowsAsync("/v1/ticks?tenant=acme&limit=5000");
        var walked = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var answer = await _server.GetAsync($"/v1/ticks?tenant=acme&limit=97{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            walked.AddRange(answer.Json["data"]!.AsArray()!);
            cursor = (string?)answer.Json["meta"]!["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(all.Select(r => (string)r!["id"]!), walked.Select(r => (string)r["id"]!));
        Assert.Equal(609, all.Count);
    }

    [Fact]
    public async Task Bars_are_given_by_interval()
    {
        var rows = await _server.RowsAsync("/v1/bars?tenant=acme&instrument=CAISO.NP15&interval=1m&end=2026-03-02T15:07:00Z");

        Assert.Equal(["2026-03-02T15:05:00Z", "2026-03-02T15:06:00Z"], rows.Select(r => (string)r!["start_utc"]!));
        var bar = rows[1]!;
        Assert.Equal((26.0, 31.9, 26.0, 31.9, 750.0, 60, 0), (
            (double)bar["open"]!, (double)bar["high"]!, (double)bar["low"]!, (double)bar["close"]!, (double)bar["volume"]!,
            (int)bar["count"]!, (int)bar["revision"]!));
        Assert.Equal(("1m", "2026-03-02T15:07:00Z", false, "acme"), (
            (string)bar["interval"]!, (string)bar["end_utc"]!, (bool)bar["partial_start"]!, (string)bar["tenant_id"]!));
    }

    [Theory]
    [InlineData("csv", "text/csv; charset=utf-8")]
    [InlineData("ndjson", "application/x-ndjson; charset=utf-8")]
    public async Task Rows_come_in_the_form_that_is_asked_for(string format, string type)
    {
        var answer = await _server.GetAsync($"/v1/bars?tenant=acme&instrument=CAISO.NP15&interval=5m&format={format}");

        Assert.Equal(type, answer.ContentType);
        Assert.StartsWith(
            format == "csv" ? "id,tenant_id,instrument_id,interval,start_utc,end_utc,open,high,low,close,volume,vwap,twap,count,revision"
            : """{"id":""",
            answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified,
            (await _server.GetAsync($"/v1/bars?tenant=acme&instrument=CAISO.NP15&interval=5m&format={format}",
                ("If-None-Match", answer.Headers["ETag"]))).Status);
    }

    [Fact]
    public async Task Latest_prices_have_spread_and_basis()
    {
        var rows = await _server.RowsAsync(
            "/v1/latest?tenant=acme&hub=CAISO.NP15&instrument=CAISO.SP15&instrument=CAISO.EUR&instrument=CAISO.FAR");

        Assert.Equal(["CAISO.EUR", "CAISO.FAR", "CAISO.SP15"], rows.Select(r => (string)r!["instrument_id"]!));
        var place = rows[2]!;
        Assert.Equal((75.25, 0.5, -4.65), ((double)place["price"]!, (double)place["spread"]!, (double)place["basis"]!));
        Assert.Equal("2026-03-02T15:14:59Z", (string)place["event_time"]!);
        Assert.All(rows.Take(2), r => Assert.Null(r!["basis"]));
    }

    [Fact]
    public async Task Latest_prices_of_a_tenant_come_in_pages()
    {
        var all = await _server.RowsAsync("/v1/latest?tenant=acme");
        var first = await _server.GetAsync("/v1/latest?tenant=acme&limit=3");
        var second = await _server.RowsAsync($"/v1/latest?tenant=acme&limit=3&cursor={first.Json["meta"]!["next_cursor"]}");

        Assert.Equal(8, all.Count);
        Assert.Equal(
            all.Take(6).Select(r => (string)r!["instrument_id"]!),
            first.Json["data"]!.AsArray().Concat(second).Select(r => (string)r!["instrument_id"]!));
        Assert.Empty(await _server.RowsAsync("/v1/latest?tenant=nobody"));
    }

    [Fact]
    public async Task A_curve_has_its_last_quotes_and_spreads()
    {
        var rows = await _server.RowsAsync("/v1/curve-snapshots?tenant=acme&curve=ICE.PJMW");

        Assert.Equal([("2026-04", 42.0), ("2026-06", 44.0), ("2026-07", 41.0)],
            rows.Select(r => ((string)r!["contract_month"]!, (double)r["price"]!)));
        Assert.Equal([-2.0, 3.0, null], rows.Select(r => (double?)r!["spread"]));
    }

    [Theory]
    [InlineData("linear", 43.0)]
    [InlineData("monotone-cubic", 43.25)]
    public async Task Months_between_quotes_are_filled_where_that_is_asked_for(string way, double may)
    {
        var rows = await _server.RowsAsync($"/v1/curve-snapshots?tenant=acme&interpolate={way}&limit=2");

        Assert.Equal([("2026-04", true), ("2026-05", false)],
            rows.Select(r => ((string)r!["contract_month"]!, (bool)r["is_quoted"]!)));
        Assert.Equal(may, (double)rows[1]!["price"]!, 9);
    }

    [Fact]
    public async Task A_curve_is_shown_as_it_was_quoted_by_a_time()
    {
        var rows = await _server.RowsAsync("/v1/curve-snapshots?tenant=acme&quoted_by=2026-03-02T15:05:02Z");

        Assert.Equal([40.0, 44.0], rows.Select(r => (double)r!["price"]!));
    }

    [Fact]
    public async Task Dead_letters_have_reason_place_and_original_bytes()
    {
        var rows = await _server.RowsAsync("/v1/ticks/dead-letters?tenant=default&reason=WrongType");

        var letter = Assert.Single(rows)!;
        Assert.Equal(("payload.market", "VALIDATION_ERROR", "NORMALIZATION"),
            ((string)letter["field"]!, (string)letter["error_code"]!, (string)letter["stage"]!));
        Assert.Equal("ODD-599", (string)JsonNode.Parse((string)letter["text"]!)!["event_id"]!);
        Assert.Equal(((string)letter["text"]!).Length, (int)letter["length"]!);
        Assert.Equal((null, "default", true), ((string?)letter["base64"], (string)letter["tenant_id"]!, letter["redriven_at"] is null));
        Assert.Equal("TooLate",
            (string)Assert.Single(await _server.RowsAsync("/v1/ticks/dead-letters?reason=TooLate"))!["reason"]!);
    }

    [Fact]
    public async Task The_status_accounts_for_every_message()
    {
        var status = (await _server.GetAsync("/v1/ticks/status")).Json["data"]!;

        var (received, accepted, duplicate, late, dead) = TickServer.CountsOf(status);
        Assert.Equal(received, accepted + duplicate + late + dead);
        Assert.Equal((611, 2), (received, dead));
        Assert.Equal("Running", (string)status["state"]!);
        Assert.Equal("2026-03-02T15:14:59Z", (string)status["newest_event"]!);
    }

    [Theory]
    [InlineData("/v1/ticks?start=2026-03-03&end=2026-03-02", "end", "a time after start (2026-03-03T00:00:00Z)", "'2026-03-02'")]
    [InlineData("/v1/ticks?limit=5001", "limit", "a whole number from 1 to 5000", "'5001'")]
    [InlineData("/v1/ticks?instruments=x", "instruments", null, "the unknown parameter 'instruments'")]
    [InlineData("/v1/ticks?flag=odd", "flag", null, "'odd'")]
    [InlineData("/v1/bars?interval=2m", "interval", "one of 1m, 5m, 15m, 1h, 1d", "'2m'")]
    [InlineData("/v1/bars?revisions=some", "revisions", "one of latest, all", "'some'")]
    [InlineData("/v1/latest?hub=NOPE", "hub", "an instrument of tenant default that has a price", "'NOPE'")]
    [InlineData("/v1/latest?apart=-1", "apart", "a whole number from 0 to 86400", "'-1'")]
    [InlineData("/v1/curve-snapshots?interpolate=spline", "interpolate", "one of linear, monotone-cubic", "'spline'")]
    [InlineData("/v1/ticks/dead-letters?reason=Bad", "reason", null, "'Bad'")]
    [InlineData("/v1/ticks/status?x=1", "x", "no query parameters here", "the unknown parameter 'x'")]
    [InlineData("/v1/ticks/stream?kind=trade", "kind", "tick, bar, price or curve", "'trade'")]
    [InlineData("/v1/ticks/stream?after=12", "after", "the id of an event, like 1274.3, or 0.0", "'12'")]
    [InlineData("/v1/ticks/stream?interval=2m", "interval", "one of 1m, 5m, 15m, 1h, 1d", "'2m'")]
    public async Task A_bad_parameter_is_named(string path, string field, string? expected, string found)
    {
        var answer = await _server.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal((field, found), ((string)answer.Json["field"]!, (string)answer.Json["found"]!));
        Assert.True(expected is null || expected == (string)answer.Json["expected"]!, answer.Text);
    }
}
