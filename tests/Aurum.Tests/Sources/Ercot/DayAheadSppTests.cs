using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Ercot;
using NodaTime;

namespace Aurum.Tests.Sources.Ercot;

public sealed class DayAheadSppTests
{
    private const string Csv = "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag\r\n";

    private const string Fields =
        """
        [{"name":"deliveryDate"},{"name":"hourEnding"},{"name":"settlementPoint"},{"name":"settlementPointPrice"},
         {"name":"DSTFlag"}]
        """;

    [Fact]
    public void Reads_the_25_hour_day_of_November_2025_with_the_flag_on_the_repeated_hour()
    {
        var rows = Recorded(DayAheadSpp.Feed);
        var hours = rows.Select(r => r.Delivery).Order().ToList();
        Assert.Equal(25, hours.Count);
        Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal(46.44, PriceAt(rows, 6));
        Assert.Equal(48.25, PriceAt(rows, 7));
        Assert.All(rows, r => Assert.Equal(("HB_HUBAVG", LocationType.Hub), (r.Location.Id, r.Location.Type)));
        Assert.All(rows, r => Assert.True(double.IsNaN(r.EnergyUsdPerMwh) && double.IsNaN(r.CongestionUsdPerMwh)));
    }

    [Fact]
    public void The_other_reading_of_the_flag_swaps_the_two_hours_and_nothing_else()
    {
        var first = Recorded(DayAheadSpp.Reading(new RepeatedHourFlag(FlaggedPass.First)));
        Assert.Equal(48.25, PriceAt(first, 6));
        Assert.Equal(46.44, PriceAt(first, 7));
        Assert.Equal(
            Recorded(DayAheadSpp.Feed).Where(r => r.Delivery.Start.InUtc().Hour is not (6 or 7)),
            first.Where(r => r.Delivery.Start.InUtc().Hour is not (6 or 7)));
    }

    [Fact]
    public void The_spring_day_has_no_HE03_and_fails_by_name_where_a_file_has_it()
    {
        var text = Csv + "03/09/2025,02:00,HB_NORTH,20.1,N\r\n03/09/2025,04:00,HB_NORTH,21.2,N\r\n";
        var (_, rows) = ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.csv", text);
        Assert.Equal(rows[0].Delivery.End, rows[1].Delivery.Start);
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.csv", Csv + "03/09/2025,03:00,HB_NORTH,20.1,N\r\n"));
        Assert.Equal(
            "dam.csv:2: expected a time of the Texas clock (2025-03-09 HE03 does not exist in America/Chicago: that day has "
                + "23 hours.) in DeliveryDate, found '03/09/2025'",
            error.Message);
    }

    [Theory]
    [InlineData("HB_WEST", LocationType.Hub)]
    [InlineData("LZ_HOUSTON", LocationType.Zone)]
    [InlineData("DC_E", LocationType.Zone)]
    [InlineData("AMISTAD_ALL", LocationType.Node)]
    public void A_point_without_a_type_is_known_by_its_name(string name, LocationType type)
    {
        // The form of report type 12331 is known from its column list; no file of it was recorded.
        var (_, rows) = ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.csv", Csv + $"07/01/2026,24:00,{name} ,-3.5,N\r\n");
        Assert.Equal((name, type, -3.5), (rows[0].Location.Id, rows[0].Location.Type, rows[0].LmpUsdPerMwh));
        Assert.Equal(Instant.FromUtc(2026, 7, 2, 5, 0), rows[0].Delivery.End);
    }

    [Theory]
    [InlineData("""{"_meta":{"totalRecords":0,"totalPages":0},"report":{"reportName":"dam_stlmnt_pnt_prices"}}""")]
    [InlineData("""{"_meta":{"totalRecords":0,"totalPages":0},"fields":[],"data":[]}""")]
    [InlineData($$"""{"fields":{{Fields}},"data":[]}""")]
    public void An_answer_without_rows_is_proven_empty_even_where_data_or_meta_are_left_out(string json) =>
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.json", json).Result.Outcome);

    [Theory]
    [InlineData("""{"statusCode":429,"message":"Slow"}""", Outcome.Throttled)]
    [InlineData("""{"statusCode":401,"message":"Access denied due to invalid subscription key."}""", Outcome.Unavailable)]
    [InlineData("""{"message":"Internal server error"}""", Outcome.Unavailable)]
    [InlineData("<html><body>Incapsula</body></html>", Outcome.Unavailable)]
    public void An_error_body_is_an_outcome_and_not_data(string body, Outcome outcome)
    {
        // Synthetic: no error body of the API was recorded.
        var (result, rows) = ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.json", body);
        Assert.Empty(rows);
        Assert.Equal(outcome, result.Outcome);
    }

    [Theory]
    [InlineData("""[["2025-11-01","01:00","HB_WEST",1.5]]""", "dam.json:data[0]: expected 5 values, one a field, found 4")]
    [InlineData(
        """[["2025-11-01","01:00","HB_WEST",1.5,false,7]]""",
        "dam.json:data[0]: expected 5 values, one a field, found more")]
    [InlineData(
        """[["2025-11-01","25:00","HB_WEST",1.5,false]]""",
        "dam.json:data[0]: expected an hour ending from 1 to 24 in hourEnding, found '25:00'")]
    [InlineData(
        """[["2025-13-01","01:00","HB_WEST",1.5,false]]""",
        "dam.json:data[0]: expected a date like 11/02/2025 in deliveryDate, found '2025-13-01'")]
    [InlineData(
        """[["2025-11-01","01:00","HB_WEST",null,false]]""",
        "dam.json:data[0]: expected a decimal in settlementPointPrice, found ''")]
    [InlineData(
        """[["2025-11-01","01:00","HB_WEST",1.5,"maybe"]]""",
        "dam.json:data[0]: expected a flag, Y or N in DSTFlag, found 'maybe'")]
    [InlineData("""[{"deliveryDate":"2025-11-01"}]""", "dam.json:data[0]: expected an array of values, found StartObject")]
    public void A_bad_row_fails_with_its_number(string data, string message)
    {
        var json = $$"""{"fields":{{Fields}},"data":{{data}}}""";
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.json", json));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_missing_field_and_cut_text_fail_by_name()
    {
        var fields = Fields.Replace("settlementPointPrice", "price", StringComparison.Ordinal);
        var renamed = $$"""{"fields":{{fields}},"data":[["a"]]}""";
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.json", renamed));
        Assert.StartsWith("dam.json:1: expected a column settlementPointPrice, found ", error.Message, StringComparison.Ordinal);
        const string Cut = """{"fields":[{"name":""";
        var cut = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadSpp.Feed, "dam.json", Cut));
        Assert.StartsWith("dam.json:1: expected JSON", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_for_a_delivery_date_with_both_credentials_as_headers_and_follows_the_pages()
    {
        var day = DayAheadSpp.Feed.Day(new LocalDate(2025, 11, 2));
        var request = Assert.Single(DayAheadSpp.Feed.Locate(day, Instant.FromUtc(2025, 11, 1, 20, 0)));
        Assert.Equal("ercot-api", request.Site);
        Assert.Equal(
            "/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices"
                + "?deliveryDateFrom=2025-11-02&deliveryDateTo=2025-11-02&size=50000&page=1",
            request.PathAndQuery);
        Assert.Equal(
            [
                new HeaderSecret("Authorization", "ercot-id-token", "Bearer "),
                new HeaderSecret("Ocp-Apim-Subscription-Key", "ercot-subscription-key"),
            ],
            request.Secrets);
        var second = DayAheadSpp.Feed.NextPage(request, Answer(totalPages: 2))!;
        Assert.EndsWith("&page=2", second.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("np4-190-cd_dam_stlmnt_pnt_prices_2025-11-02_2.json", second.FileName);
        Assert.Equal(request.Secrets, second.Secrets);
        Assert.Null(DayAheadSpp.Feed.NextPage(second, Answer(totalPages: 2)));
        Assert.Null(DayAheadSpp.Feed.NextPage(request, FeedFile.FromBytes("a.json", "{}"u8.ToArray())));

        static FeedFile Answer(int totalPages) => FeedFile.FromBytes(
            "a.json", System.Text.Encoding.UTF8.GetBytes($$"""{"_meta":{"totalPages":{{totalPages}}},"data":[]}"""));
    }

    private static List<LmpRow> Recorded(Feed<LmpRow> feed) => ParsedFile.RowsOf(
        feed, FeedFile.FromPath(Samples.PathOf("ercot", "np4-190-cd_dam_stlmnt_pnt_prices_HB_HUBAVG_2025-11-02.json"))).Rows;

    private static double PriceAt(List<LmpRow> rows, int utcHour) =>
        rows.Single(r => r.Delivery.Start == Instant.FromUtc(2025, 11, 2, utcHour, 0)).LmpUsdPerMwh;
}
