using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Ieso;
using NodaTime;

namespace Aurum.Tests.Sources.Ieso;

/// <summary>Small reports, made by hand in the publisher's form.</summary>
public sealed class IesoPricesTests
{
    private const string DayAhead = """
        CREATED AT 2025/03/08 12:33:34 FOR 2025/03/09
        Delivery Hour,Pricing Location,LMP,Energy Loss Price,Energy Congestion Price
        1,A.G1,44.03,-0.97,0.00
        3,A.G1,-5.10,-0.10,-40.00
        24,A.G1,30.00,0.00,0.00

        """;

    private const string RealTime = """
        CREATED AT 2025/11/02 01:07:27 FOR 2025/11/02
        Delivery Hour,Interval,Pricing Location,LMP,Energy Loss Price,Energy Congestion Price
        2,1,A.G1,35.79,0.09,-1.69
        2,12,A.G1,36.79,0.09,-1.69

        """;

    private const string Zones = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document docID="RealtimeZonalEnergyPrices" xmlns="http://www.ieso.ca/schema">
        <DocHeader><DocTitle>Real-Time 5-min Zonal Energy Price Report</DocTitle></DocHeader>
        <DocBody><DELIVERYDATE>2025-11-02</DELIVERYDATE><DELIVERYHOUR>2</DELIVERYHOUR>
        <TransactionZone><ZoneName>TORONTO:HUB</ZoneName>
        <IntervalPrice><Interval>1</Interval><ZonalPrice>35.50</ZonalPrice><EnergyLossPrice>0.10</EnergyLossPrice>
        <EnergyCongPrice>-1.00</EnergyCongPrice><Flag>DSO-RD</Flag></IntervalPrice>
        <IntervalPrice><Interval>2</Interval><ZonalPrice/><EnergyLossPrice/><EnergyCongPrice/><Flag/></IntervalPrice>
        </TransactionZone></DocBody></Document>
        """;

    [Fact]
    public void Reads_the_24_hour_day_of_March_2025_on_which_clocks_in_Toronto_skip_an_hour()
    {
        var (result, rows) = ParsedFile.RowsOf(DayAheadLmp.Feed, "PUB_DAHourlyEnergyLMP_20250309.csv", DayAhead);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(
            [Instant.FromUtc(2025, 3, 9, 5, 0), Instant.FromUtc(2025, 3, 9, 7, 0), Instant.FromUtc(2025, 3, 10, 4, 0)],
            rows.Select(r => r.Delivery.Start));
        Assert.Equal((-5.1, 35.0), (rows[1].LmpUsdPerMwh, rows[1].EnergyUsdPerMwh));
        Assert.Equal(24, DayAheadLmp.Feed.Day(new LocalDate(2025, 3, 9)).Hours);
    }

    [Fact]
    public void Reads_the_24_hour_day_of_November_2025_on_which_clocks_in_Toronto_repeat_an_hour()
    {
        var (_, rows) = ParsedFile.RowsOf(RealTimeLmp.Feed, "PUB_RealtimeEnergyLMP_2025110202.csv", RealTime);
        Assert.Equal(
            [Instant.FromUtc(2025, 11, 2, 6, 0), Instant.FromUtc(2025, 11, 2, 6, 55)], rows.Select(r => r.Delivery.Start));
        Assert.All(rows, r => Assert.Equal(5, r.Delivery.Minutes));
    }

    [Fact]
    public void Prices_are_in_Canadian_dollars() =>
        Assert.All(IesoFeeds.All.OfType<Feed<LmpRow>>(), f => Assert.Equal("CAD/MWh", f.Contract!.IsoUnit));

    [Fact]
    public void A_renamed_column_is_named_with_the_nearest_one() => Assert.Equal(
        "x.csv:2: expected a column LMP, found Delivery Hour,Pricing Location,LMPs,Energy Loss Price,Energy Congestion Price "
            + "(nearest: LMPs)",
        Fails(DayAheadLmp.Feed, DayAhead.Replace(",LMP,", ",LMPs,", StringComparison.Ordinal)));

    [Fact]
    public void An_impossible_hour_or_interval_is_named()
    {
        Assert.Equal(
            "x.csv:5: expected an hour from 1 to 24 in Delivery Hour, found '25'",
            Fails(DayAheadLmp.Feed, DayAhead.Replace("24,A", "25,A", StringComparison.Ordinal)));
        Assert.Equal(
            "x.csv:4: expected an interval from 1 to 12 of an hour from 1 to 24 in Interval, found '13'",
            Fails(RealTimeLmp.Feed, RealTime.Replace("2,12,", "2,13,", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_first_line_without_a_date_is_refused() => Assert.StartsWith(
        "x.csv:1: expected a line like CREATED AT 2026/06/29 12:33:34 FOR 2026/06/30, found",
        Fails(DayAheadLmp.Feed, DayAhead.Replace(" FOR ", " OF ", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_report_of_another_day_than_the_one_asked_for_is_refused()
    {
        var file = FeedFile.FromBytes("x.csv", Encoding.UTF8.GetBytes(DayAhead), DayAheadLmp.Feed.Day(new LocalDate(2025, 3, 8)));
        var error = Assert.Throws<FeedFormatException>(() => DayAheadLmp.Feed.Parse(file, new RowList<LmpRow>()));
        Assert.Equal("x.csv:1: expected a report for 2025-03-08, found one for 2025-03-09", error.Message);
    }

    [Fact]
    public void An_answer_that_ends_in_a_line_may_be_cut_and_a_persons_file_may_not()
    {
        var cut = Encoding.UTF8.GetBytes(DayAhead.TrimEnd()[..^1]);
        Assert.Equal(3, ParsedFile.RowsOf(DayAheadLmp.Feed, FeedFile.FromBytes("x.csv", cut)).Rows.Count);
        var answer = FeedFile.FromBytes("x.csv", cut) with { IsAnswer = true };
        Assert.Throws<FeedFormatException>(() => DayAheadLmp.Feed.Parse(answer, new RowList<LmpRow>()));
    }

    [Fact]
    public void A_header_without_a_row_and_a_web_page_are_no_data()
    {
        var header = string.Join('\n', DayAhead.Split('\n')[..2]) + "\n";
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(DayAheadLmp.Feed, "x.csv", header).Result.Outcome);
        var page = ParsedFile.RowsOf(RealTimeZonalPrice.Zones, "x.xml", "<html><head><title>Down</title></head></html>");
        Assert.Equal(Outcome.Unavailable, page.Result.Outcome);
        Assert.StartsWith("x.csv", Fails(DayAheadLmp.Feed, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Zones_have_the_intervals_so_far()
    {
        var (_, rows) = ParsedFile.RowsOf(RealTimeZonalPrice.Zones, "x.xml", Zones);
        var row = Assert.Single(rows);
        Assert.Equal(("TORONTO:HUB", LocationType.Zone), (row.Location.Id, row.Location.Type));
        Assert.Equal((35.5, 36.4, -1.0, 0.1), (row.LmpUsdPerMwh, row.EnergyUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh));
        Assert.Equal(Instant.FromUtc(2025, 11, 2, 6, 0), row.Delivery.Start);
    }

    [Fact]
    public void Day_ahead_zones_join_their_three_lists()
    {
        const string Report = """
            <Document docID="DAHourlyZonal" xmlns="http://www.ieso.ca/schema"><DocHeader/><DocBody>
            <DeliveryDate>2026-06-30</DeliveryDate><HourlyPrices><TransactionZone><ZoneName>ESSA:HUB</ZoneName>
            <Components><PriceComponent>Zonal Price</PriceComponent>
            <DeliveryHour><Hour>1</Hour><LMP>44.50</LMP><FLAG>0</FLAG></DeliveryHour>
            <DeliveryHour><Hour>24</Hour><LMP>40</LMP><FLAG>0</FLAG></DeliveryHour></Components>
            <Components><PriceComponent>Energy Loss Price</PriceComponent>
            <DeliveryHour><Hour>1</Hour><LMP>-0.5</LMP><FLAG>0</FLAG></DeliveryHour>
            <DeliveryHour><Hour>24</Hour><LMP>1</LMP><FLAG>0</FLAG></DeliveryHour></Components>
            <Components><PriceComponent>Energy Congestion Price</PriceComponent>
            <DeliveryHour><Hour>1</Hour><LMP>0</LMP><FLAG>0</FLAG></DeliveryHour>
            <DeliveryHour><Hour>24</Hour><LMP>-2</LMP><FLAG>0</FLAG></DeliveryHour></Components>
            </TransactionZone></HourlyPrices></DocBody></Document>
            """;
        var (_, rows) = ParsedFile.RowsOf(DayAheadZonalPrice.Zones, "x.xml", Report);
        Assert.Equal([(44.5, 45.0, 0.0, -0.5), (40.0, 41.0, -2.0, 1.0)],
            rows.Select(r => (r.LmpUsdPerMwh, r.EnergyUsdPerMwh, r.CongestionUsdPerMwh, r.LossUsdPerMwh)));
        Assert.Equal(
            "x.csv:12: expected an element PriceComponent with Energy Loss Price, found none",
            Fails(DayAheadZonalPrice.Zones, Report.Replace("Energy Loss Price", "Zonal Price", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ZonalPrice", "ZonePrice", "expected an element ZonalPrice, found none (nearest: ZonePrice)")]
    [InlineData("TransactionZone", "TransactionZones", "(nearest: TransactionZones)")]
    [InlineData("EnergyCongPrice", "Congestion", "expected an element EnergyCongPrice, found none")]
    public void A_renamed_element_is_named_with_the_nearest_one(string name, string newName, string message) => Assert.Contains(
        message,
        Fails(RealTimeZonalPrice.Zones, Zones
            .Replace($"<{name}", $"<{newName}", StringComparison.Ordinal).Replace($"</{name}", $"</{newName}", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_cut_report_and_another_document_are_refused()
    {
        Assert.Contains("the end of the file", Fails(RealTimeZonalPrice.Zones, Zones[..^60]), StringComparison.Ordinal);
        Assert.Contains("expected a report with the root Document, found <Error>",
            Fails(RealTimeZonalPrice.Zones, "<Error><Message>no</Message></Error>"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_that_nobody_knows_is_a_note()
    {
        var text = Zones.Replace("</ZoneName>", "</ZoneName><Remark>new</Remark>", StringComparison.Ordinal);
        var (result, rows) = ParsedFile.RowsOf(RealTimeZonalPrice.Zones, "x.xml", text);
        Assert.Single(rows);
        Assert.Equal(["x.xml: unknown element Remark"], result.Notes);
    }

    [Fact]
    public void A_running_day_is_asked_for_by_the_hours_that_have_intervals()
    {
        var day = RealTimeLmp.Feed.Day(new LocalDate(2026, 6, 30));
        Assert.Equal(
            ["/RealtimeEnergyLMP/PUB_RealtimeEnergyLMP_2026063001.csv"],
            RealTimeLmp.Feed.Locate(day, day.Start + Duration.FromMinutes(69)).Select(r => r.PathAndQuery));
        Assert.Equal(2, RealTimeLmp.Feed.Locate(day, day.Start + Duration.FromMinutes(70)).Count);
        Assert.Equal(24, RealTimeLmp.Feed.Locate(day, day.End + Duration.FromDays(3)).Count);
        Assert.Equal(
            ["/DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv"],
            DayAheadLmp.Feed.Locate(day, day.Start).Select(r => r.PathAndQuery));
    }

    private static string Fails(Feed<LmpRow> feed, string text) =>
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(feed, "x.csv", text)).Message;
}
