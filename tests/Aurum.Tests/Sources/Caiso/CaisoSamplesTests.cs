using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Sources.Caiso;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Sources.Caiso;

/// <summary>Every recorded CAISO payload is read with exact facts, or listed with the reason why it is not.</summary>
public sealed class CaisoSamplesTests
{
    internal static readonly Dictionary<string, string> OutOfScope = new(StringComparer.Ordinal)
    {
        ["20170312_DailyRenewablesWatch.txt"] = "a text report for people, given up by its publisher; SLD_REN_FCST has the numbers",
        ["20171104_DailyRenewablesWatch.txt"] = "a text report for people, given up by its publisher; SLD_REN_FCST has the numbers",
        ["systemconditions.html"] = "an old web page, gone since 2017",
    };

    /// <summary>Held by the test that runs <c>aurum parse</c> over all samples: the answer without a row may be of either renewable
    /// feed.</summary>
    internal static readonly Dictionary<string, string> Expected = new()
    {
        ["20180311_20180311_PUB_DAM_GRP_N_N_v2_csv.zip"] =
            "caiso/public-bids Data 21352 2018-03-11T08:00:00Z 2018-03-12T07:00:00Z 6548",
        ["20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv"] =
            "caiso/day-ahead-lmp Data 2229 2019-03-01T08:00:00Z 2019-04-01T07:00:00Z 3",
        ["20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv"] =
            "caiso/system-schedules Data 480 2019-10-10T07:00:00Z 2019-10-11T07:00:00Z 20",
        ["20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv"] =
            "caiso/day-ahead-lmp Data 2163 2019-11-01T07:00:00Z 2019-12-01T08:00:00Z 3",
        ["20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv"] =
            "caiso/day-ahead-lmp Data 24 2020-05-10T07:00:00Z 2020-05-11T07:00:00Z 1",
        ["20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip"] =
            "caiso/load-forecast-7-day Data 6432 2025-02-19T08:00:00Z 2025-02-27T08:00:00Z 34",
        ["ENE_SLRS.zip"] = "caiso/system-schedules Data 408 2016-05-20T01:00:00Z 2016-05-21T01:00:00Z 17",
        ["SLD_FCST_ACTUAL_20251102_reduced.csv"] = "caiso/load-actual Data 12 2025-11-02T07:00:00Z 2025-11-02T11:00:00Z 3",
        ["SLD_REN_FCST.zip"] = "caiso/renewable-forecast-day-ahead Data 120 2016-05-20T01:00:00Z 2016-05-21T01:00:00Z 3",
        ["SLD_REN_FCST_no_data_ERR1000.xml"] = "caiso/renewable-forecast-day-ahead ProvenEmpty 0   0",
        ["ene_slrs.xml"] = "caiso/system-schedules Malformed 0   0",
        ["sld_forecast.xml"] = "caiso/load-forecast-real-time Data 3 2014-05-08T18:55:00Z 2014-05-08T19:30:00Z 2",
        ["sld_ren_forecast.xml"] = "caiso/renewable-forecast-day-ahead Data 4 2013-09-19T07:00:00Z 2013-09-20T07:00:00Z 1",
    };

    [Theory]
    [InlineData(
        "20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv", 2229, "2019-03-01T08:00:00Z",
        "2019-04-01T07:00:00Z", 3, -4.38803, 127.16566)]
    [InlineData(
        "20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv", 2163, "2019-11-01T07:00:00Z",
        "2019-12-01T08:00:00Z", 3, 11.85115, 189.90636)]
    [InlineData(
        "20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv", 24, "2020-05-10T07:00:00Z",
        "2020-05-11T07:00:00Z", 1, -0.16465, 36.47413)]
    public void Day_ahead_prices_are_whole_and_their_parts_sum_to_the_price(
        string file, int rows, string first, string last, int nodes, double lowest, double highest)
    {
        var prices = Parse(DayAheadLmp.Feed, file);
        Assert.Equal(rows, prices.Count);
        Assert.Equal(first, Text(prices.Min(p => p.Delivery.Start)));
        Assert.Equal(last, Text(prices.Max(p => p.Delivery.End)));
        Assert.Equal(nodes, prices.Select(p => p.Location).Distinct().Count());
        Assert.All(prices, p => Assert.Equal(LocationType.Node, p.Location.Type));
        Assert.All(prices, p => Assert.Equal(p.LmpUsdPerMwh, p.EnergyUsdPerMwh + p.CongestionUsdPerMwh + p.LossUsdPerMwh, 0.01));
        Assert.All(prices, p => Assert.True(double.IsNaN(p.GhgUsdPerMwh)));
        Assert.Equal(lowest, prices.Min(p => p.LmpUsdPerMwh));
        Assert.Equal(highest, prices.Max(p => p.LmpUsdPerMwh));
        Assert.Equal(rows, prices.Select(p => (p.Location, p.Delivery)).Distinct().Count());
    }

    [Theory]
    [InlineData("20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv", "2019-03-10", 23)]
    [InlineData("20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv", "2019-03-11", 24)]
    [InlineData("20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv", "2019-11-03", 25)]
    [InlineData("20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv", "2019-11-04", 24)]
    public void Each_node_has_as_many_hours_as_the_day_ran(string file, string date, int hours)
    {
        var day = DayAheadLmp.Feed.Day(LocalDatePattern.Iso.Parse(date).Value);
        var counts = Parse(DayAheadLmp.Feed, file).Where(p => day.Contains(p.Delivery)).CountBy(p => p.Location);
        Assert.Equal(3, counts.Count());
        Assert.All(counts, c => Assert.Equal(hours, c.Value));
    }

    [Fact]
    public void A_known_price_is_read_to_its_last_digit()
    {
        var price = Parse(DayAheadLmp.Feed, "20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv")
            .Single(p => Text(p.Delivery.Start) == "2020-05-10T12:00:00Z");
        Assert.Equal("0096WD_7_N001", price.Location.Id);
        Assert.Equal(23.23602, price.LmpUsdPerMwh);
        Assert.Equal(60, price.Delivery.Minutes);
    }

    [Fact]
    public void Actual_load_reads_the_repeated_hour_of_November_2025_between_its_neighbours()
    {
        var loads = Parse(LoadActual.Feed, "SLD_FCST_ACTUAL_20251102_reduced.csv");
        Assert.Equal(12, loads.Count);
        Assert.Equal(117_729, loads.Sum(l => l.LoadMw));
        var system = loads.Where(l => l.Area.Type == LocationType.System).OrderBy(l => l.Delivery).ToList();
        Assert.All(system, l => Assert.Equal("CA ISO-TAC", l.Area.Id));
        Assert.Equal([21_295.0, 20_717, 20_536, 19_520], system.Select(l => l.LoadMw));
        Assert.Equal(["07", "08", "09", "10"], system.Select(l => $"{l.Delivery.Start:HH}"));
        Assert.Equal(["CA ISO-TAC", "PGE-TAC", "VEA-TAC"], loads.Select(l => l.Area.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Seven_day_forecast_reads_34_areas_for_eight_days_out_of_its_zip()
    {
        var loads = Parse(LoadForecastSevenDay.Feed, "20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip");
        Assert.Equal(6432, loads.Count);
        Assert.Equal(34, loads.Select(l => l.Area).Distinct().Count());
        Assert.Equal("2025-02-19T08:00:00Z", Text(loads.Min(l => l.Delivery.Start)));
        Assert.Equal("2025-02-27T08:00:00Z", Text(loads.Max(l => l.Delivery.End)));
        Assert.Equal(16_701_193.4, loads.Sum(l => l.LoadMw), 0.01);
    }

    [Fact]
    public void Real_time_forecast_in_XML_keeps_quarters_of_an_hour_and_five_minute_rows()
    {
        var output = new RowList<LoadRow>();
        var result = LoadForecastRealTime.Feed.Parse(File("sld_forecast.xml"), output);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Empty(result.Notes);
        Assert.Equal(
            [
                ("CA ISO-TAC", 26_723, "2014-05-08T19:15:00Z", 15),
                ("CA ISO-TAC", 26_755, "2014-05-08T18:55:00Z", 5),
                ("PGE-TAC", 11_530, "2014-05-08T19:05:00Z", 5),
            ],
            output.Rows.Select(r => (r.Area.Id, r.LoadMw, Text(r.Delivery.Start), r.Delivery.Minutes)));
    }

    [Fact]
    public void System_schedules_are_twenty_series_of_a_day_in_CSV()
    {
        var points = Parse(SystemSchedules.Feed, "20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv");
        Assert.Equal(480, points.Count);
        Assert.Equal(2_383_665.08, points.Sum(p => p.Value), 0.001);
        Assert.All(points.CountBy(p => p.Series.Id), c => Assert.Equal(24, c.Value));
        var export = points.Where(p => p.Series.Id == "ENE_SLRS/ISO_TOT_EXP_MW/Caiso_Totals");
        Assert.Equal(1090, export.Single(p => Text(p.Period.Start) == "2019-10-11T03:00:00Z").Value);
        Assert.Equal("MW", points[0].Series.Unit);
    }

    [Fact]
    public void System_schedules_in_XML_reach_over_two_operating_days()
    {
        var points = Parse(SystemSchedules.Feed, "ENE_SLRS.zip");
        Assert.Equal(408, points.Count);
        Assert.Equal(17, points.Select(p => p.Series).Distinct().Count());
        Assert.Equal(2_484_630.04, points.Sum(p => p.Value), 0.001);
        Assert.Equal("2016-05-20T01:00:00Z", Text(points.Min(p => p.Period.Start)));
        Assert.Equal("2016-05-21T01:00:00Z", Text(points.Max(p => p.Period.End)));
    }

    [Fact]
    public void Renewable_forecast_in_XML_is_told_by_hub_and_type()
    {
        var rows = Parse(RenewableForecastDayAhead.Feed, "SLD_REN_FCST.zip");
        Assert.Equal(120, rows.Count);
        Assert.Equal(122_256.96, rows.Sum(r => r.GenerationMw), 0.001);
        Assert.Equal(
            ["NP15 Solar 24", "NP15 Wind 24", "SP15 Solar 24", "SP15 Wind 24", "ZP26 Solar 24"],
            rows.CountBy(r => $"{r.Area.Id} {r.Fuel}").Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.Equal(LocationType.Hub, r.Area.Type));
        Assert.Equal("2016-05-20T01:00:00Z", Text(rows.Min(r => r.Delivery.Start)));
    }

    [Fact]
    public void A_shortened_renewable_forecast_reads_its_four_rows()
    {
        var rows = Parse(RenewableForecastDayAhead.Feed, "sld_ren_forecast.xml");
        Assert.Equal([("Solar", 0.01), ("Solar", 0), ("Wind", 478.86), ("Wind", 580.83)], rows.Select(r => (r.Fuel.Text, r.GenerationMw)));
        Assert.Equal("2013-09-19T07:00:00Z", Text(rows[0].Delivery.Start));
        Assert.Equal("2013-09-20T07:00:00Z", Text(rows[3].Delivery.End));
    }

    [Fact]
    public void Public_bids_of_the_23_hour_day_of_March_2018_are_read_to_the_last_step()
    {
        var points = Parse(PublicBids.Feed, "20180311_20180311_PUB_DAM_GRP_N_N_v2_csv.zip");
        Assert.Equal(21_352, points.Count);
        Assert.Equal("2018-03-11T08:00:00Z", Text(points.Min(p => p.Period.Start)));
        Assert.Equal("2018-03-12T07:00:00Z", Text(points.Max(p => p.Period.End)));
        Assert.Equal(7898, points.Count(p => p.Series.Id.Contains("/SELFSCHEDMW", StringComparison.Ordinal)));
        Assert.Equal(15, points.Count(p => double.IsNaN(p.Value)));
        Assert.Equal(["USD/MWh", "USD/MW", "MW"], points.Select(p => p.Series.Unit).Distinct());
        var first = points.Single(p => p.Series.Id == "PUB_BID/DAM/GENERATOR/987990/509317/EN/BIDPRICE/160"
            && Text(p.Period.Start) == "2018-03-11T08:00:00Z");
        Assert.Equal((19.72, 8 * 60), (first.Value, first.Period.Minutes));
    }

    [Fact]
    public void Bid_curves_of_several_configurations_stand_side_by_side()
    {
        var points = Parse(PublicBids.Feed, "20180311_20180311_PUB_DAM_GRP_N_N_v2_csv.zip");
        Assert.Equal(
            [("240", 34.31), ("240#2", 35.28)],
            points.Select(p => (Id: p.Series.Id.Split("GENERATOR/505359/242617/EN/BIDPRICE/"), p.Value))
                .Where(p => p.Id.Length == 2 && p.Id[1].StartsWith("240", StringComparison.Ordinal)).Select(p => (p.Id[1], p.Value)));
        Assert.Equal(
            [22.6, 99.9, 2.2, 0, 1.3],
            points.Where(p => p.Series.Id.Contains("/126974/475261/EN/SELFSCHEDMW", StringComparison.Ordinal)
                && Text(p.Period.Start) == "2018-03-11T08:00:00Z").Select(p => p.Value));
    }

    [Fact]
    public void Error_1000_proves_that_there_is_nothing()
    {
        var output = new RowList<GenerationRow>();
        var result = RenewableForecastDayAhead.Feed.Parse(File("SLD_REN_FCST_no_data_ERR1000.xml"), output);
        Assert.Equal(ParseResult.ProvenEmpty("OASIS error 1000: No data returned for the specified selection").Why, result.Why);
        Assert.Equal(Outcome.ProvenEmpty, result.Outcome);
        Assert.Empty(output.Rows);
    }

    [Fact]
    public void XML_whose_tags_do_not_match_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => SystemSchedules.Feed.Parse(File("ene_slrs.xml"), new RowList<SeriesPoint>()));
        Assert.Equal("ene_slrs.xml:78: expected </REPORT_ITEM>, found </RTO>", error.Message);
    }

    private static List<TRow> Parse<TRow>(Feed<TRow> feed, string file)
        where TRow : struct
    {
        var output = new RowList<TRow>();
        var result = feed.Parse(File(file), output);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Empty(result.Notes);
        return output.Rows;
    }

    private static FeedFile File(string name) => FeedFile.FromPath(Samples.PathOf("caiso", name));

    private static string Text(Instant instant) => InstantPattern.General.Format(instant);
}
