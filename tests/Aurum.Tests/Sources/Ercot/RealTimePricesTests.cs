using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Sources.Ercot;
using NodaTime;

namespace Aurum.Tests.Sources.Ercot;

/// <summary>Settlement point prices by quarter hour, and dispatch prices.</summary>
public sealed class RealTimePricesTests
{
    private const string Spp =
        "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SettlementPointPrice,DSTFlag\n";
    private const string Sced = "SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n";

    [Fact]
    public void A_file_of_one_quarter_hour_keeps_the_twelve_names_apart_that_stand_under_two_types()
    {
        var rows = Recorded();
        Assert.Equal(1204.06, rows.Sum(r => r.LmpUsdPerMwh), 6);
        Assert.Equal(300, rows.Count(r => r.LmpUsdPerMwh < 0));
        Assert.Equal(908, rows.Select(r => (r.Location.Id, r.Location.Type)).Distinct().Count());
        Assert.Equal(12, rows.GroupBy(r => r.Location.Id).Count(g => g.Count() == 2));
        Assert.Equal(3.72, Price("LZ_AEN", LocationType.Zone));
        Assert.Equal(3.71, Price("LZ_AEN", LocationType.Aggregate));
        Assert.Equal(2.95, Price("DC_E", LocationType.Aggregate));
        Assert.All(rows, r => Assert.Equal("2024-03-29T05:45:00Z/2024-03-29T06:00:00Z", r.Delivery.ToString()));

        double Price(string name, LocationType type) =>
            rows.Single(r => r.Location.Id == name && r.Location.Type == type).LmpUsdPerMwh;
    }

    [Fact]
    public void The_points_of_a_file_are_of_four_kinds()
    {
        var kinds = Recorded().GroupBy(r => r.Location.Type).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal((7, 12, 12, 877), (
            kinds[LocationType.Hub], kinds[LocationType.Zone], kinds[LocationType.Aggregate], kinds[LocationType.Node]));
    }

    [Fact]
    public void A_name_without_a_type_is_of_the_same_kind_as_with_its_type() => Assert.All(
        Recorded().Where(r => r.Location.Type != LocationType.Aggregate),
        r => Assert.Equal(r.Location.Type, SettlementPoints.TypeOf(r.Location.Id, "")));

    [Fact]
    public void Dispatch_prices_of_buses_are_a_feed_of_their_own()
    {
        // Synthetic, in the form of report type 11485 as documented; the file itself is not among the samples.
        const string Text = "SCEDTimestamp,RepeatedHourFlag,ElectricalBus,LMP\n"
            + "03/29/2024 01:00:15,N,0001,       -1.08\n03/29/2024 01:00:15,N,_CP_B_1,        5.81\n";
        var (_, rows) = ParsedFile.RowsOf(ScedBusLmp.Feed, "cdr.00011485.csv", Text);
        Assert.Equal([("0001", -1.08), ("_CP_B_1", 5.81)], rows.Select(r => (r.Location.Id, r.LmpUsdPerMwh)));
        Assert.All(rows, r => Assert.Equal(LocationType.Node, r.Location.Type));
        Assert.All(rows, r => Assert.Equal(DeliveryInterval.At(Instant.FromUtc(2024, 3, 29, 6, 0, 15)), r.Delivery));
        Assert.Equal([ScedBusLmp.Feed], FeedCatalog.All.Where(f => f.Recognizes(new FileHead("a", "a", Text))));
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(ScedBusLmp.Feed, "x.csv", Sced));
        Assert.Contains("electricalBus", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(FlaggedPass.Second, 7)]
    [InlineData(FlaggedPass.First, 6)]
    public void The_flag_tells_the_repeated_quarter_hours_apart(FlaggedPass marks, int flaggedUtcHour)
    {
        // Synthetic: no file of a change day was recorded.
        var feed = RealTimeSpp.Reading(new RepeatedHourFlag(marks));
        const string Text = Spp + "11/02/2025,2,3,HB_WEST,HU,1,Y\n11/02/2025,2,3,HB_WEST,HU,2,N\n";
        var starts = ParsedFile.RowsOf(feed, "spp.csv", Text).Rows.Select(r => r.Delivery.Start);
        Assert.Equal([At(flaggedUtcHour), At(13 - flaggedUtcHour)], starts);

        static Instant At(int utcHour) => Instant.FromUtc(2025, 11, 2, utcHour, 30);
    }

    [Fact]
    public void The_public_API_sends_the_same_rows_as_arrays()
    {
        const string Json =
            """
            {"_meta":{"totalRecords":1,"totalPages":1},"report":{"reportName":"spp_node_zone_hub"},
             "data":[["2024-03-29",1,4,"LZ_AEN","LZEW",3.71,false]],
             "fields":[{"name":"deliveryDate"},{"name":"deliveryHour"},{"name":"deliveryInterval"},{"name":"settlementPoint"},
                       {"name":"settlementPointType"},{"name":"settlementPointPrice"},{"name":"DSTFlag"}]}
            """;
        var (_, rows) = ParsedFile.RowsOf(RealTimeSpp.Feed, "spp.json", Json);
        Assert.Equal(Recorded().Single(r => r.Location.Id == "LZ_AEN" && r.LmpUsdPerMwh == 3.71), Assert.Single(rows));
        Assert.Equal([RealTimeSpp.Feed], FeedCatalog.All.Where(f => f.Recognizes(new FileHead("a", "a", Json))));
    }

    [Theory]
    [InlineData("03/29/2024,1,5,A,RN,1,N", "spp.csv:2: expected an interval from 1 to 4 in DeliveryInterval, found '5'")]
    [InlineData("03/29/2024,0,1,A,RN,1,N", "spp.csv:2: expected an hour ending from 1 to 24 in DeliveryHour, found '0'")]
    [InlineData("03/29/2024,1,1,A,RN,--,N", "spp.csv:2: expected a decimal in SettlementPointPrice, found '--'")]
    [InlineData("03/29/2024,1,1,,RN,1,N", "spp.csv: expected the name of a settlement point, found nothing")]
    public void A_bad_row_fails_by_name(string row, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(RealTimeSpp.Feed, "spp.csv", Spp + row + "\n"));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Dispatch_prices_are_for_the_instant_of_their_run_and_may_have_blanks_before_them()
    {
        // Synthetic, in the form of report type 12300 as documented; the file itself is not among the samples.
        const string Text = Sced
            + "03/29/2024 01:00:15,N,HB_WEST,       -1.08\n03/29/2024 01:00:15,N,7RNCHSLR_ALL,        5.81\n";
        var (_, rows) = ParsedFile.RowsOf(ScedLmp.Feed, "cdr.00012300.csv", Text);
        Assert.Equal([-1.08, 5.81], rows.Select(r => r.LmpUsdPerMwh));
        Assert.All(rows, r => Assert.Equal(DeliveryInterval.At(Instant.FromUtc(2024, 3, 29, 6, 0, 15)), r.Delivery));
        Assert.Equal([ScedLmp.Feed], FeedCatalog.All.Where(f => f.Recognizes(new FileHead("a", "a", Text))));
    }

    [Theory]
    [InlineData(FlaggedPass.Second, 7)]
    [InlineData(FlaggedPass.First, 6)]
    public void A_dispatch_run_in_the_repeated_hour_is_told_by_its_flag(FlaggedPass marks, int utcHour)
    {
        var feed = ScedLmp.Reading(new RepeatedHourFlag(marks));
        var (_, rows) = ParsedFile.RowsOf(feed, "x.csv", Sced + "11/02/2025 01:10:14,Y,HB_WEST,1\n");
        Assert.Equal(Instant.FromUtc(2025, 11, 2, utcHour, 10, 14), rows[0].Delivery.Start);
    }

    [Fact]
    public void A_dispatch_run_that_the_clock_jumped_over_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(ScedLmp.Feed, "x.csv", Sced + "03/09/2025 02:10:14,N,HB_WEST,1\n"));
        Assert.Contains("x.csv:2: expected a time of the Texas clock", error.Message, StringComparison.Ordinal);
    }

    private static List<LmpRow> Recorded()
    {
        const string Name = "cdr.00012301.0000000000000000.20240329.010211.SPPHLZNP6905_20240329_0100.csv";
        return ParsedFile.RowsOf(RealTimeSpp.Feed, FeedFile.FromPath(Samples.PathOf("ercot", Name))).Rows;
    }
}
