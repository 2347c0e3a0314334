using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.Sources;
using Aurum.Tests.Curves;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>Forward curves over HTTP: loaded, merged, and read as of two dates and as known at several moments.</summary>
[Trait("Category", "Slow")]
public sealed class CurveTests : IAsyncLifetime, IDisposable
{
    private static readonly LocalDate Day = CurveRig.Monday;

    private readonly CurveRig _rig = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private Instant _afterFirst;

    public async Task InitializeAsync()
    {
        _app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = _rig.DataDirectory, Mode = "test", RequestBurst = 100_000, MinFreeDiskBytes = 1 },
            new ApiServices
            {
                Feeds = FeedCatalog.All, Store = _rig.Platform.Store, Metrics = _rig.Platform.Metrics, Time = _rig.Clock,
                Curves = _rig.Platform.Curves,
            });
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        await Load(Day.PlusDays(-3));
        await Load(Day);
        _afterFirst = _rig.Clock.Now;
        _rig.Pass();
        await Load(Day, "open-side");
        _rig.Pass();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>After <see cref="DisposeAsync"/>.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task Quotes_come_as_a_Parquet_file_with_the_rows_of_the_other_forms()
    {
        var path = $"/v1/curves?asof={Day:uuuu-MM-dd}";
        var rows = await Rows(path + "&limit=5000");
        using var answer = await _http.GetAsync(path + "&format=parquet");
        var type = answer.Content.Headers.ContentType!.MediaType;
        Assert.Equal((HttpStatusCode.OK, "application/vnd.apache.parquet"), (answer.StatusCode, type));
        Assert.Equal("false", answer.Headers.GetValues("X-Has-More").Single());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(("PAR1", "PAR1"), (Encoding.ASCII.GetString(bytes[..4]), Encoding.ASCII.GetString(bytes[^4..])));

        // The engine reads files of its own scratch folder alone.
        var file = Path.Combine(_rig.DataDirectory, "tmp", "answer.parquet");
        await File.WriteAllBytesAsync(file, bytes);
        using (var read = _rig.Platform.Store.Read.Sql($"select * from read_parquet('{file}')"))
        {
            Assert.Equal(rows[0]!.AsObject().Select(static c => c.Key), read.Columns.Select(static c => c.Name));
        }

        Assert.Equal($"{rows.Count}", _rig.Ask($"select count(*) from read_parquet('{file}')"));
        var sum = rows.Sum(static r => (double)r!["mid"]!);
        Assert.Equal(sum, double.Parse(_rig.Ask($"select sum(mid) from read_parquet('{file}')"), CultureInfo.InvariantCulture), 6);
        Assert.Equal([file], Directory.GetFiles(Path.Combine(_rig.DataDirectory, "tmp"), "*.parquet"));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.Add("Accept", "application/vnd.apache.parquet");
        again.Headers.Add("If-None-Match", answer.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await _http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Parquet_has_pages_where_a_limit_is_given_and_is_not_a_form_of_every_list()
    {
        using var page = await _http.GetAsync($"/v1/curves/strips?type=CALENDAR&asof={Day:uuuu-MM-dd}&limit=2&format=parquet");
        Assert.Equal("true", page.Headers.GetValues("X-Has-More").Single());
        Assert.NotEmpty(page.Headers.GetValues("X-Next-Cursor").Single());
        using var other = await _http.GetAsync("/v1/curves/branches?format=parquet");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("one of json, csv, ndjson", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_of_a_date_come_in_pages_with_where_they_are_from()
    {
        var path = $"/v1/curves?asof={Day:uuuu-MM-dd}&tenor_type=MONTHLY";
        var all = await Rows(path + "&limit=5000");
        Assert.NotEmpty(all);
        var first = all[0]!;
        Assert.Equal(
            ("2026-03-09", "pw", "MID", CurveRig.NameOf("pw", Day), 64),
            ((string)first["asof_date"]!, (string)first["vendor"]!, (string)first["price_type"]!, (string)first["source_file"]!,
                ((string)first["source_sha256"]!).Length));
        Assert.Matches(@"^[A-Z]+\d+$", (string)first["sheet_cell"]!);

        var walked = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await Json($"{path}&limit=100{(cursor is null ? "" : "&cursor=" + cursor)}");
            walked.AddRange(page["data"]!.AsArray()!);
            cursor = (string?)page["meta"]!["next_cursor"];
        }
        while (cursor is not null);
        Assert.Equal(all.Select(r => r!.ToJsonString()), walked.Select(r => r.ToJsonString()));

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await _http.GetAsync(path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Without_a_date_the_newest_quote_of_each_period_is_given_with_its_date()
    {
        var rows = await Rows("/v1/curves/latest?tenor_type=MONTHLY&limit=5000");
        Assert.Equal(rows.Count, rows.Select(r => $"{r!["curve_key"]} {r["units_raw"]} {r["tenor_label"]}").Distinct().Count());
        Assert.All(rows, r => Assert.Equal("2026-03-09", (string)r!["asof_date"]!));
        Assert.Equal(
            rows.Select(r => r!.ToJsonString()), (await Rows("/v1/curves?tenor_type=MONTHLY&limit=5000")).Select(r => r!.ToJsonString()));
    }

    [Fact]
    public async Task Strips_have_the_key_of_their_months()
    {
        var strips = await Rows($"/v1/curves/strips?type=CALENDAR&asof={Day:uuuu-MM-dd}&limit=5000");
        Assert.NotEmpty(strips);
        Assert.All(strips, s => Assert.Equal("CALENDAR", (string)s!["tenor_type"]!));
        var key = (string)strips[0]!["curve_key"]!;
        Assert.NotEmpty(await Rows($"/v1/curves?asof={Day:uuuu-MM-dd}&curve_key={key}&tenor_type=MONTHLY"));
        using var without = await _http.GetAsync("/v1/curves/strips");
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
    }

    [Fact]
    public async Task What_was_known_at_a_moment_is_shown_as_it_was()
    {
        var changed = (string)Assert.Single(await Rows("/v1/curves?limit=5000"), r => (int)r!["revision"]! == 2)!["curve_key"]!;
        var now = await Rows($"/v1/curves?asof={Day:uuuu-MM-dd}&curve_key={changed}&limit=5000");
        var then = await Rows($"/v1/curves?asof={Day:uuuu-MM-dd}&curve_key={changed}&limit=5000&as_of={_afterFirst}");
        Assert.Equal(now.Count, then.Count);
        Assert.Single(now, r => (int)r!["revision"]! == 2);
        Assert.All(then, r => Assert.Equal(1, (int)r!["revision"]!));
        var tagged = await Rows($"/v1/curves?tag=release/2026-03-09&curve_key={changed}&limit=5000");
        Assert.Equal(then.Select(r => r!.ToJsonString()), tagged.Select(r => r!.ToJsonString()));
        Assert.Empty(await Rows("/v1/curves?as_of=2026-03-08"));
    }

    [Fact]
    public async Task Two_dates_are_compared_quote_by_quote()
    {
        var rows = await Rows("/v1/curves/diff?asof_a=2026-03-06&asof_b=2026-03-09&limit=5000");
        var moved = rows.First(r => (string)r!["kind"]! == "market_move")!;
        var (a, b) = ((double)moved["mid_a"]!, (double)moved["mid_b"]!);
        Assert.Equal(b - a, (double)moved["diff_abs"]!);
        Assert.Equal((b - a) / a, (double)moved["diff_pct"]!);
        var corrected = await Rows("/v1/curves/diff?tag_a=release/2026-03-09&tag_b=release/2026-03-09.2&limit=5000");
        Assert.All(corrected, r => Assert.Contains((string)r!["kind"]!, new[] { "unchanged", "source_correction" }));
        using var half = await _http.GetAsync("/v1/curves/diff?asof_a=2026-03-06");
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
    }

    [Fact]
    public async Task Branches_loads_and_metadata_tell_what_there_is()
    {
        var branches = await Rows("/v1/curves/branches");
        Assert.Equal(
            ["release/2026-03-09.2", "release/2026-03-09", "release/2026-03-06"], branches.Select(b => (string)b!["tag"]!));
        var loads = await Rows("/v1/curves/loads?asof=2026-03-09");
        Assert.Equal((2, 1L), (loads.Count, (long)loads[0]!["changed"]!));
        Assert.Empty(await Rows("/v1/curves/errors?severity=ERROR"));
        var dimensions = await Rows("/v1/metadata/dimensions?asof=2026-03-09");
        Assert.Contains(dimensions, d => ((string)d!["dimension"]!, (string)d["value"]!) == ("vendor", "pw"));
        Assert.NotEmpty(await Rows("/v1/metadata/units"));
        Assert.Contains(await Rows("/v1/metadata/calendars"), c => (string)c!["name"]! == "pjm");
        Assert.StartsWith(
            "asof_date,source_file,sheet_name,", await _http.GetStringAsync("/v1/curves?format=csv&limit=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_and_an_export_go_through_the_server()
    {
        using var export = await _http.PostAsJsonAsync("/v1/curves/exports", new { asof = "2026-03-09" });
        Assert.Equal(HttpStatusCode.OK, export.StatusCode);
        var folder = Path.Combine(_rig.DataDirectory, "exports", "default", "asof=2026-03-09");
        Assert.Equal(
            ["curves_20260309.csv", "curves_20260309.parquet"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var back = await _http.PostAsJsonAsync("/v1/curves/rollback", new { tag = "release/2026-03-09", why = "test" });
        Assert.Equal("release/2026-03-09.3", (string)JsonNode.Parse(await back.Content.ReadAsStringAsync())!["data"]!["tag"]!);
        using var twice = await _http.PostAsJsonAsync("/v1/curves/rollback", new { tag = "release/2026-03-09", why = "test" });
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var noReason = await _http.PostAsJsonAsync("/v1/curves/branches/eod_20260309/drop", new { });
        Assert.Equal(HttpStatusCode.BadRequest, noReason.StatusCode);
    }

    private async Task Load(LocalDate asOf, params string[] faults)
    {
        using var content = new ByteArrayContent(CurveRig.Book("pw", asOf, faults));
        content.Headers.ContentType = new("application/octet-stream");
        using var load = await _http.PostAsync($"/v1/curves/loads?file={CurveRig.NameOf("pw", asOf)}", content);
        Assert.True(load.IsSuccessStatusCode, await load.Content.ReadAsStringAsync());
        _rig.Pass();
        using var merge = await _http.PostAsJsonAsync($"/v1/curves/branches/eod_{asOf:uuuuMMdd}/merge", new { });
        Assert.True(merge.IsSuccessStatusCode, await merge.Content.ReadAsStringAsync());
        _rig.Pass();
    }

    private async Task<JsonNode> Json(string path)
    {
        using var answer = await _http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonArray> Rows(string path) => (await Json(path))["data"]!.AsArray();
}
