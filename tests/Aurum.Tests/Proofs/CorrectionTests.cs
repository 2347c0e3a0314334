using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sources;
using Aurum.Store.Reading;
using Aurum.Tests.Api;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>A publisher corrects prices after days; live collection finds them by itself, and both prices can be read.</summary>
public sealed class CorrectionTests : IAsyncLifetime, IDisposable
{
    private const int Days = 4;

    private static readonly Feed<LmpRow> Prices = (Feed<LmpRow>)FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"));
    private static readonly LocalDate FirstDay = new(2026, 6, 2);

    private readonly ProofWorld _world = new(Instant.FromUtc(2026, 6, 2, 0, 0), ProofWorld.NewSandbox(8));

    private Truth Truth => _world.Sandbox.Truth;

    public Task InitializeAsync() => _world.Live([Prices], lookbackDays: 1, until: Instant.FromUtc(2026, 6, 16, 0, 0));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_old_price_is_read_as_of_then_and_the_new_one_without()
    {
        var (day, correction) = OnlyCorrection();
        var key = Price(Truth.Rows<LmpRow>(Prices.Id, day, correction.At - Duration.FromMinutes(1)), correction.Place);
        var mended = Price(Truth.Rows<LmpRow>(Prices.Id, day, correction.At), correction.Place);
        Assert.NotEqual(key.LmpUsdPerMwh, mended.LmpUsdPerMwh);

        var revisions = Revisions(correction.Place, key.Delivery.Start);

        Assert.Equal([(1, key.LmpUsdPerMwh), (2, mended.LmpUsdPerMwh)], revisions.Select(r => (r.Revision, r.Lmp)));
        Assert.True(revisions[0].KnownAt < correction.At && revisions[1].KnownAt >= correction.At);
        Assert.Equal(key.LmpUsdPerMwh, Read(correction.Place, key.Delivery.Start, correction.At));
        Assert.Equal(key.LmpUsdPerMwh, Read(correction.Place, key.Delivery.Start, revisions[1].KnownAt - Duration.FromMilliseconds(1)));
        Assert.Equal(mended.LmpUsdPerMwh, Read(correction.Place, key.Delivery.Start, revisions[1].KnownAt));
        Assert.Equal(mended.LmpUsdPerMwh, Read(correction.Place, key.Delivery.Start, null));
    }

    [Fact]
    public void A_look_that_finds_nothing_new_writes_nothing()
    {
        var (day, _) = OnlyCorrection();

        var looks = _world.Platform.Store.Ledger.History(Prices.Id, day.Date);

        var changing = Truth.Revisions(Prices.Id, day).Select(r => r.At).Distinct().Count();
        Assert.InRange(looks.Count, changing + 2, 20);
        Assert.InRange(looks.Count(l => l.Changed > 0), 1, changing);
        Assert.Equal(
            StoreNumbers.Of(_world.Platform.Store, $"select count(*) from iso_lmp where revision > 1 and {InDay(day)}"),
            looks.Sum(l => l.Changed));
        Assert.All(looks.Where(l => l.Changed == 0).Skip(1), l => Assert.Equal((0, 0, true), (l.New, l.Changed, l.Identical > 0)));
        Assert.Equal(Outcome.Data, looks[^1].Outcome);
    }

    [Fact]
    public void Days_before_the_look_back_are_looked_at_until_their_corrections_are_over()
    {
        // The look-back is one day; CAISO mends for a week.
        Assert.All(AllDays(), day => Assert.InRange(
            _world.Platform.Store.Ledger.Find(Prices.Id, day.Date)!.LastTriedAt,
            day.Start + Duration.FromDays(6),
            day.Start + Duration.FromDays(8)));
        Assert.All(AllDays(), day => Assert.Equal(
            Price(Truth.Rows<LmpRow>(Prices.Id, day, _world.Time.Now), "TH_SP15_GEN-APND").LmpUsdPerMwh,
            Read("TH_SP15_GEN-APND", day.Start, null)));
    }

    [Fact]
    public async Task The_http_api_reads_both_prices_too()
    {
        var (day, correction) = OnlyCorrection();
        var before = Price(Truth.Rows<LmpRow>(Prices.Id, day, correction.At - Duration.FromMinutes(1)), correction.Place);
        var after = Price(Truth.Rows<LmpRow>(Prices.Id, day, correction.At), correction.Place);
        await using var app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = _world.Folder, Mode = "test" },
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Store = _world.Platform.Store,
                Metrics = _world.Platform.Metrics,
                Time = new ManualTime(_world.Time.Now),
            });
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var hour = $"/v1/iso/lmp?feed={Prices.Id}&location={correction.Place}&start={Text(before.Delivery.Start)}"
            + $"&end={Text(before.Delivery.Start + Duration.FromHours(1))}";

        var asOf = await LmpOf(http, $"{hour}&as_of={Text(correction.At)}");
        var now = await LmpOf(http, hour);

        Assert.Equal((before.LmpUsdPerMwh, after.LmpUsdPerMwh), (asOf, now));
        await app.StopAsync();
    }

    private static async Task<double> LmpOf(HttpClient http, string path)
    {
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!;
        return (double)Assert.Single(answer["data"]!.AsArray())!["lmp"]!;
    }

    private static string Text(Instant instant) => instant.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string InDay(OperatingDay day) =>
        $"interval_start_utc >= '{Text(day.Start)}' and interval_start_utc < '{Text(day.End)}'";

    private static LmpRow Price(IEnumerable<LmpRow> rows, string place) => rows.First(r => r.Location.Id == place);

    private static IEnumerable<OperatingDay> AllDays() => Enumerable.Range(0, Days).Select(n => Prices.Day(FirstDay.PlusDays(n)));

    /// <summary>A day with a place that is mended once.</summary>
    private (OperatingDay Day, TruthRevision Correction) OnlyCorrection() => AllDays()
        .SelectMany(day => Truth.Revisions(Prices.Id, day).GroupBy(r => r.Place).Where(g => g.Count() == 1).Select(g => (day, g.Single())))
        .First();

    private double Read(string place, Instant start, Instant? asOf)
    {
        using var rows = Rows(place, start, new RowQuery("iso_lmp") { AsOf = asOf });
        Assert.True(rows.NextChunk() && rows.Count == 1);
        return (double)rows.Value(Column(rows, "lmp"), 0)!;
    }

    private List<(int Revision, Instant KnownAt, double Lmp)> Revisions(string place, Instant start)
    {
        using var rows = Rows(place, start, new RowQuery("iso_lmp") { AllRevisions = true });
        Assert.True(rows.NextChunk());
        return
        [
            .. Enumerable.Range(0, rows.Count).Select(i => (
                Convert.ToInt32(rows.Value(Column(rows, "revision"), i), CultureInfo.InvariantCulture),
                (Instant)rows.Value(Column(rows, "known_at"), i)!,
                (double)rows.Value(Column(rows, "lmp"), i)!)),
        ];
    }

    private RowReader Rows(string place, Instant start, RowQuery query) => _world.Platform.Store.Read.Rows(query with
    {
        Filters = [new ColumnFilter("feed", Prices.Id.Text), new ColumnFilter("location_id", place)],
        Start = start,
        End = start + Duration.FromHours(1),
    });

    private static int Column(RowReader rows, string name) => rows.Columns.ToList().FindIndex(c => c.Name == name);
}
