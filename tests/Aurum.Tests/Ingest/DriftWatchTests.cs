using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sources.Nyiso;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class DriftWatchTests : IDisposable
{
    private const string Header = "Time Stamp,Time Zone,Fuel Category,Gen MW";
    private const string Row = "06/10/2025 00:05:00,EDT,Hydro,2385.0";

    private static readonly LocalDate Date = new(2025, 6, 10);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_column_more_is_noted_once_and_its_rows_are_taken()
    {
        using var store = Open();
        var watch = new DriftWatch(store, store.Archive);
        Assert.Empty(await Deliver(store, watch, $"{Header}\n{Row}\n", 1));
        Assert.Empty(await Deliver(store, watch, $"{Header}\n{Row}\n", 2));
        Assert.Equal(
            [("new-column", "Emissions", "no such column", "Emissions")],
            await Deliver(store, watch, $"{Header},Emissions\n{Row},12.5\n", 3));
        Assert.Empty(await Deliver(store, watch, $"{Header},Emissions\n{Row},12.5\n", 4));
    }

    [Fact]
    public async Task What_is_known_of_a_feed_outlives_the_process()
    {
        using (var store = Open())
        {
            await Deliver(store, new DriftWatch(store, store.Archive), $"{Header},Note\n{Row},1\n", 1);
        }

        using var again = Open();
        Assert.Equal(
            [("other-kind", "Note", "numbers", "text")],
            await Deliver(again, new DriftWatch(again, again.Archive), $"{Header},Note\n{Row},high\n", 2));
        Assert.Equal(
            [("lost-column", "Note", "Note", "Notes"), ("new-column", "Notes", "no such column", "Notes")],
            await Deliver(again, new DriftWatch(again, again.Archive), $"{Header},Notes\n{Row},high\n", 3));
    }

    private AurumStore Open() => AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, [FuelMix.Feed],
        new StoppedClock(Instant.FromUtc(2025, 6, 12, 0, 0)));

    private static async Task<IReadOnlyList<(string Kind, string Subject, string Expected, string Found)>> Deliver(
        AurumStore store, DriftWatch watch, string text, int hour)
    {
        var before = store.Read.Drift(new RecordQuery()).Count;
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var answers = new Answers();
        answers.Add(await store.Archive.AddAsync(
            new Fetch(FuelMix.Feed.Id, Date, "nyiso-mis", "/csv", "20250610rtfuelmix.csv", 200), body, [], CancellationToken.None));
        var at = FuelMix.Feed.Day(Date).Start + Duration.FromHours(hour);
        var report = FuelMix.Feed.Accept(
            new App.Ingest.Delivery(store, store.Archive, new GateRoom(store), watch, FuelMix.Feed.Day(Date), answers, at));
        Assert.Equal(Outcome.Data, report.Outcome);
        return [.. store.Read.Drift(new RecordQuery()).Skip(before).Select(d => (d.Kind, d.Subject, d.Expected, d.Found))];
    }
}
