using System.Globalization;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using NodaTime;

namespace Aurum.Benchmarks.Store;

/// <summary>Commits hours of prices of every CAISO node to an Iceberg table: new days, and corrections of a stored day.</summary>
/// <remarks>Budget: appends at no less than half the rate of the baseline, which writes the same rows to a Parquet file with the engine's
/// own COPY, without statistics, manifests or a commit; memory by file and column, not by row. Corrections, found by key and deleted by
/// position, beside writing the whole day anew.</remarks>
public sealed class LakeAppend : IBenchmark
{
    private const int Nodes = 17_000;
    private const int Hours = 24;
    private const int ChangedShare = 100;

    private ulong _tokens;

    public string Name => "lake";

    public string Title => "Prices committed to an Iceberg table";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Run(options, folder));

    private IReadOnlyList<BenchResult> Run(BenchOptions options, string folder)
    {
        var scratch = Path.Combine(folder, "tmp");
        using var lake = LakeCatalog.Open(new LakeOptions(Path.Combine(folder, "lake"), scratch, new CountingClock(), NextToken));
        using var engine = StoreEngine.OpenWithoutFile(Directory.CreateDirectory(Path.Combine(folder, "base")).FullName, [scratch], 512, 2);
        var table = lake.Create(Shape);
        var nodes = options.Scaled(Nodes);
        var rows = nodes * Hours;
        var source = Path.Combine(scratch, "source.parquet");
        using (var lease = engine.Rent())
        {
            lease.Connection.Execute($"COPY ({Rows(nodes)}) TO '{source}' (FORMAT parquet, COMPRESSION lz4_raw)");
        }

        var days = 0;
        string OfDay(int day) => string.Create(
            CultureInfo.InvariantCulture, $"SELECT * REPLACE (day + {day} AS day) FROM read_parquet('{source}')");
        var commits = 0;
        table.Append(OfDay(days++));
        var rewritten = lake.Create(Shape with { Name = new LakeName("bench", "rewritten") });
        rewritten.Append(OfDay(0));
        var small = lake.Create(Shape with { Name = new LakeName("bench", "small") });
        string OneRow() => $"FROM ({OfDay(0)}) LIMIT 1";
        var measured = Race.Run(
            options,
            new Contestant("Aurum, new rows", () => Appended(() => table.Append(OfDay(days++)), rows)),
            new Contestant("Aurum, corrections", () => Appended(
                () => table.Upsert($"FROM ({OfDay(0)}) WHERE node % {ChangedShare} = {commits++ % Math.Min(nodes, ChangedShare)}"),
                rows / ChangedShare)),
            new Contestant("the day written anew", () =>
            {
                rewritten.ReplacePartitions(OfDay(0));
                return Math.Max(1, rows / ChangedShare);
            }),
            new Contestant("Aurum, a commit of one row", () => Appended(() => small.Append(OneRow()), 1)),
            new Contestant("COPY of one row", () => Copy(engine, OneRow(), Path.Combine(scratch, "baseline.parquet"))),
            new Contestant("COPY to Parquet", () => Copy(engine, OfDay(days++), Path.Combine(scratch, "baseline.parquet"))));
        var input = FormattableString.Invariant($"{rows:N0} rows a commit");
        return
        [
            BenchResult.OfRates(Name, "rows", measured[0], measured[5], input),
            BenchResult.OfRates(
                $"{Name}/corrections", "rows", measured[1], measured[2], $"one row in {ChangedShare} of a day, found by key"),
            BenchResult.OfRates($"{Name}/commit", "commits", measured[3], measured[4], "one row a commit, durable"),
        ];
    }

    private static LakeTableShape Shape { get; } = new(
        new LakeName("bench", "prices"),
        [
            new LakeField(1, "day", LakeType.Date, IsRequired: true),
            new LakeField(2, "location_id", LakeType.String, IsRequired: true),
            new LakeField(3, "interval_start", LakeType.TimestampTz, IsRequired: true),
            new LakeField(4, "price_total", LakeType.Double),
            new LakeField(5, "price_energy", LakeType.Double),
            new LakeField(6, "price_congestion", LakeType.Double),
            new LakeField(7, "price_loss", LakeType.Double),
            new LakeField(8, "market", LakeType.String),
            new LakeField(9, "node", LakeType.Int),
        ],
        ["day", "location_id", "interval_start"],
        [("day", Transform.Day)],
        ["location_id", "interval_start"]);

    private static string Rows(int nodes) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT DATE '2025-01-01' AS day, printf('NODE_%05d_7_N001', n.range) AS location_id,
          TIMESTAMPTZ '2025-01-01 08:00:00+00' + h.range * INTERVAL 1 HOUR AS interval_start,
          30 + h.range * 0.25 + (n.range * 7919 % 10007) / 1000 AS price_total, 30 + h.range * 0.25 AS price_energy,
          (n.range * 7919 % 10007) / 1000 AS price_congestion, 0.0 AS price_loss, 'DAY_AHEAD' AS market, CAST(n.range AS INTEGER) AS node
        FROM range({nodes}) n, range({Hours}) h
        """);

    private static long Appended(Func<Snapshot> commit, long rows) => commit().Total("added-records") is var added && added >= rows / 2
        ? added
        : throw new InvalidOperationException($"expected about {rows} rows in the commit, found {added}");

    private static long Copy(StoreEngine engine, string rows, string file)
    {
        using var lease = engine.Rent();
        return lease.Connection.Execute(
            $"COPY (FROM ({rows}) ORDER BY location_id, interval_start) TO '{file}' (FORMAT parquet, COMPRESSION zstd)");
    }

    private ulong NextToken() => ++_tokens * 0x9E3779B97F4A7C15;

    private sealed class CountingClock : IClock
    {
        private int _seconds;

        public Instant GetCurrentInstant() => Instant.FromUtc(2025, 1, 1, 0, 0) + Duration.FromSeconds(++_seconds);
    }
}
