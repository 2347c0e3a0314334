using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Spp;
using NodaTime;

namespace Aurum.Tests.Sources.Spp;

public sealed class SppPricesTests
{
    // Synthetic rows in the forms that SPP's recorded files have.
    private const string Header = "Interval,GMTIntervalEnd,Settlement Location,Pnode,LMP,MLC,MCC,MEC\n";
    private const string Row = "03/19/2025 01:00:00,03/19/2025 06:00:00,AEC,SOUC,9.6667,0.1410,-2.1891,11.7148\n";

    [Fact]
    public void Reads_a_recorded_day_with_its_many_negative_prices()
    {
        var rows = Recorded(DayAheadLmp.Location, "DA-LMP-SL-202503190100_trimmed.csv");
        Assert.Equal(10_915, rows.Count(r => r.LmpUsdPerMwh < 0));
        Assert.Equal(233_075.5175, rows.Sum(r => r.LmpUsdPerMwh), 4);
        Assert.Equal(-9_754.318, rows.Sum(r => r.LossUsdPerMwh), 4);
        Assert.Equal(-169_062.9766, rows.Sum(r => r.CongestionUsdPerMwh), 4);
        Assert.Equal(411_892.8121, rows.Sum(r => r.EnergyUsdPerMwh), 4);
        var hub = rows.First(r => r.Location.Id == "GRDA_HUB");
        Assert.Equal((LocationType.Hub, "GRDA_H"), (hub.Location.Type, hub.Location.PublisherId));
        Assert.Equal(new LmpRow(hub.Location, hub.Delivery, 14.4204, 11.7148, 2.7342, -0.0286, double.NaN), hub);
        var kinds = rows.Select(r => r.Location).Distinct().CountBy(p => p.Type).ToDictionary();
        Assert.Equal((5, 23, 1206), (kinds[LocationType.Hub], kinds[LocationType.Interface], kinds[LocationType.Node]));
    }

    [Theory]
    [InlineData("DA-LMP-SL-202503190100_trimmed.csv")]
    [InlineData("DA-LMP-SL-202603080100_reduced.csv")]
    [InlineData("DA-LMP-SL-202604120100_reduced.csv")]
    [InlineData("DA-LMP-SL-202610010100_reduced.csv")]
    public void Loss_congestion_and_energy_add_up_to_the_price(string file) => Assert.All(
        Recorded(DayAheadLmp.Location, file),
        r => Assert.Equal(r.LmpUsdPerMwh, r.LossUsdPerMwh + r.CongestionUsdPerMwh + r.EnergyUsdPerMwh, 9));

    [Fact]
    public void Reads_a_recorded_interval_with_a_price_of_2271_dollars()
    {
        var rows = Recorded(RealTimeLmp.Location, "RTBM-LMP-SL-202503310840.csv");
        Assert.Equal((-95.4817, 2271.7646), (rows.Min(r => r.LmpUsdPerMwh), rows.Max(r => r.LmpUsdPerMwh)));
        Assert.All(rows, r => Assert.Equal("2025-03-31T13:35:00Z/2025-03-31T13:40:00Z", r.Delivery.ToString()));
    }

    [Fact]
    public void Reads_the_23_hour_day_of_March_2026()
    {
        var north = Recorded(DayAheadLmp.Location, "DA-LMP-SL-202603080100_reduced.csv")
            .Where(r => r.Location.Id == "SPPNORTH_HUB").ToList();
        Assert.Equal(23, north.Count);
        Assert.All(north.Zip(north.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
    }

    [Fact]
    public void Reads_the_25_hour_day_of_November_2025_whose_label_02_comes_twice()
    {
        var (_, rows) = ParsedFile.RowsOf(DayAheadLmp.Location, "DA-LMP-SL-202511020100.csv", Header
            + "11/02/2025 01:00:00,11/02/2025 06:00:00,AEC,SOUC,1.0000,0.0000,0.0000,1.0000\n"
            + "11/02/2025 02:00:00,11/02/2025 07:00:00,AEC,SOUC,2.0000,0.0000,0.0000,2.0000\n"
            + "11/02/2025 02:00:00,11/02/2025 08:00:00,AEC,SOUC,3.0000,0.0000,0.0000,3.0000\n"
            + "11/02/2025 03:00:00,11/02/2025 09:00:00,AEC,SOUC,4.0000,0.0000,0.0000,4.0000\n");
        Assert.Equal([1.0, 2, 3, 4], rows.Select(r => r.LmpUsdPerMwh));
        Assert.Equal([5, 6, 7, 8], rows.Select(r => r.Delivery.Start.InUtc().Hour));
    }

    [Fact]
    public void An_hour_that_is_shifted_against_GMT_fails_by_name()
    {
        var text = Header + Row.Replace("03/19/2025 06", "03/19/2025 07", StringComparison.Ordinal);
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Location, "spp.csv", text));
        Assert.Equal(
            "spp.csv:2: expected the Central time of 2025-03-19T07:00:00Z in Interval, found '03/19/2025 01:00:00'", error.Message);
    }

    [Theory]
    [InlineData("Interval,GMTIntervalEnd,BAA,Settlement Location,Pnode,LMP,MLC,MCC,MEC",
        "06/04/2026 01:00:00,06/04/2026 06:00:00,SWPW,AVA,AVA,20.4000,-0.5000,-0.1000,21.0000")]
    [InlineData("INTERVAL,GMTINTERVALEND,BAA,SETTLEMENT_LOCATION,PNODE,LMP,MLC,MCC,MEC",
        "6/4/2026 1:00,6/4/2026 6:00,SWPW,AVA,AVA,20.4,-0.5,-0.1,21")]
    [InlineData("Interval,GMTIntervalEnd,Settlement Location,Pnode,LMP,MLC,MCC,MEC,BAA",
        "06/04/2026 01:00:00,06/04/2026 06:00:00,AVA,AVA,20.4000,-0.5000,-0.1000,21.0000,SWPW")]
    [InlineData("GMTIntervalEnd,Interval,MEC,MCC,MLC,LMP,Pnode,Settlement Location",
        "06/04/2026 06:00:00,06/04/2026 01:00:00,21.0,-0.1,-0.5,20.4,AVA,AVA")]
    public void Every_form_of_the_header_gives_the_same_row(string header, string row)
    {
        var (result, rows) = ParsedFile.RowsOf(DayAheadLmp.Location, "DA-LMP-SL-202606040100.csv", $"{header}\n{row}\n");
        var hour = DeliveryInterval.EndingAt(Instant.FromUtc(2026, 6, 4, 6, 0), 60);
        var expected = new LmpRow(new Location("AVA", LocationType.Node), hour, 20.4, 21, -0.1, -0.5, double.NaN);
        Assert.Equal(expected, Assert.Single(rows));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void The_file_of_a_real_time_day_has_names_of_its_own()
    {
        var (_, rows) = ParsedFile.RowsOf(
            RealTimeLmp.Location,
            "RTBM-LMP-DAILY-SL-20260601.csv",
            "Interval,GMT Interval,Settlement Location Name,PNODE Name,LMP,MLC,MCC,MEC,BAA\n"
            + "06/01/2026 00:05:00,06/01/2026 05:05:00,AVA,AVA,20.4000,-0.5000,-0.1000,21.0000,SWPW\n"
            + "06/02/2026 00:00:00,06/02/2026 05:00:00,AVA,AVA,20.4000,-0.5000,-0.1000,21.0000,SWPW\n");
        Assert.Equal(
            ["2026-06-01T05:00:00Z/2026-06-01T05:05:00Z", "2026-06-02T04:55:00Z/2026-06-02T05:00:00Z"],
            rows.Select(r => r.Delivery.ToString()));
    }

    [Fact]
    public void A_bus_is_called_by_its_pricing_node()
    {
        var (_, rows) = ParsedFile.RowsOf(DayAheadLmp.Bus, "DA-LMP-B-202503190100.csv", Header + Row);
        Assert.Equal(new Location("SOUC", LocationType.Node), Assert.Single(rows).Location);
    }

    [Fact]
    public void A_renamed_column_is_named_with_its_nearest()
    {
        var text = Header.Replace("GMTIntervalEnd", "GMTIntervalEnds", StringComparison.Ordinal) + Row;
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Location, "spp.csv", text));
        Assert.Contains("spp.csv:1: expected a column GMTIntervalEnd or GMT Interval, found", error.Message, StringComparison.Ordinal);
        Assert.Contains("(nearest: GMTIntervalEnds)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_that_is_no_number_is_named()
    {
        var text = Header + Row.Replace("9.6667", "n/a", StringComparison.Ordinal);
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Location, "spp.csv", text));
        Assert.Equal("spp.csv:2: expected a decimal in LMP, found 'n/a'", error.Message);
    }

    [Fact]
    public void A_blank_price_is_unknown()
    {
        var text = Header + Row.Replace("9.6667", "", StringComparison.Ordinal);
        Assert.True(double.IsNaN(Assert.Single(ParsedFile.RowsOf(DayAheadLmp.Location, "spp.csv", text).Rows).LmpUsdPerMwh));
    }

    [Fact]
    public void An_answer_that_ends_inside_a_line_is_cut()
    {
        var file = FeedFile.FromBytes("DA-LMP-SL-202503190100.csv", System.Text.Encoding.UTF8.GetBytes(Header + Row[..^3]));
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Location, file with { IsAnswer = true }));
        Assert.Single(ParsedFile.RowsOf(DayAheadLmp.Location, file).Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Header)]
    public void An_interval_whose_file_has_no_row_is_a_hole(string text)
    {
        var (result, rows) = ParsedFile.RowsOf(RealTimeLmp.Location, "RTBM-LMP-SL-202503310845.csv", text);
        Assert.Equal((Outcome.ProvenEmpty, 0), (result.Outcome, rows.Count));
    }

    [Fact]
    public void A_web_page_with_status_200_is_no_data() => Assert.Equal(
        Outcome.Unavailable,
        ParsedFile.RowsOf(RealTimeLmp.Location, "x.csv", "<html><head><title>Sorry</title></head></html>").Result.Outcome);

    private static List<LmpRow> Recorded(Feed<LmpRow> feed, string file) =>
        ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("spp", file))).Rows;
}
