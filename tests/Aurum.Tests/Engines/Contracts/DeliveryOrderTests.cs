using System.Security.Cryptography;
using System.Text;
using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Postgres;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>A delivery that is sent again has the same events under the same numbers, however the engine reads its rows.</summary>
[Collection("PostgreSQL")]
public sealed class DeliveryOrderTests(PostgresServer server) : IDisposable
{
    private const string Topic = "aurum.iso.caiso.lmp.v1";

    /// <summary>More rows than three groups of them, which threads read beside each other.</summary>
    private const int ManyNodes = 2_000;
    private const int ManyIntervals = 200;

    private static readonly Instant Known = Instant.FromUtc(2025, 11, 3, 7, 30, 15);
    private static readonly Feed<LmpRow> Prices = (Feed<LmpRow>)FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"));

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_large_delivery_gives_each_event_the_same_number_whatever_number_of_threads_reads_it()
    {
        var names = Enumerable.Range(0, ManyNodes).Select(static n => $"N{n:0000}").ToArray();
        string first;
        using (var store = Open(threads: 4))
        {
            Deliver(store, names, ManyIntervals);
            var (digest, keys) = EventsOf(store);
            first = digest;
            Assert.Equal(names.SelectMany(static n => Enumerable.Repeat(n, ManyIntervals)), keys);
            Assert.Equal(first, EventsOf(store).Digest);
        }

        using var again = Open(threads: 1);
        Assert.Equal(first, EventsOf(again).Digest);
    }

    [Fact]
    public void PostgreSQL_numbers_the_events_of_a_delivery_as_DuckDB_does()
    {
        // Collations of languages know no order of bytes: they would put these elsewhere.
        string[] names = ["a_1", "B", "b", "A-2", "Z", "Zürich", "a 1", "ä", "_", "1"];
        using var own = Open(threads: 1);
        Deliver(own, names, 24);
        using var stores = new PostgresStores(server);
        using var shared = stores.Open(feeds: FeedCatalog.All);
        Deliver(shared, names, 24);

        var (digest, keys) = EventsOf(own);

        Assert.Equal(["1", "A-2", "B", "Z", "Zürich", "_", "a 1", "a_1", "b", "ä"], keys.Distinct());
        var (digestOfShared, keysOfShared) = EventsOf(shared);
        Assert.Equal(keys, keysOfShared);
        Assert.Equal(digest, digestOfShared);
    }

    private AurumStore Open(int threads) => AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 256, Threads = threads }, FeedCatalog.All, new StoppedClock(Known));

    /// <summary>Brings rows in an order that is not that of their keys.</summary>
    private static void Deliver(AurumStore store, string[] nodes, int intervals)
    {
        var rows = nodes.SelectMany(node => Enumerable.Range(0, intervals).Select(i => new LmpRow(
            new Location(node, LocationType.Node), DeliveryInterval.StartingAt(Known.Plus(Duration.FromMinutes(5 * i)), 5), i, 1, 1, 1, 0)))
            .ToArray();
        new Random(7).Shuffle(rows);
        using var intake = store.BeginDay(Prices, Prices.Day(new LocalDate(2025, 11, 2)), Known);
        intake.AddFile(new FileRecord(
            new Fetch(Prices.Id, new LocalDate(2025, 11, 2), "test", "/f", "rows.csv", 200), new string('a', 64), 100, Known));
        intake.Append(rows);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    /// <summary>A digest of what the sink would send of the rows, each with its number, and their keys in order.</summary>
    private static (string Digest, List<string> Keys) EventsOf(AurumStore store)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var events = new DeliveryEvents(static _ => 1);
        var keys = new List<string>();
        foreach (var batch in events.Of(new SinkDelivery(Assert.Single(store.Read.Outbox(new RecordQuery())), store.Read), default))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch.Topic(i).Name == Topic)
                {
                    hash.AppendData(BitConverter.GetBytes(keys.Count));
                    hash.AppendData(batch.Key(i).Span);
                    hash.AppendData(batch.Value(i).Span);
                    keys.Add(Encoding.UTF8.GetString(batch.Key(i).Span));
                }
            }
        }

        return (Convert.ToHexString(hash.GetHashAndReset()), keys);
    }
}
