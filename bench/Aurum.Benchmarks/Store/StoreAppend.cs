using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.DuckDb;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Benchmarks.Store;

/// <summary>Commits a day of hourly prices of every CAISO node: new days, and the same day again and again.</summary>
/// <remarks>Budget: at least 700,000 new rows a CPU-second, all columns, revisions, ledger and places included;
/// memory by place and delivery, not by row. The baseline inserts the same rows into the same table one prepared
/// statement a row, in one transaction.</remarks>
public sealed class StoreAppend : IBenchmark
{
    private const int Nodes = 17_000;
    private const int Hours = 24;
    private const int BaselineShare = 200;

    private static readonly LocalDate FirstDay = new(2025, 1, 1);
    private static readonly DayOutcome Done = new(Outcome.Data, "", IsComplete: true);

    public string Name => "store-append";

    public string Title => "Prices committed to the store";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Run(options, folder));

    private IReadOnlyList<BenchResult> Run(BenchOptions options, string folder)
    {
        using var store = AurumStore.Open(new StoreOptions(Path.Combine(folder, "store")), [Feed], new FixedClock());
        using var database = DuckDbDatabase.Open(Path.Combine(folder, "baseline.duckdb"));
        using var connection = database.Connect();
        connection.Execute(
            """
            CREATE TABLE prices (
              id VARCHAR, first TIMESTAMPTZ, last TIMESTAMPTZ, lmp DOUBLE, energy DOUBLE, congestion DOUBLE, loss DOUBLE)
            """);
        var places = Enumerable.Range(0, options.Scaled(Nodes))
            .Select(static n => new Location($"NODE_{n:D5}_7_N001", LocationType.Node))
            .ToArray();
        var rows = new LmpRow[places.Length * Hours];
        var few = Math.Max(1, rows.Length / BaselineShare);
        var days = 0;
        Deliver(store, rows, places, 0);
        var measured = Race.Run(
            options,
            new Contestant("Aurum, new rows", () => Check(Deliver(store, rows, places, ++days).New, rows.Length)),
            new Contestant("Aurum, identical rows", () => Check(Deliver(store, rows, places, 0).Identical, rows.Length)),
            new Contestant("one INSERT a row", () => Insert(connection, rows.AsSpan(0, few))));
        var input = FormattableString.Invariant($"{rows.Length:N0} rows a delivery");
        return
        [
            BenchResult.OfRates(Name, "rows", measured[0], measured[2], input),
            BenchResult.OfRates($"{Name}/identical", "rows", measured[1], measured[2], $"{input}, nothing to write"),
        ];
    }

    private static Feed<LmpRow> Feed { get; } = new()
    {
        Id = new FeedId("caiso/day-ahead-lmp"),
        Title = "Hourly prices",
        Facts = new FeedFacts("made here", "nodes by hour", "USD/MWh", "UTC", "none"),
        Zone = MarketZones.Utc,
        Schedule = new Schedule(Duration.Zero, Duration.FromDays(1), null, Duration.Zero, null),
        Contract = IsoContract.Of("CAISO", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Pacific, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Locate = static (_, _) => [],
        Recognizes = static _ => false,
        Table = PowerTables.Lmp,
        Parse = static (_, _) => ParseResult.Data,
    };

    private static CommitReceipt Deliver(AurumStore store, LmpRow[] rows, Location[] places, int number)
    {
        var day = Feed.Day(FirstDay.PlusDays(number));
        var start = day.Start;
        for (var i = 0; i < rows.Length; i++)
        {
            var (hour, place) = Math.DivRem(i, places.Length);
            var delivery = DeliveryInterval.FromUnixSeconds(start.ToUnixTimeSeconds() + (hour * 3600L), 3600);
            var energy = 30 + (hour * 0.25);
            var congestion = ((place * 7919L) % 10_007) / 1000.0;
            rows[i] = new LmpRow(places[place], delivery, energy + congestion, energy, congestion, 0, double.NaN);
        }

        using var intake = store.BeginDay(Feed, day, start);
        var fetch = new Fetch(Feed.Id, day.Date, "bench", "/", "prices.csv", 0);
        intake.AddFile(new FileRecord(fetch, new string('0', 64), 0, start));
        for (var from = 0; from < rows.Length; from += RowBuffer<LmpRow>.DefaultCapacity)
        {
            intake.Append(rows.AsSpan(from, Math.Min(RowBuffer<LmpRow>.DefaultCapacity, rows.Length - from)));
        }

        return intake.Commit(Done);
    }

    private static long Check(long found, long expected) => found == expected
        ? found
        : throw new InvalidOperationException($"the store counted {found} rows of {expected}");

    private static long Insert(DuckDbConnection connection, ReadOnlySpan<LmpRow> rows)
    {
        connection.Execute("BEGIN TRANSACTION");
        using (var insert = connection.Prepare("INSERT INTO prices VALUES ($1, $2, $3, $4, $5, $6, $7)"))
        {
            foreach (ref readonly var row in rows)
            {
                insert.Bind(row.Location.Id).Bind(row.Delivery.Start).Bind(row.Delivery.End).Bind(row.LmpUsdPerMwh)
                    .Bind(row.EnergyUsdPerMwh).Bind(row.CongestionUsdPerMwh).Bind(row.LossUsdPerMwh)
                    .Run();
            }
        }

        connection.Execute("COMMIT");
        return rows.Length;
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2025, 1, 1, 0, 0);
    }
}
