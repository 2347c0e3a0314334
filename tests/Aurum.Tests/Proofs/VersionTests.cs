using System.Globalization;
using System.Net;
using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Reading;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>PJM mends a price by a new version of its row: the store has both, as revisions, and as_of reads the first one.</summary>
public sealed class VersionTests : HttpMessageHandler
{
    private static readonly Feed Prices = ProofWorld.FeedsOf("pjm/day-ahead-lmp")[0];
    private static readonly OperatingDay Day = Prices.Day(new LocalDate(2025, 11, 2));

    private readonly TestFolder _folder = new();
    private readonly VirtualTime _time = new(Day.End);
    private bool _isMended;

    [Fact]
    public async Task A_higher_version_is_a_revision_and_the_superseded_row_is_not_read_again()
    {
        using var platform = Open();
        var first = await platform.Ingest.Run(Prices, Day, isLive: true, CancellationToken.None);
        Assert.Equal((Outcome.Data, 25L, 0L), (first.Outcome, first.Receipt.New, first.Receipt.Changed));
        _isMended = true;
        _time.Advance(Duration.FromDays(1));
        var second = await platform.Ingest.Run(Prices, Day, isLive: true, CancellationToken.None);
        Assert.Equal((Outcome.Data, 0L, 1L, 24L), (second.Outcome, second.Receipt.New, second.Receipt.Changed, second.Receipt.Identical));

        var hour = Day.Start + Duration.FromHours(2);
        Assert.Equal([20.5, 33.25], Read(platform, hour, new RowQuery("iso_lmp") { AllRevisions = true }));
        Assert.Equal([20.5], Read(platform, hour, new RowQuery("iso_lmp") { AsOf = first.Receipt.KnownAt }));
        Assert.Equal([33.25], Read(platform, hour, new RowQuery("iso_lmp")));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var items = Enumerable.Range(0, Day.Hours).Select(n => Item(n, isCurrent: !(_isMended && n == 2), 1, 20.5))
            .Concat(_isMended ? [Item(2, isCurrent: true, 2, 33.25)] : []);
        return Task.FromResult(FetchRig.Answer(HttpStatusCode.OK, $"[{string.Join(',', items)}]"));
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private static string Item(int hour, bool isCurrent, int version, double price)
    {
        var at = (Day.Start + Duration.FromHours(hour)).ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"datetime_beginning_utc":"{{at}}","pnode_id":1,"pnode_name":"PJM-RTO","voltage":null,"equipment":null,"type":"ZONE",
            "system_energy_price_da":{{price}},"total_lmp_da":{{price}},"congestion_price_da":0.0,"marginal_loss_price_da":0.0,
            "row_is_current":{{(isCurrent ? "true" : "false")}},"version_nbr":{{version}}}
            """);
    }

    private static List<double> Read(Platform platform, Instant start, RowQuery query)
    {
        using var rows = platform.Store.Read.Rows(query with
        {
            Filters = [new ColumnFilter("feed", Prices.Id.Text)],
            Start = start,
            End = start + Duration.FromHours(1),
        });
        Assert.True(rows.NextChunk());
        var column = rows.Columns.Select((c, i) => (c.Name, i)).Single(c => c.Name == "lmp").i;
        return [.. Enumerable.Range(0, rows.Count).Select(i => (double)rows.Value(column, i)!)];
    }

    private Platform Open() => Platform.Open(
        new AurumOptions { DataDirectory = _folder.Path, StoreMemoryMiB = 512 },
        new PlatformWorld(_time, "test") { Handler = this, Secrets = Secrets.OfSandbox, JitterSeed = 1 });
}
