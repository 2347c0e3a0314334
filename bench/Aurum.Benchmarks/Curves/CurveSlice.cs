using System.Diagnostics;
using System.Text;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Benchmarks.Curves;

/// <summary>Reads one curve as of one date out of five years of daily curves: months and strips, all columns, latest revisions.</summary>
/// <remarks>Budget: under 10 ms a slice. The baseline reads the date and picks the curve from it, as one does with a file a
/// day.</remarks>
public sealed class CurveSlice : IBenchmark
{
    private const int Days = 1_250;
    private const int Curves = 20;
    private const int Months = 121;
    private const int Slices = 64;

    private static readonly LocalDate First = new(2021, 1, 4);
    private static readonly DayOutcome Done = new(Outcome.Data, "", IsComplete: true);
    private static readonly Feed<CurveQuote> Feed = CurveFeeds.Vendors[0].Merged;

    public string Name => "curve-slice";

    public string Title => "One curve as of one date, out of five years of daily curves";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Run(options, folder));

    private IReadOnlyList<BenchResult> Run(BenchOptions options, string folder)
    {
        var days = options.Scaled(Days);
        using (var filled = AurumStore.Open(new StoreOptions(folder), [Feed], new FixedClock()))
        {
            for (var day = 0; day < days; day++)
            {
                Deliver(filled, First.PlusDays(day));
            }
        }

        using var store = AurumStore.Open(new StoreOptions(folder), [Feed], new FixedClock());
        var (turn, other) = (0, 0);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Check(Slice(store, ++turn, days))) { UsesThreads = true },
            new Contestant("the whole date, and the curve picked from it", () => Check(Scan(store, ++other, days))) { UsesThreads = true });
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Slices; i++)
        {
            Check(Slice(store, ++turn, days));
        }

        var wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds / Slices;
        var cpu = 1000 / measured[0].ItemsPerCpuSecond;
        var input = FormattableString.Invariant($"{days * (long)Curves * Months:N0} rows of {days:N0} dates; ")
            + FormattableString.Invariant($"{cpu:N1} ms of CPU, {wall:N1} of wall clock a slice of {Months} rows");
        return [BenchResult.OfRates(Name, "slices", measured[0], measured[1], input)];
    }

    private static long Slice(AurumStore store, int turn, int days)
    {
        using var rows = store.Read.Rows(new RowQuery(CurveTables.Observation.Name)
        {
            Filters = [new ColumnFilter("asof_date", Day(turn, days)), new ColumnFilter("curve_key", Identity(turn % Curves).Key)],
        });
        return Count(rows);
    }

    private static long Scan(AurumStore store, int turn, int days)
    {
        using var rows = store.Read.Rows(new RowQuery(CurveTables.Observation.Name)
        {
            Filters = [new ColumnFilter("asof_date", Day(turn, days))],
            Limit = Curves * Months,
        });
        var key = Encoding.UTF8.GetBytes(Identity(turn % Curves).Key);
        var column = rows.Columns.Select((c, i) => (c.Name, Index: i)).First(c => c.Name == "curve_key").Index;
        long count = 0;
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                count += rows.Text(column, row).SequenceEqual(key) ? 1 : 0;
            }
        }

        return count;
    }

    private static long Count(RowReader rows)
    {
        long count = 0;
        while (rows.NextChunk())
        {
            count += rows.Count;
        }

        return count;
    }

    private static string Day(int turn, int days) => LocalDatePattern.Iso.Format(First.PlusDays((int)(turn * 7919L % days)));

    private static long Check(long found) =>
        found == Months ? 1 : throw new InvalidOperationException($"a slice has {found} rows, expected {Months}");

    private static CurveIdentity Identity(int curve) =>
        new(AssetClass.Power, null, "EU", $"Hub {curve}", "EU", "power", curve % 2 == 0 ? "BASE" : "PEAK", null);

    private static void Deliver(AurumStore store, LocalDate asOf)
    {
        var at = asOf.AtMidnight().InUtc().ToInstant() + Duration.FromHours(18);
        var file = $"EOD_EUGP_{asOf:uuuuMMdd}_1430.xlsx";
        using var intake = store.BeginDay(Feed, Feed.Day(asOf), at);
        intake.AddFile(new FileRecord(new Fetch(Feed.Id, asOf, Fetch.HandedOver, $"/{file}", file, 0), new string('0', 64), 0, at));
        var rows = new RowBuffer<CurveQuote>(intake);
        var version = CurveVersion.HashOf(file, "Fixed Prices - Mid", asOf);
        for (var curve = 0; curve < Curves; curve++)
        {
            var head = new CurveHead(
                asOf, file, "Fixed Prices - Mid", Identity(curve), new CurveUnit("EUR", "MWh"), "EUR/MWh", version);
            for (var month = 0; month < Months; month++)
            {
                var mid = 50 + (curve * 2) + (((asOf.DayOfYear * 31) + (month * 7)) % 100 / 10.0);
                var tenor = Tenor.OfMonth(asOf.ToYearMonth().PlusMonths(month));
                rows.Add(new CurveQuote(head, tenor, mid, mid - 0.1, mid + 0.1, new CellAddress(12 + month, 3 + curve)));
            }
        }

        rows.Flush();
        intake.Commit(Done);
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 1, 1, 0, 0);
    }
}
