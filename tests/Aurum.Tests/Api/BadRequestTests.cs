using System.Net;
using Aurum.Sources;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class BadRequestTests
{
    private readonly ApiServer _server;

    public BadRequestTests(ApiReading reading) => _server = reading.Server;

    [Theory]
    [InlineData("/v1/iso/lmp?limit=0", "limit", "a whole number from 1 to 5000", "'0'")]
    [InlineData("/v1/iso/lmp?limit=5001", "limit", "a whole number from 1 to 5000", "'5001'")]
    [InlineData("/v1/iso/lmp?limit=ten", "limit", "a whole number from 1 to 5000", "'ten'")]
    [InlineData("/v1/iso/lmp?limit=", "limit", "a value (leave the parameter out for none)", "''")]
    [InlineData("/v1/iso/lmp?limit=1&limit=2", "limit", "one value", "2 values")]
    [InlineData("/v1/iso/lmp?iso=PJN", "iso", "one of {isos}", "'PJN'")]
    [InlineData("/v1/iso/lmp?market=SPOT", "market",
        "one of DAY_AHEAD, REAL_TIME, FIFTEEN_MINUTE, FIVE_MINUTE, HOUR_AHEAD, SETTLEMENT", "'SPOT'")]
    [InlineData("/v1/iso/lmp?location_type=HUBS", "location_type",
        "one of OTHER, NODE, ZONE, HUB, SYSTEM, AGGREGATE, INTERFACE, RESOURCE", "'HUBS'")]
    [InlineData("/v1/iso/lmp?feed=caiso/day-ahead-lmq", "feed", "a feed id of /v1/feeds; did you mean caiso/day-ahead-lmp?",
        "'caiso/day-ahead-lmq'")]
    [InlineData("/v1/iso/lmp?start=yesterday", "start",
        "an instant like 2025-11-02T07:00:00Z or 2025-11-02T00:00:00-07:00, or a date like 2025-11-02 (years 1900 to 2199)",
        "'yesterday'")]
    [InlineData("/v1/iso/lmp?start=2025-02-30", "start",
        "an instant like 2025-11-02T07:00:00Z or 2025-11-02T00:00:00-07:00, or a date like 2025-11-02 (years 1900 to 2199)",
        "'2025-02-30'")]
    [InlineData("/v1/iso/lmp?as_of=2025-11-02T07:00:00", "as_of",
        "an instant like 2025-11-02T07:00:00Z or 2025-11-02T00:00:00-07:00, or a date like 2025-11-02 (years 1900 to 2199)",
        "'2025-11-02T07:00:00'")]
    [InlineData("/v1/iso/lmp?start=2025-11-03&end=2025-11-02", "end", "a time after start (2025-11-03T00:00:00Z)",
        "'2025-11-02'")]
    [InlineData("/v1/iso/lmp?tz=America/New_Yorc", "tz",
        "market, UTC or an IANA name like America/New_York; did you mean America/New_York?", "'America/New_Yorc'")]
    [InlineData("/v1/iso/lmp?tz=market&start=2025-11-02", "start",
        "an instant, or a date together with iso= (with tz=market a date is a day of one market)", "a date")]
    [InlineData("/v1/iso/lmp?format=xml", "format", "one of json, csv, ndjson", "'xml'")]
    [InlineData("/v1/iso/lmp?order=up", "order", "one of asc, desc", "'up'")]
    [InlineData("/v1/iso/lmp?cursor=!!", "cursor", "next_cursor of an earlier answer, unchanged", "text that is not base64url")]
    [InlineData("/v1/iso/lmp?cursor=AAAA", "cursor", "next_cursor of an earlier answer, unchanged", "a cursor that was cut")]
    [InlineData("/v1/iso/load?product=LMP", "product", "one of LOAD, LOAD_FORECAST", "'LMP'")]
    [InlineData("/v1/gaps?from=2025-11-03&to=2025-11-02", "to", "a day not before from (2025-11-03)", "'2025-11-02'")]
    [InlineData("/v1/gaps?from=2025-11-03T00:00:00Z", "from", "a date like 2025-11-02", "'2025-11-03T00:00:00Z'")]
    [InlineData("/v1/gaps?all=yes", "all", "true or false", "'yes'")]
    [InlineData("/v1/iso/lmp/hourly?start=2024-01-01&end=2025-01-01", "end", "at most 93 days after start", "366 days")]
    [InlineData("/v1/events?after=x", "after", "the number of an event, or 0", "'x'")]
    public async Task A_bad_parameter_is_named_with_what_was_expected_and_found(string path, string field, string expected,
        string found)
    {
        var answer = await _server.GetAsync(path);
        var isos = FeedCatalog.All.Select(f => f.Contract?.IsoCode).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        expected = expected.Replace("{isos}", string.Join(", ", isos), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal((field, expected, found),
            ((string)answer.Json["field"]!, (string)answer.Json["expected"]!, (string)answer.Json["found"]!));
        Assert.Equal($"{field}: expected {expected}, found {found}", (string)answer.Json["detail"]!);
        Assert.Equal(answer.Headers["X-Request-Id"], (string)answer.Json["request_id"]!);
        Assert.Equal(400, (int)answer.Json["status"]!);
        Assert.Equal("urn:aurum:problem:bad-request", (string)answer.Json["type"]!);
    }

    [Theory]
    [InlineData("/v1/iso/lmp?locaton=x", "locaton", "did you mean location?")]
    [InlineData("/v1/iso/lmp?asof=2025-11-02", "asof", "did you mean as_of?")]
    [InlineData("/v1/feeds?isos=CAISO", "isos", "did you mean iso?")]
    [InlineData("/v1/feeds/caiso/day-ahead-lmp?x=1", "x", "no query parameters here")]
    [InlineData("/v1/status?x=1", "x", "no query parameters here")]
    public async Task An_unknown_parameter_is_refused_with_the_nearest_name(string path, string field, string hint)
    {
        var answer = await _server.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(field, (string)answer.Json["field"]!);
        Assert.Contains(hint, (string)answer.Json["expected"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/nothing", "no-such-path")]
    [InlineData("/v1/iso/lmp/nothing", "no-such-path")]
    [InlineData("/v1/feeds/caiso/nothing-like-it", "not-found")]
    [InlineData("/v1/locations/CAISO/NOWHERE", "not-found")]
    public async Task What_is_not_there_is_a_problem_document(string path, string code)
    {
        var answer = await _server.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal($"urn:aurum:problem:{code}", (string)answer.Json["type"]!);
        Assert.Equal(answer.Headers["X-Request-Id"], (string)answer.Json["request_id"]!);
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_a_problem_document()
    {
        var answer = await _server.PostAsync("/v1/iso/lmp", "{}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("urn:aurum:problem:method-not-allowed", (string)answer.Json["type"]!);
    }

    [Fact]
    public async Task A_form_that_an_answer_does_not_have_is_refused()
    {
        var answer = await _server.GetAsync("/v1/iso/lmp", ("Accept", "image/png"));

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.Status);
        Assert.Equal("accept", (string)answer.Json["field"]!);
    }

    [Fact]
    public async Task No_query_string_makes_the_server_fail()
    {
        var random = new Random(20251102);
        string[] paths =
        [
            "/v1/iso/lmp", "/v1/iso/lmp/latest", "/v1/iso/lmp/revisions", "/v1/iso/lmp/last-24h", "/v1/iso/lmp/hourly",
            "/v1/iso/lmp/daily",
            "/v1/iso/lmp/negative", "/v1/iso/load", "/v1/iso/generation", "/v1/iso/ancillary", "/v1/series", "/v1/locations",
            "/v1/locations/CAISO/x",
            "/v1/feeds", "/v1/feeds/caiso/day-ahead-lmp", "/v1/gaps", "/v1/quarantine", "/v1/drift", "/v1/warnings", "/v1/balances",
            "/v1/files", "/v1/status", "/health", "/ready", "/live",
        ];
        for (var i = 0; i < 1500; i++)
        {
            var path = paths[random.Next(paths.Length)] + "?" + Query(random);
            var answer = await _server.GetAsync(path);
            Assert.True((int)answer.Status < 500, $"{path}: {answer.Status} {answer.Text}");
            Assert.DoesNotContain("   at Aurum", answer.Text, StringComparison.Ordinal);
        }
    }

    private static string Query(Random random)
    {
        string[] names =
        [
            "iso", "market", "location", "location_type", "feed", "start", "end", "as_of", "tz", "order", "limit", "cursor",
            "format", "product",
            "fuel", "series_id", "provider", "q", "on", "mapped", "from", "to", "all", "publisher", "", "%00", "a%26b",
        ];
        string[] values =
        [
            "CAISO", "nyiso", "DAY_AHEAD", "HUB", "TH_SP15_GEN-APND", "caiso/day-ahead-lmp", "2025-11-02", "2025-11-02T07:00:00Z",
            "2025-13-01",
            "9999-12-31", "0001-01-01", "2025-11-02T25:00:00Z", "-1", "1", "5000", "99999999999999999999", "1e9", "true", "json",
            "csv", "market",
            "UTC", "Asia/Kathmandu", "'", "''; DROP TABLE iso_lmp", "%00", "%ff%fe", "%F0%9F%92%A1", "NaN", "", "a",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "%0d%0aX-Injected:1", "../../etc/passwd", "1 OR 1=1", "asc", "\u00e9", "2199-12-31", "1900-01-01",
            new string('x', 300),
        ];
        return string.Join('&',
            Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{names[random.Next(names.Length)]}={Value(random, values)}"));
    }

    private static string Value(Random random, string[] values) => random.Next(4) > 0
        ? values[random.Next(values.Length)]
        : string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => $"%{random.Next(256):X2}"));
}
