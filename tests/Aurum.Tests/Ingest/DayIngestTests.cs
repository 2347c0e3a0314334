using System.Net;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>From requests to committed rows, over a publisher whose pages a test writes.</summary>
public sealed class DayIngestTests : HttpMessageHandler
{
    private readonly TestFolder _folder = new();
    private readonly VirtualTime _time = new(DeliveryRig.After);
    private readonly AurumMetrics _metrics = new();
    private readonly AurumStore _store;
    private readonly List<(Instant At, string Path)> _asked = [];
    private readonly Dictionary<string, string> _pages = [];

    public DayIngestTests() => _store = AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, LineFeed.All, new ProviderClock(_time));

    [Fact]
    public async Task Pages_are_followed_to_the_last_one()
    {
        _pages["/2025-06-10"] = LineFeed.Lines(DeliveryRig.Day, 20, null, "A") + "next /p2\n";
        _pages["/p2"] = LineFeed.Lines(DeliveryRig.Day, 20, null, "B") + "next /p3\n";
        _pages["/p3"] = LineFeed.Lines(DeliveryRig.Day, 20, null, "C");

        var report = await Ingest().Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);

        Assert.Equal((Outcome.Data, true, 72L, 3), (report.Outcome, report.IsComplete, report.Receipt.New, report.Files));
        Assert.Equal(["/2025-06-10", "/p2", "/p3"], _asked.Select(a => a.Path));
    }

    [Fact]
    public async Task A_page_that_is_missing_leaves_the_day_open_with_the_rows_of_the_others()
    {
        _pages["/2025-06-10"] = LineFeed.Lines(DeliveryRig.Day, 20, null, "A") + "next /p2\n";

        var report = await Ingest().Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);

        Assert.Equal((Outcome.NotYetPublished, false, 24L), (report.Outcome, report.IsComplete, report.Receipt.New));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_the_paging_and_is_malformed()
    {
        _pages["/2025-06-10"] = "broken page";

        var report = await Ingest().Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);

        Assert.Equal(Outcome.Malformed, report.Outcome);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Rows_that_were_read_are_charged_to_the_sites_hour()
    {
        _pages["/2025-06-10"] = LineFeed.Lines(DeliveryRig.Day, 20);
        _pages["/2025-06-09"] = LineFeed.Lines(DeliveryRig.Day.Previous, 20);
        var ingest = Ingest(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, RowsPerHour: 48));

        await ingest.Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);
        await ingest.Run(LineFeed.RealTime, DeliveryRig.Day.Previous, isLive: true, CancellationToken.None);

        Assert.InRange((_asked[1].At - _asked[0].At).TotalMinutes, 60, 61.1);
    }

    [Fact]
    public async Task A_past_day_without_requests_is_no_longer_to_be_had()
    {
        var feed = LineFeed.Make("test/real-time", IsoMarket.RealTime, LineFeed.Schedule, static (_, _) => []);

        var report = await Ingest().Run(feed, DeliveryRig.Day, isLive: true, CancellationToken.None);

        Assert.Equal((Outcome.Unavailable, false), (report.Outcome, report.IsComplete));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_make_a_later_revision_known_earlier()
    {
        var clock = new StoppedClock(DeliveryRig.After);
        var stamps = new DeliveryClock(clock, Instant.MinValue);
        var ingest = Ingest(stamps: stamps);
        _pages["/2025-06-10"] = LineFeed.Lines(DeliveryRig.Day, 20);
        await ingest.Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);
        clock.Now -= Duration.FromMinutes(10);
        _pages["/2025-06-10"] = LineFeed.Lines(DeliveryRig.Day, 21);

        var report = await ingest.Run(LineFeed.RealTime, DeliveryRig.Day, isLive: true, CancellationToken.None);

        Assert.Equal(48, report.Receipt.Changed);
        Assert.Equal(DeliveryRig.After, report.Receipt.KnownAt);
    }

    [Fact]
    public void Stamps_are_whole_microseconds_and_go_on_from_the_latest_one()
    {
        var clock = new StoppedClock(Instant.FromUnixTimeTicks(17_000_000_000_000_017));
        var stamps = new DeliveryClock(clock, Instant.MinValue);
        Assert.Equal(Instant.FromUnixTimeTicks(17_000_000_000_000_010), stamps.Next());

        var later = new DeliveryClock(clock, clock.Now + Duration.FromDays(1));
        Assert.Equal(clock.Now + Duration.FromDays(1), later.Next());
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        _asked.Add((_time.Now, path));
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

    private DayIngest Ingest(SiteLimits? limits = null, DeliveryClock? stamps = null)
    {
        var site = new Site("site", new Uri("https://site.test"), limits ?? new SiteLimits(RequestsPerMinute: 6000, Burst: 100));
        var sites = new SiteDirectory([site], new Dictionary<string, SiteOptions>(), _time);
        var clock = new ProviderClock(_time);
        var fetcher = new Fetcher(
            new HttpMessageInvoker(this, disposeHandler: false),
            sites,
            Secrets.OfSandbox,
            _store.Archive,
            _time,
            _metrics,
            TimeSpan.FromSeconds(300),
            new Random(1));
        return new DayIngest(
            _store, fetcher, sites, new GateRoom(_store), new DriftWatch(_store, _store.Archive), new DayWatch(_store), _metrics, clock,
            stamps ?? new DeliveryClock(clock, Instant.MinValue));
    }
}
