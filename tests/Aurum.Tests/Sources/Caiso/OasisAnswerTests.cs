using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Caiso;
using Aurum.Tests.Sources.Reading;
using NodaTime;

namespace Aurum.Tests.Sources.Caiso;

/// <summary>Forms of OASIS answers that no recording shows; synthetic, after what clients of OASIS document.</summary>
public sealed class OasisAnswerTests
{
    private const string Header =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,"
        + "LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP\n";

    [Fact]
    public void Prices_of_version_12_carry_a_greenhouse_gas_part()
    {
        var text = Csv(Line("LMP", 50), Line("MCC", 1), Line("MCE", 40), Line("MCL", 2), Line("MGHG", 7));
        var row = Assert.Single(Prices(DayAheadLmp.Feed, text));
        Assert.Equal((50, 40, 1, 2, 7), Parts(row));
        Assert.Equal(("TH_NP15_GEN-APND", LocationType.Hub), (row.Location.Id, row.Location.Type));
    }

    [Fact]
    public void A_zip_with_one_file_for_each_part_gives_whole_prices()
    {
        var zip = Packed.Zip(
            ("20250101_PRC_LMP_DAM_LMP_v12.csv", Csv(Line("LMP", 50), Line("LMP", 60, "A"))),
            ("20250101_PRC_LMP_DAM_MCC_v12.csv", Csv(Line("MCC", 1), Line("MCC", 2, "A"))),
            ("20250101_PRC_LMP_DAM_MCE_v12.csv", Csv(Line("MCE", 40), Line("MCE", 40, "A"))),
            ("20250101_PRC_LMP_DAM_MCL_v12.csv", Csv(Line("MCL", 2), Line("MCL", 3, "A"))),
            ("20250101_PRC_LMP_DAM_MGHG_v12.csv", Csv(Line("MGHG", 7), Line("MGHG", 15, "A"))));
        var rows = Prices(DayAheadLmp.Feed, zip);
        Assert.Equal([(50.0, 40.0, 1.0, 2.0, 7.0), (60.0, 40.0, 2.0, 3.0, 15.0)], rows.Select(Parts));
    }

    [Fact]
    public void Prices_grouped_by_part_and_prices_without_parts_are_given_at_the_end()
    {
        var rows = Prices(DayAheadLmp.Feed, Csv(Line("LMP", 50), Line("LMP", 60, "A"), Line("MCC", 1), Line("MCC", 2, "A")));
        Assert.Equal([(50.0, 1.0), (60.0, 2.0)], rows.Select(r => (r.LmpUsdPerMwh, r.CongestionUsdPerMwh)));
        Assert.All(rows, r => Assert.True(double.IsNaN(r.EnergyUsdPerMwh)));
    }

    [Theory]
    [InlineData("VALUE")]
    [InlineData("PRC")]
    [InlineData("mw")]
    public void The_price_column_has_several_names(string column)
    {
        var text = Csv(Line("LMP", 50)).Replace(",MW,", $",{column},", StringComparison.Ordinal);
        Assert.Equal(50, Assert.Single(Prices(DayAheadLmp.Feed, text)).LmpUsdPerMwh);
    }

    [Fact]
    public void Columns_may_be_reordered_added_and_lost_but_for_those_that_matter()
    {
        var output = new RowList<LmpRow>();
        var text = "NEW,VALUE,LMP_TYPE,MARKET_RUN_ID,NODE,OPR_HR,OPR_DT,INTERVAL_END_GMT,INTERVAL_START_GMT\nx,50,LMP,DAM,"
            + "A,1,2025-01-01,2025-01-01T09:00:00-00:00,2025-01-01T08:00:00-00:00\n";
        var result = DayAheadLmp.Feed.Parse(File(text), output);
        Assert.Equal(["f.csv: unknown column NEW"], result.Notes);
        Assert.Equal(50, Assert.Single(output.Rows).LmpUsdPerMwh);
        Assert.StartsWith(
            "f.csv:1: expected a column LMP_TYPE, found ",
            Refusal(Csv(Line("LMP", 50)).Replace("LMP_TYPE", "LMPTYPE", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "(nearest: LMPTYPE)",
            Refusal(Csv(Line("LMP", 50)).Replace("LMP_TYPE", "LMPTYPE", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        ",2025-01-01,1,",
        ",2025-01-02,1,", "f.csv:2: expected operating day 2025-01-01 of 2025-01-01T08:00:00Z/2025-01-01T09:00:00Z in "
        + "OPR_DT, found '2025-01-02'")]
    [InlineData(
        ",2025-01-01,1,",
        ",2025-01-01,2,", "f.csv:2: expected operating hour 1 of 2025-01-01T08:00:00Z/2025-01-01T09:00:00Z in OPR_HR, found '2'")]
    [InlineData(
        "T09:00:00",
        "T08:00:00", "f.csv:2: expected an end after the start, within a day, in INTERVALENDTIME_GMT, found '2025-01-01T08:00:00-00:00'")]
    [InlineData(
        "T09:00:00",
        "T08:05:00", "f.csv:2: expected an interval of 60 minutes in INTERVALENDTIME_GMT, found '2025-01-01T08:05:00-00:00'")]
    [InlineData(
        ",LMP,",
        ",LMPX,", "f.csv:2: expected LMP, MCE, MCC, MCL or MGHG, or their data items, in LMP_TYPE, found 'LMPX'")]
    [InlineData(",50,", ",n/a,", "f.csv:2: expected a decimal in MW, found 'n/a'")]
    [InlineData(
        "T08:00:00-00:00",
        "T08:00:00", "f.csv:2: expected a time like 2020-05-10T12:00:00-00:00 in INTERVALSTARTTIME_GMT, found '2025-01-01T08:00:00'")]
    public void Columns_that_disagree_fail_by_name(string old, string changed, string message) =>
        Assert.Equal(message, Refusal(Csv(Line("LMP", 50)).Replace(old, changed, StringComparison.Ordinal)));

    [Fact]
    public void A_row_twice_is_noted_and_two_values_for_one_price_are_an_error()
    {
        var output = new RowList<LmpRow>();
        var result = DayAheadLmp.Feed.Parse(File(Csv(Line("LMP", 50), Line("LMP", 50))), output);
        Assert.Single(output.Rows);
        Assert.Equal(["1 rows repeat another with the same value"], result.Notes);
        Assert.Equal(
            "f.csv:3: expected one Price of TH_NP15_GEN-APND for an interval, found two, 50 and 51",
            Refusal(Csv(Line("LMP", 50), Line("LMP", 51))));
    }

    [Theory]
    [InlineData("1000", "No data returned for the specified selection", Outcome.ProvenEmpty)]
    [InlineData("1015", "GroupZip DownLoad is in Processing, Please Submit request after Sometime.", Outcome.NotYetPublished)]
    [InlineData("1006", "INVALID_REQUEST: market_run_id is not valid", Outcome.Unavailable)]
    public void Errors_inside_a_zip_have_their_outcome(string code, string text, Outcome outcome)
    {
        var xml = $"<m:OASISReport xmlns:m=\"x\"><m:MessagePayload><m:RTO><m:ERROR><m:ERR_CODE>{code}</m:ERR_CODE>"
            + $"<m:ERR_DESC>{text}</m:ERR_DESC></m:ERROR></m:RTO></m:MessagePayload></m:OASISReport>";
        var result = DayAheadLmp.Feed.Parse(FeedFile.FromBytes("z.zip", Packed.Zip(("INVALID_REQUEST.xml", xml))), new RowList<LmpRow>());
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal($"OASIS error {code}: {text}", result.Why);
    }

    [Theory]
    [InlineData("<html><head><title>Maintenance</title></head></html>", Outcome.Unavailable)]
    [InlineData("Too many requests. Please slow down.", Outcome.Throttled)]
    public void Pages_and_pleas_inside_a_zip_are_not_data(string text, Outcome outcome) => Assert.Equal(
        outcome, DayAheadLmp.Feed.Parse(FeedFile.FromBytes("z.zip", Packed.Zip(("a.csv", text))), new RowList<LmpRow>()).Outcome);

    [Fact]
    public void A_header_without_rows_and_rows_of_another_market_are_no_data()
    {
        Assert.Equal("f.csv: expected rows of PRC_LMP DAM, found none", Refusal(Header));
        Assert.Equal(
            "f.csv: expected rows of PRC_LMP DAM, found 1 rows of market runs other than DAM left out",
            Refusal(Csv(Line("LMP", 50)).Replace(",DAM,", ",HASP,", StringComparison.Ordinal)));
        Assert.Equal("f.csv: expected data, found an empty file", Refusal(" \n"));
    }

    [Fact]
    public void Prices_in_XML_are_told_by_their_data_items()
    {
        var items = new[] { ("LMP_PRC", 50), ("LMP_ENE_PRC", 40), ("LMP_CONG_PRC", 1), ("LMP_LOSS_PRC", 2), ("LMP_GHG_PRC", 7) };
        var data = string.Concat(items.Select(item =>
            $"<REPORT_DATA><DATA_ITEM>{item.Item1}</DATA_ITEM><RESOURCE_NAME>DLAP_SCE-APND</RESOURCE_NAME><OPR_DATE>"
            + $"2025-11-02</OPR_DATE><INTERVAL_NUM>3</INTERVAL_NUM>"
            + $"<INTERVAL_START_GMT>2025-11-02T09:00:00-00:00</INTERVAL_START_GMT><INTERVAL_END_GMT>"
            + $"2025-11-02T10:00:00-00:00</INTERVAL_END_GMT><VALUE>{item.Item2}</VALUE></REPORT_DATA>"));
        var xml = $"<OASISReport><REPORT_ITEM><REPORT_HEADER><REPORT>PRC_LMP</REPORT><MKT_TYPE>DAM</MKT_TYPE><UOM>"
            + $"US$/MWh</UOM></REPORT_HEADER>{data}</REPORT_ITEM></OASISReport>";
        foreach (var number in new[] { "3", "25" })
        {
            var row = Assert.Single(Prices(DayAheadLmp.Feed, xml.Replace("NUM>3<", $"NUM>{number}<", StringComparison.Ordinal)));
            Assert.Equal((50, 40, 1, 2, 7), Parts(row));
            Assert.Equal(LocationType.Aggregate, row.Location.Type);
        }

        Assert.Equal(
            "f.csv:1: expected interval 3 of 2025-11-02T09:00:00Z/2025-11-02T10:00:00Z in IntervalNumber, found '4'",
            Refusal(xml.Replace("NUM>3<", "NUM>4<", StringComparison.Ordinal)));
        Assert.Equal("f.csv:1: expected report PRC_LMP, found "
            + "PRC_AS", Refusal(xml.Replace(">PRC_LMP<", ">PRC_AS<", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reserve_prices_are_told_by_region_and_service_in_CSV_and_XML()
    {
        const string Csv = "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,ANC_TYPE,"
            + "ANC_REGION,XML_DATA_ITEM,POS,MW,GROUP\n"
            + "2025-01-01T08:00:00-00:00,2025-01-01T09:00:00-00:00,2025-01-01,1,0,DAM,SR,AS_SP26,SP_CLR_PRC,1,1.5,1\n";
        const string Xml = "<OASISReport><REPORT_ITEM><REPORT_HEADER><REPORT>PRC_AS</REPORT><MKT_TYPE>DAM</MKT_TYPE>"
            + "</REPORT_HEADER><REPORT_DATA><DATA_ITEM>SP_CLR_PRC</DATA_ITEM>"
            + "<RESOURCE_NAME>AS_SP26</RESOURCE_NAME><OPR_DATE>2025-01-01</OPR_DATE><INTERVAL_NUM>1</INTERVAL_NUM>"
            + "<INTERVAL_START_GMT>2025-01-01T08:00:00-00:00</INTERVAL_START_GMT>"
            + "<INTERVAL_END_GMT>2025-01-01T09:00:00-00:00</INTERVAL_END_GMT><VALUE>1.5</VALUE></REPORT_DATA>"
            + "</REPORT_ITEM></OASISReport>";
        foreach (var text in new[] { Csv, Xml })
        {
            var output = new RowList<AncillaryPriceRow>();
            Assert.Equal(Outcome.Data, AncillaryPrices.Feed.Parse(File(text), output).Outcome);
            var row = Assert.Single(output.Rows);
            Assert.Equal(("AS_SP26", "SR", 1.5), (row.Region.Id, row.Product.Text, row.PriceUsdPerMw));
        }
    }

    [Fact]
    public void A_day_is_asked_for_in_GMT_from_midnight_to_midnight_of_the_Pacific_clock()
    {
        var day = DayAheadLmp.Feed.Day(new LocalDate(2025, 11, 2));
        var request = Assert.Single(DayAheadLmp.Feed.Locate(day, Instant.FromUtc(2025, 11, 1, 20, 0)));
        Assert.Equal("caiso-oasis", request.Site);
        Assert.Equal("20251102_20251103_PRC_LMP_DAM_v12.zip", request.FileName);
        Assert.StartsWith(
            "/SingleZip?queryname=PRC_LMP&version=12&market_run_id=DAM&startdatetime=20251102T07:00-0000&"
            + "enddatetime=20251103T08:00-0000&resultformat=6&node=TH_NP15_GEN-APND,",
            request.PathAndQuery,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hour_ahead_prices_are_asked_for_hour_by_hour_as_far_as_they_can_be_there()
    {
        var day = HourAheadLmp.Feed.Day(new LocalDate(2025, 11, 2));
        Assert.Equal(25, HourAheadLmp.Feed.Locate(day, day.End).Count);
        var early = HourAheadLmp.Feed.Locate(day, day.Start + Duration.FromMinutes(70));
        Assert.Equal(3, early.Count);
        Assert.Contains("startdatetime=20251102T09:00-0000&"
            + "enddatetime=20251102T10:00-0000", early[2].PathAndQuery, StringComparison.Ordinal);
    }

    private static (double Lmp, double Energy, double Congestion, double Loss, double Ghg) Parts(LmpRow row) =>
        (row.LmpUsdPerMwh, row.EnergyUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh, row.GhgUsdPerMwh);

    private static string Csv(params string[] lines) => Header + string.Concat(lines);

    private static string Line(string type, double value, string node = "TH_NP15_GEN-APND") => FormattableString.Invariant(
        $"2025-01-01T08:00:00-00:00,2025-01-01T09:00:00-00:00,2025-01-01,1,0,{node},{node},{node},DAM,{type},X,{node},ALL,1,{value},1\n");

    private static FeedFile File(string text) => FeedFile.FromBytes("f.csv", Encoding.UTF8.GetBytes(text));

    private static string Refusal(string text) =>
        Assert.Throws<FeedFormatException>(() => DayAheadLmp.Feed.Parse(File(text), new RowList<LmpRow>())).Message;

    private static List<LmpRow> Prices(Feed<LmpRow> feed, string text) => Prices(feed, Encoding.UTF8.GetBytes(text));

    private static List<LmpRow> Prices(Feed<LmpRow> feed, byte[] content)
    {
        var output = new RowList<LmpRow>();
        Assert.Equal(Outcome.Data, feed.Parse(FeedFile.FromBytes("f.csv", content), output).Outcome);
        return output.Rows;
    }
}
