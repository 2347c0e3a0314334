using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Tests.Engines.Postgres;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Delivers days to a store until it is killed, and says after each commit how many there are.</summary>
internal static class CrashWriter
{
    public const string Verb = "store-writer";
    public const int RowsPerDelivery = Nodes * Hours;
    public const int ChangedRows = Hours;

    private const int Nodes = 150;
    private const int Hours = 24;

    private static readonly LocalDate FirstDay = new(2025, 1, 1);
    private static readonly Location[] Places =
        [.. Enumerable.Range(0, Nodes).Select(n => new Location($"NODE_{n}_7_N001", LocationType.Node))];

    public static int Run(string folder, TextWriter acknowledged)
    {
        using var store = PostgresStores.OfEnvironment(folder) ?? DuckDbStores.Open(folder);
        for (var number = store.Read.Deliveries().Count(); ; number++)
        {
            Deliver(store, number);
            acknowledged.WriteLine((number + 1).ToString(CultureInfo.InvariantCulture));
            acknowledged.Flush();
        }
    }

    /// <summary>Even deliveries bring a new day, odd ones change the first node's prices of the day before.</summary>
    private static void Deliver(AurumStore store, int number)
    {
        var feed = StoreFeeds.Prices;
        var day = feed.Day(FirstDay.PlusDays(number / 2));
        var knownAt = Instant.FromUtc(2025, 6, 1, 0, 0) + Duration.FromMinutes(number);
        using var intake = store.BeginDay(feed, day, knownAt);
        intake.AddFile(new FileRecord(new Fetch(feed.Id, day.Date, "test", "/x", "x.csv", 200), new string('0', 64), 1, knownAt));
        var rows = new LmpRow[RowsPerDelivery];
        for (var i = 0; i < rows.Length; i++)
        {
            var lmp = i % Nodes == 0 ? number : 1;
            var delivery = DeliveryInterval.StartingAt(day.Start + Duration.FromHours(i / Nodes), 60);
            rows[i] = new LmpRow(Places[i % Nodes], delivery, lmp, lmp, 0, 0, double.NaN);
        }

        intake.Append(rows);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
