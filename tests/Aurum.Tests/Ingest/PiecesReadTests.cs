using System.Net;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A day of which every hour is a file of its own.</summary>
public sealed class PiecesReadTests : HttpMessageHandler
{
    private static readonly OperatingDay Day = DeliveryRig.Day;

    private static readonly Feed<Aurum.Market.Power.LmpRow> Hourly =
        LineFeed.Make("test/real-time", IsoMarket.RealTime, LineFeed.Schedule, Locate);

    private readonly TestFolder _folder = new();
    private readonly VirtualTime _time = new(Day.Start + Duration.FromMinutes(150));
    private readonly AurumMetrics _metrics = new();
    private readonly AurumStore _store;
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, string> _pages = [];

    public PiecesReadTests() => _store = AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, [Hourly], new ProviderClock(_time));

    [Fact]
    public async Task A_running_day_asks_only_for_what_was_not_read()
    {
        var ingest = Ingest();
        Publish(0, 1);
        var first = await Run(ingest);
        await Until(4.5);
        Publish(3);
        var second = await Run(ingest);
        Publish(2);
        var third = await Run(ingest);
        var fourth = await Run(ingest);

        Assert.Equal((Outcome.Data, 4L, 2), (first.Outcome, first.Receipt.New, first.Files));
        Assert.Equal((Outcome.Data, 2L, 1), (second.Outcome, second.Receipt.New, second.Files));
        Assert.Equal((Outcome.Data, 2L, 1), (third.Outcome, third.Receipt.New, third.Files));
        Assert.Equal((Outcome.NotYetPublished, 0L, 0), (fourth.Outcome, fourth.Receipt.RowsIn, fourth.Files));
        Assert.Equal("the files that are there have all been read", fourth.Why);
        Assert.Equal(["/0", "/1", "/2", "/3", "/2"], _asked);
    }

    [Fact]
    public async Task A_day_that_is_over_is_judged_with_all_its_pieces_and_asks_only_for_those_it_lacks()
    {
        var ingest = Ingest();
        await Until(20.5);
        Publish([.. Enumerable.Range(0, 20)]);
        await Run(ingest);
        _asked.Clear();
        await Until(31);
        Publish(20, 21, 22, 23);

        var whole = await Run(ingest);

        Assert.Equal((Outcome.Data, true, 8L, 40L), (whole.Outcome, whole.IsComplete, whole.Receipt.New, whole.Receipt.Identical));
        Assert.Equal(["/20", "/21", "/22", "/23"], _asked);
        Assert.Equal(4, whole.Files);
    }

    [Fact]
    public async Task A_piece_that_was_never_put_out_is_a_hole_in_the_day()
    {
        var ingest = Ingest();
        await Until(31);
        Publish([.. Enumerable.Range(0, 24).Where(hour => hour != 7)]);

        var report = await Run(ingest);
        _asked.Clear();
        Publish(7);
        var mended = await Run(ingest);

        Assert.Equal((Outcome.Data, false), (report.Outcome, report.IsComplete));
        Assert.StartsWith("intervals are missing at 2 of 2 places, first: NODE_A", report.Why, StringComparison.Ordinal);
        Assert.Equal(["/7"], _asked);
        Assert.Equal((Outcome.Data, true, 2L), (mended.Outcome, mended.IsComplete, mended.Receipt.New));
    }

    [Fact]
    public async Task A_piece_with_fewer_rows_than_the_others_is_asked_for_again()
    {
        var ingest = Ingest();
        await Until(31);
        Publish([.. Enumerable.Range(0, 24)]);
        _pages["/7"] = "7,NODE_A,20\n";

        var report = await Run(ingest);
        _asked.Clear();
        Publish(7);
        var mended = await Run(ingest);

        Assert.False(report.IsComplete);
        Assert.Equal(["/7"], _asked);
        Assert.True(mended.IsComplete);
    }

    [Fact]
    public async Task After_a_stop_what_was_stored_is_not_asked_for_again()
    {
        Publish(0, 1);
        await Run(Ingest());
        _asked.Clear();
        await Until(31);
        Publish([.. Enumerable.Range(2, 22)]);

        var report = await Run(Ingest());

        Assert.Equal((true, 44L, 4L), (report.IsComplete, report.Receipt.New, report.Receipt.Identical));
        Assert.Equal(Enumerable.Range(2, 22).Select(hour => $"/{hour}"), _asked);
    }

    [Fact]
    public async Task A_day_without_a_single_piece_is_late()
    {
        await Until(31);
        var report = await Run(Ingest());
        Assert.Equal((Outcome.NotYetPublished, false), (report.Outcome, report.IsComplete));
    }

    [Fact]
    public async Task A_piece_that_cannot_be_read_is_asked_for_again()
    {
        var ingest = Ingest();
        Publish(0);
        _pages["/1"] = "what is this";
        var broken = await Run(ingest);
        Publish(1);
        var mended = await Run(ingest);

        Assert.Equal((Outcome.Malformed, 2L), (broken.Outcome, broken.Receipt.New));
        Assert.Equal((Outcome.Data, 2L), (mended.Outcome, mended.Receipt.New));
        Assert.Equal(["/0", "/1", "/1"], _asked);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        _asked.Add(path);
        return Task.FromResult(_pages.TryGetValue(path, out var page)
            ? FetchRig.Answer(HttpStatusCode.OK, page)
            : FetchRig.Answer(HttpStatusCode.NotFound));
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A file for each hour that has ended.</summary>
    private static FeedRequest[] Locate(OperatingDay day, Instant now) =>
    [
        .. Enumerable.Range(0, day.Hours).Where(hour => day.Start + Duration.FromHours(hour + 1) <= now)
            .Select(hour => new FeedRequest("site", $"/{hour}", $"{hour}.csv") { IsPiece = true }),
    ];

    private void Publish(params int[] hours)
    {
        foreach (var hour in hours)
        {
            _pages[$"/{hour}"] = $"{hour},NODE_A,20\n{hour},NODE_B,20\n";
        }
    }

    private async Task Until(double hoursOfDay) =>
        await Task.Delay((Day.Start + Duration.FromHours(hoursOfDay) - _time.Now).ToTimeSpan(), _time);

    private static Task<DayReport> Run(DayIngest ingest) => ingest.Run(Hourly, Day, isLive: true, CancellationToken.None);

    private DayIngest Ingest()
    {
        var site = new Site("site", new Uri("https://site.test"), new SiteLimits(RequestsPerMinute: 60_000, Burst: 1_000));
        var sites = new SiteDirectory([site], new Dictionary<string, SiteOptions>(), _time);
        var clock = new ProviderClock(_time);
        var fetcher = new Fetcher(
            new HttpMessageInvoker(this, disposeHandler: false), sites, Secrets.OfSandbox, _store.Archive, _time, _metrics,
            TimeSpan.FromSeconds(300), new Random(1));
        return new DayIngest(
            _store, fetcher, sites, new GateRoom(_store), new DriftWatch(_store, _store.Archive), new DayWatch(_store), _metrics, clock,
            new DeliveryClock(clock, Instant.MinValue));
    }
}
