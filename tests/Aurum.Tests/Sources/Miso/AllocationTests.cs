using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Sources.Miso;

/// <summary>What a row costs beside itself: nothing in the price table, and in reports what its node costs.</summary>
public sealed class AllocationTests
{
    private const int Nodes = 60;

    [Fact]
    public void A_further_row_of_the_price_table_costs_no_allocation()
    {
        var few = Table(intervals: 2);
        var many = Table(intervals: 150);
        _ = Cost(RealTimeLmp.Feed, many);
        var (costOfMany, rowsOfMany) = Cost(RealTimeLmp.Feed, many);
        var (costOfFew, rowsOfFew) = Cost(RealTimeLmp.Feed, few);
        Assert.Equal((150 * Nodes, 2 * Nodes), (rowsOfMany, rowsOfFew));
        Assert.InRange(costOfMany - costOfFew, -20_000, 20_000);
    }

    [Fact]
    public void A_node_of_a_report_costs_its_names_and_its_prices()
    {
        const int ReportNodes = 1500;
        var report = Report(ReportNodes);
        _ = Cost(DayAheadLmp.ExPost, report);
        var (cost, rows) = Cost(DayAheadLmp.ExPost, report);
        Assert.Equal(24 * ReportNodes, rows);
        Assert.InRange(cost / ReportNodes, 0, 3000);
    }

    private static (long Bytes, long Rows) Cost(Feed<LmpRow> feed, FeedFile file)
    {
        var rows = new CountedRows();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Outcome.Data, feed.Parse(file, rows).Outcome);
        return (GC.GetAllocatedBytesForCurrentThread() - before, rows.Count);
    }

    private static FeedFile Table(int intervals)
    {
        var text = new StringBuilder("{\"headers\":[\"INTERVAL\",\"CPNODE\",\"LMP\",\"MLC\",\"MCC\"],\"data\":[");
        for (var interval = 0; interval < intervals; interval++)
        {
            var start = new LocalDateTime(2026, 10, 2, 0, 0).PlusMinutes(5 * interval);
            var stamp = start.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            for (var node = 0; node < Nodes; node++)
            {
                text.Append(interval + node > 0 ? "," : "");
                text.Append($"[\"{stamp}\",\"AREA.NODE{node}\",\"31.55\",\"-2.95\",\"0.0{node % 10}\"]");
            }
        }

        return FeedFile.FromBytes("Rolling.json", Encoding.UTF8.GetBytes(text.Append("]}").ToString()));
    }

    private static FeedFile Report(int nodes)
    {
        var text = new StringBuilder("Day Ahead Market ExPost LMPs\n10/01/2026\n\n,,,All Hours-Ending are Eastern Standard Time (EST)\n");
        text.Append("Node,Type,Value").Append(string.Concat(Enumerable.Range(1, 24).Select(hour => $",HE {hour}"))).Append('\n');
        foreach (var part in (string[])["LMP", "MCC", "MLC"])
        {
            for (var node = 0; node < nodes; node++)
            {
                text.Append($"AREA.NODE{node},Gennode,{part}").Append(string.Concat(Enumerable.Repeat(",-.37", 24))).Append('\n');
            }
        }

        return FeedFile.FromBytes("20261001_da_expost_lmp.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private sealed class CountedRows : IRowOutput<LmpRow>
    {
        public long Count { get; private set; }

        public void OnRows(ReadOnlySpan<LmpRow> rows) => Count += rows.Length;
    }
}
