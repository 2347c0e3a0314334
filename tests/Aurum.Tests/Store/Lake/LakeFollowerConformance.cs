using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Store.Lake;

/// <summary>The lake holds the store's latest rows, whatever was delivered in whatever pieces, and whatever engine keeps the
/// store.</summary>
public abstract class LakeFollowerConformance : IDisposable
{
    protected static readonly LakeName Prices = new("market", "iso_lmp");
    protected static readonly LocalDate Day = new(2025, 3, 9);
    private static readonly Location[] Places =
        [.. Enumerable.Range(0, 5).Select(n => new Location($"NODE_{n}", LocationType.Node))];

    private readonly TestFolder _folder = new();
    private readonly LakeCatalog _lake;
    private AurumStore? _opened;
    private ulong _tokens;
    private int _minutes;

    protected LakeFollowerConformance() => _lake = OpenLake();

    /// <summary>Folder of store and lake.</summary>
    protected string Folder => _folder["data"];

    protected LakeCatalog Lake => _lake;

    protected AurumStore Store => _opened ??= Open(Folder);

    public virtual void Dispose()
    {
        _lake.Dispose();
        _opened?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Rounds of random deliveries.</summary>
    protected virtual int Rounds => 6;

    protected abstract AurumStore Open(string folder);

    [Fact]
    public void A_delivery_is_in_the_lake_after_a_sync_and_once()
    {
        var follower = new LakeFollower(Store, _lake);
        Deliver(StoreFeeds.Prices, Day, 10);
        Assert.Equal(1, follower.Lags().First(l => l.Table == Prices).Lag.Deliveries);

        Assert.Equal(new LakeSync(1, 23 * 5), follower.Sync());
        Assert.Equal(new LakeSync(0, 0), follower.Sync());

        Assert.Equal(new LakeLag(0, null), follower.Lags().First(l => l.Table == Prices).Lag);
        Assert.Equal(new LakeCheck(Prices, 115, 115, 0, 0), Assert.Single(follower.Verify()));
        Assert.Equal("1", _lake.Table(Prices).Metadata.Current!.Summary[LakeFollower.DeliveryProperty]);
    }

    [Fact]
    public void Corrections_take_the_place_of_what_they_correct_in_one_commit_or_in_several()
    {
        var follower = new LakeFollower(Store, _lake) { MaxBatchRows = 200 };
        Deliver(StoreFeeds.Prices, Day, 10);
        Deliver(StoreFeeds.NewYork, Day, 20);
        Deliver(StoreFeeds.Prices, Day, 11);
        follower.Sync();
        Deliver(StoreFeeds.NewYork, Day.PlusDays(1), 20);
        Deliver(StoreFeeds.Prices, Day, 12);
        Deliver(StoreFeeds.Prices, Day, 13);
        Deliver(StoreFeeds.NewYork, Day, 21);

        follower.Sync();

        var check = Assert.Single(follower.Verify());
        Assert.Equal(new LakeCheck(Prices, 115 + 115 + 120, 115 + 115 + 120, 0, 0), check);
        var table = _lake.Table(Prices);
        Assert.True(table.Metadata.Snapshots.Sum(s => s.Total("added-position-deletes") + s.Total("deleted-records")) > 0);
        var first = table.Metadata.Snapshots[0];
        Assert.Equal([10.0], Totals(table, new LakeRead { SnapshotId = first.Id, Ranges = [ColumnRange.Equal("iso", "caiso")] }));
        Assert.Equal([13.0], Totals(table, new LakeRead { Ranges = [ColumnRange.Equal("iso", "caiso")] }));
    }

    [Fact]
    public void Random_deliveries_leave_the_lake_as_the_store()
    {
        var random = new Random(3);
        for (var round = 0; round < Rounds; round++)
        {
            var follower = new LakeFollower(Store, _lake) { MaxBatchRows = random.Next(1, 500) };
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var feed = random.Next(2) == 0 ? StoreFeeds.Prices : StoreFeeds.NewYork;
                Deliver(feed, Day.PlusDays(random.Next(2)), random.Next(3), random.Next(1, 6));
            }

            follower.Sync();
            Assert.All(follower.Verify(), check => Assert.True(check.IsSame, check.ToString()));
        }
    }

    [Fact]
    public void What_is_committed_while_the_tables_are_compared_is_no_difference()
    {
        Deliver(StoreFeeds.Prices, Day, 10);
        new LakeFollower(Store, _lake).Sync();
        Deliver(StoreFeeds.Prices, Day, 11, places: 2);

        // Corrections and new rows of later deliveries.
        var follower = new LakeFollower(Store, _lake)
        {
            BeforeCompare = () =>
            {
                Deliver(StoreFeeds.Prices, Day, 12, places: 3);
                Deliver(StoreFeeds.NewYork, Day, 20);
            },
        };
        Assert.Equal(new LakeCheck(Prices, 115, 115, 0, 0), Assert.Single(follower.Verify()));
        Assert.Equal(2, follower.Lags().First(l => l.Table == Prices).Lag.Deliveries);
        Assert.Equal(new LakeCheck(Prices, 230, 230, 0, 0), Assert.Single(new LakeFollower(Store, _lake).Verify()));
    }

    [Fact]
    public void A_table_that_another_process_brings_forward_meanwhile_is_compared_again()
    {
        Deliver(StoreFeeds.Prices, Day, 10);
        new LakeFollower(Store, _lake).Sync();
        using var other = OpenLake();
        var looks = 0;
        var follower = new LakeFollower(Store, other)
        {
            BeforeCompare = () =>
            {
                if (++looks == 1)
                {
                    Deliver(StoreFeeds.Prices, Day, 11);
                    new LakeFollower(Store, _lake).Sync();
                }
            },
        };
        Assert.Equal(new LakeCheck(Prices, 115, 115, 0, 0), Assert.Single(follower.Verify()));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task Comparing_while_others_deliver_finds_no_difference()
    {
        Deliver(StoreFeeds.Prices, Day, 1);
        var follower = new LakeFollower(Store, _lake);
        follower.Sync();
        using var enough = new CancellationTokenSource();
        var delivering = Task.Run(() =>
        {
            for (var price = 2; !enough.IsCancellationRequested; price++)
            {
                Deliver(price % 2 == 0 ? StoreFeeds.Prices : StoreFeeds.NewYork, Day, price);
            }
        });
        for (var round = 0; round < Rounds; round++)
        {
            Assert.All(follower.Verify(), check => Assert.True(check.IsSame, check.ToString()));
        }

        await enough.CancelAsync();
        await delivering;
    }

    [Fact]
    public void A_row_that_the_lake_lacks_is_named()
    {
        Deliver(StoreFeeds.Prices, Day, 10);
        var follower = new LakeFollower(Store, _lake);
        follower.Sync();
        var table = _lake.Table(Prices);
        var one = $"SELECT * FROM ({table.ReadSql(new LakeRead())}) WHERE location_id = 'NODE_1' AND price_total = 10 LIMIT 1";
        table.Upsert($"SELECT * FROM ({one}) LIMIT 0", one);
        Assert.Equal(new LakeCheck(Prices, 115, 114, 1, 0), Assert.Single(follower.Verify()));
    }

    [Fact]
    public void A_second_follower_is_refused_by_the_number_of_the_delivery()
    {
        Deliver(StoreFeeds.Prices, Day, 10);
        new LakeFollower(Store, _lake).Sync();
        Deliver(StoreFeeds.Prices, Day.PlusDays(1), 10);
        using var other = OpenLake();
        var isFirst = true;

        // The other one commits while the first is between reading the number and committing.
        var follower = new LakeFollower(Store, other)
        {
            BeforeCommit = () =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    new LakeFollower(Store, _lake).Sync();
                }
            },
        };
        Assert.Throws<LakeConflictException>(() => follower.Sync());

        Assert.All(new LakeFollower(Store, _lake).Verify(), check => Assert.True(check.IsSame, check.ToString()));
    }

    private static List<double> Totals(LakeTable table, LakeRead read)
    {
        using var rows = table.Read(read);
        var column = rows.Columns.Select((c, i) => (c.Name, i)).First(c => c.Name == "price_total").i;
        var totals = new HashSet<double>();
        while (rows.NextChunk())
        {
            totals.UnionWith(Enumerable.Range(0, rows.Count).Select(i => rows.Number(column, i)));
        }

        return [.. totals];
    }

    private LakeCatalog OpenLake() => LakeCatalog.Open(new LakeOptions(
        Path.Combine(_folder["data"], "lake"),
        Path.Combine(_folder["data"], "tmp"),
        new StoppedClock(Instant.FromUtc(2025, 3, 9, 0, 0)),
        () => Interlocked.Increment(ref _tokens) * 0x9E3779B97F4A7C15));

    /// <summary>All hours of a day for some places at one price.</summary>
    protected void Deliver(Feed<LmpRow> feed, LocalDate date, double price, int places = 5)
    {
        var day = feed.Day(date);
        var knownAt = Instant.FromUtc(2025, 6, 1, 0, 0) + Duration.FromMinutes(++_minutes);
        using var intake = Store.BeginDay(feed, day, knownAt);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, date, "test", "/x", "x.csv", 200), new string('0', 64), 1, knownAt));
        var rows = new List<LmpRow>();
        for (var hour = day.Start; hour < day.End; hour += Duration.FromHours(1))
        {
            rows.AddRange(Places.Take(places).Select(
                p => new LmpRow(p, DeliveryInterval.StartingAt(hour, 60), price, price, 0, 0, double.NaN)));
        }

        intake.Append([.. rows]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
