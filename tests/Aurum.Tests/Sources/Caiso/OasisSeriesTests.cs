using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources;
using Aurum.Sources.Caiso;

namespace Aurum.Tests.Sources.Caiso;

/// <summary>OASIS reports of which no recording is at hand: column lists after what collectors of them print.</summary>
public sealed class OasisSeriesTests
{
    private const string Reserves =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,ANC_TYPE,ANC_REGION,XML_DATA_ITEM,POS,MW,"
        + "GROUP\n";

    private const string Results =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,ANC_TYPE,ANC_REGION,GRP,MARKET_RUN_ID,RESULT_TYPE,UOM,POS,"
        + "XML_DATA_ITEM,MW,GROUP\n";

    private const string Fuels =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,FUEL_REGION_ID_XML,FUEL_REGION_ID,PRC,GROUP\n";

    private const string Repeated = "2025-11-02T09:00:00-00:00,2025-11-02T10:00:00-00:00,2025-11-02,25,";

    [Fact]
    public void Hour_ahead_reserves_read_the_repeated_hour_of_November_2025()
    {
        var rows = ParsedFile.RowsOf(
            AncillaryPricesHourAhead.Feed, "f.csv", Reserves + Repeated + "0,HASP,SR,AS_CAISO_EXP,SP_CLR_PRC,1,4.5,1\n").Rows;
        var row = Assert.Single(rows);
        Assert.Equal(("2025-11-02T09:00:00Z", 60), ($"{row.Delivery.Start}", row.Delivery.Minutes));
        Assert.Equal(("SR", 4.5), (row.Product.Text, row.PriceUsdPerMw));
        Assert.Equal(("AS_CAISO_EXP", LocationType.System), (row.Region.Id, row.Region.Type));
    }

    [Fact]
    public void The_hour_after_the_one_that_March_2025_skips_is_operating_hour_4()
    {
        const string Row = "2025-03-09T10:00:00-00:00,2025-03-09T11:00:00-00:00,2025-03-09,4,FRPGE1,FRPGE1,3.71,1\n";
        var point = Assert.Single(ParsedFile.RowsOf(FuelPrices.Feed, "f.csv", Fuels + Row).Rows);
        Assert.Equal(("PRC_FUEL/FRPGE1", "USD/MMBtu", 3.71), (point.Series.Id, point.Series.Unit, point.Value));
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            FuelPrices.Feed, "f.csv", Fuels + Row.Replace("09,4,", "09,3,", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cost_of_reserves_is_in_dollars_though_its_column_is_called_MW()
    {
        var rows = ParsedFile.RowsOf(
            AncillaryResults.Feed, "f.csv",
            Results + Repeated + "0,SR,AS_CAISO,ALL,DAM,AS_BUY_MW,MW,1,SP_PROC_MW,700,1\n"
                + Repeated + "0,SR,AS_CAISO,ALL,DAM,AS_COST,US$,1,SP_COST,3150,2\n").Rows;
        Assert.Equal(
            [("AS_RESULTS/DAM/AS_CAISO/SR/AS_BUY_MW", "MW", 700.0), ("AS_RESULTS/DAM/AS_CAISO/SR/AS_COST", "USD", 3150)],
            rows.Select(p => (p.Series.Id, p.Series.Unit, p.Value)));
    }

    [Theory]
    [InlineData(Reserves + Repeated + "0,DAM,SR,AS_CAISO,SP_CLR_PRC,1,4.5,1\n", "caiso/ancillary-prices")]
    [InlineData(Reserves + Repeated + "0,HASP,SR,AS_CAISO,SP_CLR_PRC,1,4.5,1\n", "caiso/ancillary-prices-hour-ahead")]
    [InlineData(Reserves + Repeated + "0,DAM,SR,AS_CAISO,SP_REQ_MIN_MW,1,700,1\n", "caiso/ancillary-requirements")]
    [InlineData(Results + Repeated + "0,SR,AS_CAISO,ALL,DAM,AS_MW,MW,1,SP_TOT_MW,700,1\n", "caiso/ancillary-results")]
    [InlineData(Fuels + Repeated + "FRPGE1,FRPGE1,3.7,1\n", "caiso/fuel-prices")]
    public void Reports_with_the_same_columns_are_told_apart(string text, string feed) =>
        Assert.Equal(feed, FeedDetection.Detect(FeedFile.FromBytes("f.csv", Encoding.UTF8.GetBytes(text))).Feed?.Id.Text);

    [Fact]
    public void A_report_without_a_market_run_is_asked_for_without_one()
    {
        var day = GhgAllowancePrice.Feed.Day(new NodaTime.LocalDate(2025, 11, 2));
        var request = Assert.Single(GhgAllowancePrice.Feed.Locate(day, day.End));
        Assert.Equal(
            "/SingleZip?queryname=PRC_GHG_ALLOWANCE&version=1&startdatetime=20251102T07:00-0000&enddatetime=20251103T08:00-0000"
                + "&resultformat=6",
            request.PathAndQuery);
        Assert.Equal("20251102_20251103_PRC_GHG_ALLOWANCE_v1.zip", request.FileName);
    }

    [Fact]
    public void Public_bids_are_due_when_they_are_90_days_old()
    {
        var day = PublicBids.Feed.Day(new NodaTime.LocalDate(2025, 11, 2));
        Assert.Equal(NodaTime.Duration.FromDays(90), PublicBids.Feed.Schedule.FirstAt);
        Assert.Equal(
            "/GroupZip?groupid=PUB_DAM_GRP&version=3&startdatetime=20251102T07:00-0000&enddatetime=20251103T08:00-0000&resultformat=6",
            Assert.Single(PublicBids.Feed.Locate(day, day.End)).PathAndQuery);
    }

    [Theory]
    [InlineData("SCH_BID_Y1AXISDATA", "SCH_BID_PRICE", "expected a column SCH_BID_Y1AXISDATA, found ")]
    [InlineData(",DAM,", ",RTM,", "expected DAM in MARKET_RUN_ID, found 'RTM'")]
    [InlineData(",160,", ",70,1,", "expected 26 fields as in the header, found 27")]
    [InlineData(",19.72,", ",n/a,", "expected a decimal in SCH_BID_Y1AXISDATA, found 'n/a'")]
    [InlineData(
        "T16:00:00-00:00,160", "T08:00:00-00:00,160",
        "expected an end after the start, within 25 hours, in SCH_BID_TIMEINTERVALSTOP_GMT")]
    public void A_bid_that_is_not_what_it_should_be_fails_by_name(string old, string changed, string message)
    {
        const string Bid =
            "STARTTIME,STOPTIME,STARTTIME_GMT,STOPTIME_GMT,STARTDATE,MARKET_RUN_ID,RESOURCE_TYPE,SCHEDULINGCOORDINATOR_SEQ,RESOURCEBID_SEQ,"
            + "TIMEINTERVALSTART,TIMEINTERVALEND,TIMEINTERVALSTART_GMT,TIMEINTERVALEND_GMT,PRODUCTBID_DESC,PRODUCTBID_MRID,"
            + "MARKETPRODUCT_DESC,MARKETPRODUCTTYPE,SELFSCHEDMW,SCH_BID_TIMEINTERVALSTART,SCH_BID_TIMEINTERVALSTOP,"
            + "SCH_BID_TIMEINTERVALSTART_GMT,SCH_BID_TIMEINTERVALSTOP_GMT,SCH_BID_XAXISDATA,SCH_BID_Y1AXISDATA,SCH_BID_Y2AXISDATA,"
            + "SCH_BID_CURVETYPE\n"
            + ",,,,,DAM,GENERATOR,987990,509317,,,,,,,,EN,,,,2018-03-11T08:00:00-00:00,2018-03-11T16:00:00-00:00,160,19.72,,BIDPRICE\n";
        Assert.Equal(19.72, Assert.Single(ParsedFile.RowsOf(PublicBids.Feed, "b.csv", Bid).Rows).Value);
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(PublicBids.Feed, "b.csv", Bid.Replace(old, changed, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
