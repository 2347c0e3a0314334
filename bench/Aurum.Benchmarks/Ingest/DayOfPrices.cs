using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sources.Caiso;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Benchmarks.Ingest;

/// <summary>From archived bytes to committed, queryable revisions: a day of prices of every CAISO node through parser, gate and store; and
/// the same day again, of which nothing is written.</summary>
/// <remarks>Budget: at least 300,000 prices a second of wall clock; memory by place and delivery, not by row. The baseline is what
/// people write first: CsvHelper into objects, a list of lambdas over each price, one prepared INSERT a price in one transaction of
/// the same engine, without revisions, ledger or quarantine.</remarks>
public sealed class DayOfPrices : IBenchmark
{
    private const int Nodes = 17_000;
    private const int BaselineShare = 100;
    private const int Hours = 24;

    public string Name => "ingest";

    public string Title => "Prices from archived bytes to committed rows";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Run(options, folder));

    private IReadOnlyList<BenchResult> Run(BenchOptions options, string folder)
    {
        var nodes = options.Scaled(Nodes);
        var few = Math.Max(1, nodes / BaselineShare);
        var bytes = OasisDay.Zip(nodes);
        using var store = AurumStore.Open(new StoreOptions(Path.Combine(folder, "store")), [DayAheadLmp.Feed], new FixedClock());
        using var baseline = new NaiveIngest(Path.Combine(folder, "baseline.duckdb"), OasisDay.Zip(few));
        var gate = SuiteCompiler.Compile(Suite.Load(DayAheadLmp.Feed.Suite), DayAheadLmp.Feed);
        var file = Archive(store, bytes);
        var days = 0;
        Ingest(store, gate, file, 0);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Check(Ingest(store, gate, file, ++days).New, nodes * Hours), UsesThreads: true),
            new Contestant(
                "Aurum, again", () => Check(Ingest(store, gate, file, 0).Identical, nodes * Hours), UsesThreads: true),
            new Contestant("CsvHelper, lambdas, INSERT", baseline.Run));
        Queryable(store, days, nodes * Hours);
        var input = string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes * Hours:N0} prices in {nodes * Hours * 5:N0} file rows, {bytes.Length / 1e6:N1} MB zipped");
        return
        [
            BenchResult.OfRates(Name, "prices", measured[0], measured[2], input),
            BenchResult.OfRates($"{Name}/again", "prices", measured[1], measured[2], $"{input}, all identical: nothing written"),
        ];
    }

    private static FileRecord Archive(AurumStore store, byte[] bytes)
    {
        var fetch = new Fetch(DayAheadLmp.Feed.Id, OasisDay.Day.Date, "bench", "/", "20250601_20250602_PRC_LMP_DAM_v12.zip", 200);
        return store.Archive.AddAsync(fetch, new MemoryStream(bytes), [], CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Takes the file in as if it were so many days later, so that its rows are new to the store.</summary>
    private static CommitReceipt Ingest(AurumStore store, Gate<LmpRow> gate, FileRecord file, int daysLater)
    {
        var feed = DayAheadLmp.Feed;
        var day = Later(daysLater);
        using var intake = store.BeginDay(feed, day, day.End);
        var run = gate.Begin(new GateContext(day));
        intake.AddFile(file);
        var result = feed.Parse(store.Archive.FileOf(file, feed), new Shift(new GatedOutput<LmpRow>(run, intake), daysLater));
        var report = run.Finish();
        return result.Outcome == Outcome.Data && report.Overall == GateOutcome.Pass
            ? intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true))
            : throw new InvalidOperationException($"the file is sound, but: {result.Why}{report.Why}, {report.Quarantined} held back");
    }

    private static OperatingDay Later(int days) => OasisDay.Day with { Date = OasisDay.Day.Date.PlusDays(days) };

    private static long Check(long found, long expected) => found == expected
        ? found
        : throw new InvalidOperationException($"the store counted {found} rows of {expected}");

    private static void Queryable(AurumStore store, int daysLater, long expected)
    {
        var day = Later(daysLater);
        using var rows = store.Read.Sql(
            $"select count(lmp) from iso_lmp where interval_start_utc >= '{day.Start}' and interval_end_utc <= '{day.End}'");
        rows.NextChunk();
        Check(rows.Whole(0, 0), expected);
    }

    /// <summary>Moves rows to a later day of the same length.</summary>
    private sealed class Shift(IRowOutput<LmpRow> output, int days) : IRowOutput<LmpRow>
    {
        private readonly LmpRow[] _moved = new LmpRow[RowBuffer<LmpRow>.DefaultCapacity];

        public void OnRows(ReadOnlySpan<LmpRow> rows)
        {
            var seconds = days * 86_400L;
            for (var i = 0; i < rows.Length; i++)
            {
                var delivery = rows[i].Delivery;
                _moved[i] = rows[i] with { Delivery = DeliveryInterval.FromUnixSeconds(delivery.StartUnixSeconds + seconds, 3600) };
            }

            output.OnRows(_moved.AsSpan(0, rows.Length));
        }
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2025, 6, 2, 0, 0);
    }
}
