using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Nyiso;

namespace Aurum.Tests.Sources.Nyiso;

public sealed class AncillaryPricesTests
{
    private const string DayAheadHeader = "\"Time Stamp\",\"Time Zone\",\"Name\",\"PTID\",\"10 Min Spinning Reserve ($/MWHr)\","
        + "\"10 Min Non-Synchronous Reserve ($/MWHr)\",\"30 Min Operating Reserve ($/MWHr)\",\"NYCA Regulation Capacity ($/MWHr)\"";

    private const string RealTimeHeader = DayAheadHeader + ",\"NYCA Regulation Movement ($/MW)\"";

    [Fact]
    public void Day_ahead_prices_of_the_25_hour_day_of_November_2025_have_the_repeated_hour_twice()
    {
        var (result, rows) = DayAhead(
            "\"11/02/2025 00:00\",\"EDT\",\"WEST\",61752,5.00,4.00,3.00,9.50",
            "\"11/02/2025 01:00\",\"EDT\",\"WEST\",61752,5.10,4.00,3.00,9.50",
            "\"11/02/2025 01:00\",\"EST\",\"WEST\",61752,5.20,4.00,3.00,9.50",
            "\"11/02/2025 02:00\",\"EST\",\"WEST\",61752,5.30,4.00,3.00,");
        Assert.Equal(Outcome.Data, result.Outcome);
        var spinning = rows.Where(r => r.Product.Text == "10 Min Spinning Reserve").ToList();
        Assert.Equal([5.0, 5.1, 5.2, 5.3], spinning.Select(r => r.PriceUsdPerMw));
        Assert.Equal([4, 5, 6, 7], spinning.Select(r => r.Delivery.Start.InUtc().Hour));
        Assert.All(rows, r => Assert.Equal((60, "61752", LocationType.Zone), (r.Delivery.Minutes, r.Region.PublisherId, r.Region.Type)));
        Assert.Equal(
            ["10 Min Spinning Reserve", "10 Min Non-Synchronous Reserve", "30 Min Operating Reserve", "NYCA Regulation Capacity"],
            rows.Take(4).Select(r => r.Product.Text));
        Assert.True(double.IsNaN(rows[^1].PriceUsdPerMw));
    }

    [Fact]
    public void Real_time_stamps_name_the_end_of_five_minutes_also_where_the_clock_springs()
    {
        var (_, rows) = ParsedFile.RowsOf(
            AncillaryPrices.RealTime, "20250309rtasp.csv",
            Text(RealTimeHeader, "\"03/09/2025 03:00:00\",\"EDT\",\"N.Y.C.\",61761,1.00,1.00,0.00,8.00,0.22"));
        Assert.Equal("2025-03-09T06:55:00Z", $"{rows[0].Delivery.Start}");
        Assert.All(rows, r => Assert.Equal(5, r.Delivery.Minutes));
        Assert.Equal(("NYCA Regulation Movement", 0.22), (rows[^1].Product.Text, rows[^1].PriceUsdPerMw));
    }

    [Fact]
    public void The_movement_of_regulation_tells_the_two_markets_apart()
    {
        const string Row = "\"11/02/2025 00:00\",\"EDT\",\"WEST\",61752,5.00,4.00,3.00,9.50";
        Assert.True(AncillaryPrices.DayAhead.Recognizes(new FileHead("a.csv", "a.csv", Text(DayAheadHeader, Row))));
        Assert.False(AncillaryPrices.DayAhead.Recognizes(new FileHead("a.csv", "a.csv", Text(RealTimeHeader, Row + ",0.1"))));
        Assert.True(AncillaryPrices.RealTime.Recognizes(new FileHead("a.csv", "a.csv", Text(RealTimeHeader, Row + ",0.1"))));
    }

    [Fact]
    public void The_older_form_with_columns_for_East_and_West_fails_by_name()
    {
        const string Old = "Time Stamp,Time Zone,Name,PTID,East 10 Min Spinning Reserve ($/MWHr,NYCA Regulation Capacity ($/MWHr)";
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            AncillaryPrices.DayAhead, "20100101damasp.csv", Text(Old, "01/01/2010 00:00,EST,WEST,61752,1,2")));
        Assert.Contains("10 Min Spinning Reserve", error.Message, StringComparison.Ordinal);
        Assert.Contains("nearest: East 10 Min Spinning Reserve", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_is_proven_empty_and_a_cut_answer_is_refused()
    {
        Assert.Equal(Outcome.ProvenEmpty, DayAhead().Result.Outcome);
        var cut = FeedFile.FromBytes(
            "20251102damasp.csv",
            Encoding.UTF8.GetBytes(Text(DayAheadHeader, "\"11/02/2025 00:00\",\"EDT\",\"WEST\",61752,5.00,4.00,3.00,9.50")[..^2]));
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(AncillaryPrices.DayAhead, cut with { IsAnswer = true }));
    }

    private static (ParseResult Result, List<AncillaryPriceRow> Rows) DayAhead(params string[] lines) =>
        ParsedFile.RowsOf(AncillaryPrices.DayAhead, "20251102damasp.csv", Text(DayAheadHeader, lines));

    private static string Text(string header, params string[] lines) => string.Join("\r\n", [header, .. lines, ""]);
}
