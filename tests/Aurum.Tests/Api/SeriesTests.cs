using System.Net;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>The catalog of series and series with filled holes, over HTTP.</summary>
public sealed class SeriesTests : IAsyncLifetime
{
    private const string Wti = "/v1/series/filled?provider=fred&series_id=series/DCOILWTICO";

    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        var known = Instant.FromUtc(2025, 11, 5, 0, 0);
        ApiWorld.Deliver(
            _server.Store, ApiWorld.FeedOf<SeriesListing>("fred/series-catalog"), new LocalDate(2025, 11, 4), known,
            Entry("series/DCOILWTICO", "Crude Oil Prices: West Texas Intermediate (WTI)", "series", "Dollars per Barrel"),
            Entry("series/DHHNGSP", "Henry Hub Natural Gas Spot Price", "series", "Dollars per Million BTU"),
            Entry("release/206", "Spot Prices", "release", ""));
        ApiWorld.Deliver(
            _server.Store, ApiWorld.FeedOf<SeriesListing>("eia/route-catalog"), new LocalDate(2025, 11, 4), known,
            Entry("petroleum/RWTC", "Cushing, OK WTI Spot Price FOB", "series", "Dollars per Barrel"));
        ApiWorld.Deliver(
            _server.Store, ApiWorld.FeedOf<SeriesPoint>("fred/observations"), new LocalDate(2025, 11, 4), known,
            Oil("series/DCOILWTICO", 3, "Dollars per Barrel"), Oil("series/DCOILWTICO", 5, "Dollars per Barrel"));
        ApiWorld.Deliver(
            _server.Store, ApiWorld.FeedOf<SeriesPoint>("eia/petroleum"), new LocalDate(2025, 11, 4), known,
            Oil("petroleum/RWTC", 4, "$/BBL"), Oil("petroleum/RWTC", 5, "$/BBL"));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("", "petroleum/RWTC release/206 series/DCOILWTICO series/DHHNGSP")]
    [InlineData("?provider=fred&category=series", "series/DCOILWTICO series/DHHNGSP")]
    [InlineData("?unit=USD/bbl", "petroleum/RWTC series/DCOILWTICO")]
    [InlineData("?q=spot+PRICE", "petroleum/RWTC release/206 series/DHHNGSP")]
    [InlineData("?q=wti&provider=eia", "petroleum/RWTC")]
    [InlineData("?order=desc&limit=1", "series/DHHNGSP")]
    [InlineData("?as_of=2025-11-03", "")]
    public async Task Entries_are_found_by_provider_kind_unit_and_words(string query, string ids)
    {
        var rows = await _server.RowsAsync("/v1/series/catalog" + query);

        Assert.Equal(ids, string.Join(' ', rows.Select(r => (string)r!["series_id"]!)));
    }

    [Fact]
    public async Task An_entry_says_what_is_known_of_it_and_null_for_the_rest()
    {
        var row = Assert.Single(await _server.RowsAsync("/v1/series/catalog?series_id=petroleum/RWTC"))!;

        Assert.Equal(
            ("eia", "Dollars per Barrel", "USD/bbl", 1.0, 1),
            ((string)row["provider"]!, (string)row["unit"]!, (string)row["unit_code"]!, (double)row["unit_factor"]!,
                (int)row["revision"]!));
        Assert.Null(row["description"]);
        Assert.Null(row["updated_at"]);
    }

    [Fact]
    public async Task The_catalog_is_read_in_pages_and_as_csv()
    {
        var all = await _server.WalkAsync("/v1/series/catalog?limit=1");
        var csv = await _server.GetAsync("/v1/series/catalog?format=csv&q=henry");

        Assert.Equal(4, all.Count);
        Assert.StartsWith("provider,series_id,category,title,dataset_code,", csv.Text, StringComparison.Ordinal);
        Assert.Contains("\nfred,series/DHHNGSP,series,Henry Hub Natural Gas Spot Price,", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Substitutes_come_only_where_they_are_asked_for_and_say_so()
    {
        var plain = await _server.RowsAsync("/v1/series?provider=fred&series_id=series/DCOILWTICO");
        var filled = await _server.RowsAsync(Wti);

        Assert.Equal(2, plain.Count);
        Assert.All(plain, r => Assert.Equal("fred", (string)r!["provider"]!));
        Assert.Equal([("fred", null), ("eia", "fred/series/DCOILWTICO"), ("fred", null)],
            filled.Select(r => ((string)r!["provider"]!, (string?)r["substituted_for"])));
        Assert.Equal((74.0, 1.0, "Dollars per Barrel"),
            ((double)filled[1]!["value"]!, (double)filled[1]!["substitute_factor"]!, (string)filled[1]!["unit"]!));
    }

    [Fact]
    public async Task Filled_rows_come_in_pages_and_as_csv()
    {
        var csv = (await _server.GetAsync(Wti + "&format=csv")).Text;

        Assert.Equal(
            (await _server.RowsAsync(Wti)).Select(r => r!.ToJsonString()),
            (await _server.WalkAsync(Wti + "&limit=1")).Select(r => r.ToJsonString()));
        Assert.Contains("substituted_for,substitute_factor,substitute_note", csv.Split('\n')[0], StringComparison.Ordinal);
        Assert.Single(await _server.RowsAsync(Wti + "&start=2025-11-04&end=2025-11-05"));
    }

    [Theory]
    [InlineData("/v1/series/filled?provider=fred", "series_id: expected a value: one series is filled at a time, found none")]
    [InlineData(Wti + "&start=2025-11-05&end=2025-11-04", "end: expected a time after start")]
    [InlineData("/v1/series/catalog?start=2025-11-05", "start: expected one of the parameters q, provider")]
    [InlineData("/v1/series?fallback=true", "fallback: expected one of the parameters")]
    public async Task A_question_that_does_not_fit_is_refused_by_name(string path, string detail)
    {
        var answer = await _server.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(detail, (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    private static SeriesListing Entry(string id, string title, string category, string unit) =>
        new SeriesListing(new Symbol(id), new Symbol(title), new Symbol(category)).WithUnit(unit);

    private static SeriesPoint Oil(string id, int day, string unit) => new(
        new SeriesKey(id, unit), CalendarPeriods.Of(new LocalDate(2025, 11, day), SeriesFrequency.Daily), 70 + day);
}
