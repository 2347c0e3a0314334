using System.Diagnostics;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;

namespace Aurum.Benchmarks.Engines;

/// <summary>Ticks inserted into ClickHouse by our writer (HTTP, FORMAT Native), beside clickhouse-client that inserts the same rows from a
/// file in the same format.</summary>
/// <remarks>Budget: no less than 70 % of clickhouse-client's rate; no memory by row. Filling the blocks is part of ours; the client finds
/// them made.</remarks>
internal static class ClickHouseInsert
{
    private const int Rows = 1_000_000;
    private const int Instruments = 500;
    private const string Table = "`bench`.`tick_rows`";
    private const long Start = 1_772_463_600_000_000;

    private static readonly string[] Markets = ["CAISO", "ERCOT", "NYISO", "PJM", "MISO"];

    public static IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        BenchServer.IsThere("clickhouse-server") && BenchServer.IsThere("clickhouse-client")
            ? BenchFolder.Use(folder => Measure(options, folder).GetAwaiter().GetResult())
            : [];

    private static async Task<IReadOnlyList<BenchResult>> Measure(BenchOptions options, string folder)
    {
        using var server = await ClickHouseBenchServer.Start(folder);
        using var client = new ClickHouseClient(
            new ClickHouseOptions { Url = server.Url, Database = "bench" }, TimeProvider.System, new Random(Environment.ProcessId));
        var version = await client.Version(CancellationToken.None);
        await client.Execute("CREATE DATABASE bench", CancellationToken.None);
        await client.Execute(new ClickHouseDdl(version.Dialect, "bench", "ops").Of(MarketTables.Ticks), CancellationToken.None);
        var rows = options.Scaled(Rows);
        using var block = new NativeBlock(MarketTables.Ticks.Wire(version.Dialect));
        var file = Path.Combine(folder, "ticks.native");
        await using (var to = File.Create(file))
        {
            await Send(block, rows, to, CancellationToken.None);
        }

        List<double> ours = [];
        List<double> theirs = [];
        var allocated = double.MaxValue;
        for (var round = 0; round <= options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var our = await Timed(client, rows, () => client.Insert(
                Table, block.Columns, (to, cancel) => Send(block, rows, to, cancel), CancellationToken.None));
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            var their = await Timed(client, rows, () => server.Insert(Table, file));
            if (round > 0)
            {
                ours.Add(our);
                theirs.Add(their);
                allocated = Math.Min(allocated, bytes / (double)rows);
            }
        }

        var (figure, baseline) = (Median(ours), Median(theirs));
        return
        [
            new(
                "engines/clickhouse",
                Math.Round(figure),
                "rows per second",
                "clickhouse-client",
                Math.Round(baseline),
                Math.Round(figure / baseline, 2),
                Math.Round(allocated, 4),
                FormattableString.Invariant($"{rows:N0} ticks of 22 columns, ClickHouse {version.Text}; wall clock, server included")),
        ];
    }

    /// <summary>Rows a second of an insert into the empty table.</summary>
    private static async Task<double> Timed(ClickHouseClient client, int rows, Func<Task> insert)
    {
        await client.Execute($"TRUNCATE TABLE {Table}", CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        await insert();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var found = await client.Rows($"SELECT count() FROM {Table}", static (r, i) => r[0].Whole(i), CancellationToken.None);
        return found[0] == rows ? rows / seconds : throw new InvalidOperationException($"expected {rows} rows, found {found[0]}");
    }

    private static async Task Send(NativeBlock block, int rows, Stream to, CancellationToken cancel)
    {
        for (var first = 0; first < rows; first += NativeBlock.UsualRows)
        {
            block.Clear();
            Fill(block, first, Math.Min(NativeBlock.UsualRows, rows - first));
            await block.Send(to, cancel);
        }
    }

    private static void Fill(NativeBlock block, int first, int rows)
    {
        foreach (var column in block.Columns)
        {
            for (var i = first; i < first + rows; i++)
            {
                Add(column, i);
            }
        }
    }

    private static void Add(NativeColumn column, int i)
    {
        switch (column.Name)
        {
            case "frame":
                column.Add((long)(i / 1_000));
                break;
            case "row_index":
                column.Add((long)(i % 1_000));
                break;
            case "instrument_id":
                column.Add(Names[i % Instruments]);
                break;
            case "market":
                column.Add(MarketNames[i % Markets.Length]);
                break;
            case "event_time_us" or "event_time":
                column.Add(Start + (i * 1_000L));
                break;
            case "price" or "bid" or "ask" or "volume":
                column.Add(30 + (i * 7919 % 10_007 / 100.0));
                break;
            case "key":
                column.Add(i * 0x1E3779B97F4A7C15L);
                break;
            default:
                AddSame(column);
                break;
        }
    }

    private static void AddSame(NativeColumn column)
    {
        if (column.Type.Kind is NativeKind.Text or NativeKind.LowCardinality)
        {
            column.Add("standard"u8);
        }
        else
        {
            column.Add(Start);
        }
    }

    private static readonly byte[][] Names =
        [.. Enumerable.Range(0, Instruments).Select(static n => System.Text.Encoding.UTF8.GetBytes($"NODE_{n:0000}_7_N001"))];

    private static readonly byte[][] MarketNames = [.. Markets.Select(System.Text.Encoding.UTF8.GetBytes)];

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
