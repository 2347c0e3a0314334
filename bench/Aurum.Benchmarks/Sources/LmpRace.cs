using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Caiso;

namespace Aurum.Benchmarks.Sources;

/// <summary>Races the real parser of CAISO's day-ahead prices against another reader of the same bytes into the same
/// rows.</summary>
internal static class LmpRace
{
    private const int Nodes = 1500;

    /// <summary>Rows of the file for a node and day: 24 hours of five parts.</summary>
    private const int RowsPerGroup = 120;

    private const int AllocationTries = 3;

    public static BenchResult Run(
        BenchOptions options,
        string name,
        Func<IEnumerable<(int Node, int Day)>, byte[]> make,
        string baselineName,
        Func<byte[], IRowOutput<LmpRow>, long> baseline)
    {
        var nodes = Math.Max(8, options.Scaled(Nodes));
        var bytes = make(Enumerable.Range(0, nodes).Select(static node => (node, 0)));
        var expected = Sum(bytes, baseline);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Check(bytes, Parse, expected)),
            new Contestant(baselineName, () => Check(bytes, baseline, expected)));
        var input = string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes * RowsPerGroup:N0} rows of {bytes.Length / 1e6:N1} MB; "
            + $"{measured[0].ItemsPerCpuSecond * bytes.Length / (nodes * RowsPerGroup) / 1e6:N0} MB a CPU-second; "
            + $"bytes/item beside those for the file and each place");
        var result = BenchResult.OfRates(name, "rows", measured[0], measured[1], input);
        return result with { AllocatedBytesPerItem = AllocatedByRow(nodes, make) };
    }

    /// <summary>What further rows allocate: a file of two days against one that has the same places and hours, but of the second
    /// day one place alone.</summary>
    private static double AllocatedByRow(int nodes, Func<IEnumerable<(int Node, int Day)>, byte[]> make)
    {
        var first = Enumerable.Range(0, nodes).Select(static node => (node, 0)).ToList();
        var small = make([.. first, (0, 1)]);
        var large = make([.. first, .. Enumerable.Range(0, nodes).Select(static node => (node, 1))]);
        // The least of some tries: a collection in between may have emptied the pool of buffers.
        var bytes = Enumerable.Range(0, AllocationTries).Min(_ => Allocated(large) - Allocated(small));
        return Math.Max(0, Math.Round(bytes / (double)((nodes - 1) * RowsPerGroup), 4));
    }

    private static long Allocated(byte[] file)
    {
        var output = new Total();
        Parse(file, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse(file, output);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Parse(byte[] bytes, IRowOutput<LmpRow> output)
    {
        var file = new FeedFile("20250601_20250602_PRC_LMP_DAM_v12", () => new MemoryStream(bytes, writable: false));
        var result = DayAheadLmp.Feed.Parse(file, output);
        return result.Outcome == Outcome.Data ? ((Total)output).Prices * 5 : throw new InvalidDataException(result.Why);
    }

    private static double Sum(byte[] bytes, Func<byte[], IRowOutput<LmpRow>, long> read)
    {
        var total = new Total();
        read(bytes, total);
        return total.Sum;
    }

    /// <summary>Both must give the same prices: a fast wrong reader wins nothing.</summary>
    private static long Check(byte[] bytes, Func<byte[], IRowOutput<LmpRow>, long> read, double expected)
    {
        var total = new Total();
        var rows = read(bytes, total);
        return Math.Abs(total.Sum - expected) < 1e-3
            ? rows
            : throw new InvalidDataException($"prices sum to {total.Sum}, not {expected}");
    }

    private sealed class Total : IRowOutput<LmpRow>
    {
        public double Sum { get; private set; }

        public long Prices { get; private set; }

        public void OnRows(ReadOnlySpan<LmpRow> rows)
        {
            foreach (ref readonly var row in rows)
            {
                Sum += row.LmpUsdPerMwh + (row.CongestionUsdPerMwh * 2) + (row.LossUsdPerMwh * 3) + (row.EnergyUsdPerMwh * 5)
                    + row.GhgUsdPerMwh + (row.Delivery.StartUnixSeconds % 86_400);
            }

            Prices += rows.Length;
        }
    }
}
