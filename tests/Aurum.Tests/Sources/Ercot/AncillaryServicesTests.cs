using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Ercot;
using Aurum.Tests.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Sources.Ercot;

/// <summary>Reserves at ERCOT. The recorded zip is of an ordinary day; days of clock changes are synthetic, after what a recorded list
/// of 2024-11-03 is known to end with.</summary>
public sealed class AncillaryServicesTests
{
    private const string McpcFields =
        """{"_meta":{"totalRecords":2},"fields":[{"name":"deliveryDate"},{"name":"hourEnding"},{"name":"ancillaryType"},{"name":"MCPC"},{"name":"DSTFlag"}],""";

    [Fact]
    public void The_recorded_zip_of_two_days_ago_is_read_to_the_last_offer()
    {
        var rows = ParsedFile.RowsOf(
            AncillaryTwoDay.Feed, FeedFile.FromPath(Samples.PathOf("ercot", "np3-911-er_archive_doc_1045038225.zip"))).Rows;
        Assert.Equal(10_790, rows.Count);
        Assert.Equal(54_562.4, Sum("2d_cleared_dam_as/NSPIN"), 0.001);
        Assert.Equal(9557.7, Sum("2d_cleared_dam_as/REGDN"), 0.001);
        Assert.Equal(10_905.7, Sum("2d_self_arranged_as/RRSUFR"), 0.001);
        Assert.Equal(0, Sum("2d_self_arranged_as/NSPNM"));
        var first = rows.Single(p => p.Series.Id == "2d_agg_as_offers/REGDN/0.49" && Text(p) == "2024-10-16T05:00:00Z");
        Assert.Equal((419.6, "MW", 60), (first.Value, first.Series.Unit, first.Period.Minutes));

        double Sum(string series) => rows.Where(p => p.Series.Id == series).Sum(p => p.Value);
    }

    [Fact]
    public void The_25_hour_day_of_November_2024_counts_its_hours_to_25()
    {
        var rows = Cleared("11/03/2024", 25);
        Assert.Equal(25, rows.Count);
        Assert.Equal("2024-11-03T05:00:00Z", Text(rows[0]));
        Assert.Equal(["2024-11-03T06:00:00Z", "2024-11-03T07:00:00Z", "2024-11-03T08:00:00Z"], rows[1..4].Select(Text));
        Assert.Equal("2024-11-04T06:00:00Z", $"{rows[24].Period.End}");
    }

    [Fact]
    public void The_23_hour_day_of_March_2025_is_read_whether_its_hours_are_counted_or_named()
    {
        var counted = Cleared("03/09/2025", 23);
        var named = Cleared("03/09/2025", 24, without: 3);
        Assert.Equal(23, counted.Count);
        Assert.Equal(counted.Select(Text), named.Select(Text));
        Assert.Equal("2025-03-09T08:00:00Z", Text(counted[2]));
        Assert.Equal("2025-03-10T05:00:00Z", $"{counted[22].Period.End}");
    }

    [Fact]
    public void An_hour_that_the_day_does_not_have_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => Cleared("10/16/2024", 25));
        Assert.EndsWith(
            ".csv:26: expected one of the 24 hours of 2024-10-16 in Hour Ending, found '25'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_column_of_a_table_is_named_with_its_nearest()
    {
        var error = Assert.Throws<FeedFormatException>(() => TwoDay("Delivery Date,Hour Ending,Sum Cleared AS - RegUp\n10/16/2024,1,2\n"));
        Assert.Contains("expected a column Total Cleared AS, found ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listing_leads_to_the_document_that_was_posted_last()
    {
        const string Listing = """
            {"product":{"emilId":"NP3-911-ER","reportTypeId":13057},"archives":[
            {"docId":7,"friendlyName":"2_Day_AS_Disclosure","postDatetime":"2024-10-18T03:13:31.000"},
            {"docId":8,"friendlyName":"2_Day_AS_Disclosure_retry","postDatetime":"2024-10-18T04:13:31.000"}]}
            """;
        var day = AncillaryTwoDay.Feed.Day(new LocalDate(2024, 10, 16));
        var listing = Assert.Single(AncillaryTwoDay.Feed.Locate(day, day.End));
        Assert.Contains(
            "postDatetimeFrom=2024-10-18T00:00:00&postDatetimeTo=2024-10-19T00:00:00", listing.PathAndQuery, StringComparison.Ordinal);
        var answer = FeedFile.FromBytes("list.json", System.Text.Encoding.UTF8.GetBytes(Listing));
        var document = AncillaryTwoDay.Feed.NextPage(listing, answer)!;
        Assert.Equal("/api/public-reports/archive/np3-911-er?download=8", document.PathAndQuery);
        Assert.Equal(listing.Secrets, document.Secrets);
        Assert.Null(AncillaryTwoDay.Feed.NextPage(document, answer));
        Assert.Equal(Outcome.Data, AncillaryTwoDay.Feed.Parse(answer, new RowList<SeriesPoint>()).Outcome);
    }

    [Fact]
    public void A_listing_without_documents_leaves_its_day_open() => Assert.Equal(
        Outcome.NotYetPublished,
        ParsedFile.RowsOf(AncillaryTwoDay.Feed, "list.json", """{"product":{"emilId":"NP3-911-ER"},"archives":[]}""").Result.Outcome);

    [Fact]
    public void Day_ahead_prices_read_the_repeated_hour_of_November_2025()
    {
        var rows = ParsedFile.RowsOf(
            AncillaryPrices.Feed, "as.json",
            McpcFields + """ "data":[["2025-11-02","02:00","REGUP",3.5,true],["2025-11-02","02:00","REGUP",2.5,false]]}""").Rows;
        Assert.Equal(
            [("2025-11-02T07:00:00Z", 3.5), ("2025-11-02T06:00:00Z", 2.5)],
            rows.Select(r => ($"{r.Delivery.Start}", r.PriceUsdPerMw)));
        Assert.All(rows, r => Assert.Equal(("ERCOT", "REGUP"), (r.Region.Id, r.Product.Text)));
    }

    [Fact]
    public void The_hour_that_March_2025_skips_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            AncillaryPrices.Feed, "as.json", McpcFields + """ "data":[["2025-03-09","03:00","REGUP",3.5,false]]}"""));
        Assert.Contains("2025-03-09 HE03 does not exist in America/Chicago", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_time_prices_in_CSV_are_by_quarter_of_an_hour()
    {
        var rows = ParsedFile.RowsOf(
            AncillaryPricesRealTime.Feed, "as.csv",
            "DeliveryDate,DeliveryHour,DeliveryInterval,RepeatedHourFlag,ASType,MCPC\n"
                + "09/25/2026,20,1,N,ECRS,0.29\n09/25/2026,20,1,N,NSPIN,1.15\n").Rows;
        Assert.Equal([("ECRS", 0.29), ("NSPIN", 1.15)], rows.Select(r => (r.Product.Text, r.PriceUsdPerMw)));
        Assert.All(rows, r => Assert.Equal(("2026-09-26T00:00:00Z", 15), ($"{r.Delivery.Start}", r.Delivery.Minutes)));
    }

    [Fact]
    public void A_name_with_a_slash_stays_one_part_of_its_series()
    {
        var rows = ParsedFile.RowsOf(
            DayAheadShadowPrices.Feed, "s.csv",
            "DeliveryDate,HourEnding,ConstraintID,ConstraintName,ContingencyName,ConstraintLimit,ConstraintValue,ViolationAmount,ShadowPrice,DSTFlag\n"
                + "09/25/2026,01:00,7,A/B,BASE CASE,100,90,0,12.5,N\n").Rows;
        Assert.Equal(
            [
                ("dam_shadow_prices/A|B/BASE CASE/ShadowPrice", 12.5, "USD/MWh"),
                ("dam_shadow_prices/A|B/BASE CASE/ConstraintLimit", 100, "MW"),
                ("dam_shadow_prices/A|B/BASE CASE/ConstraintValue", 90, "MW"), ("dam_shadow_prices/A|B/BASE CASE/ViolationAmount", 0, "MW"),
            ],
            rows.Select(p => (p.Series.Id, p.Value, p.Series.Unit)));
    }

    private static List<SeriesPoint> Cleared(string date, int hours, int without = 0) => TwoDay(
        "Delivery Date,Hour Ending,Total Cleared AS - RegUp\n" + string.Concat(
            Enumerable.Range(1, hours).Where(h => h != without).Select(h => $"{date},{h},{h}.5\n")));

    private static List<SeriesPoint> TwoDay(string table) => ParsedFile.RowsOf(
        AncillaryTwoDay.Feed, FeedFile.FromBytes("1.zip", Packed.Zip(("2d_Cleared_DAM_AS_REGUP-05-NOV-24.csv", table)))).Rows;

    private static string Text(SeriesPoint point) => InstantPattern.General.Format(point.Period.Start);
}
