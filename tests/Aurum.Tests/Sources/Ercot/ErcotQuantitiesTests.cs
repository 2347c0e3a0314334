using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sources.Ercot;
using Aurum.Tests.Quality;
using NodaTime;

namespace Aurum.Tests.Sources.Ercot;

/// <summary>Loads, load forecasts, wind and solar.</summary>
public sealed class ErcotQuantitiesTests
{
    [Fact]
    public void A_load_forecast_has_eight_days_of_four_zones_and_the_total_issued_when_posted()
    {
        var rows = ParsedFile.RowsOf(LoadForecastByZone.Feed, File("load_forecast_specific_reportid.zip")).Rows;
        Assert.Equal(192, rows.Select(r => r.Delivery).Distinct().Count());
        Assert.Equal(8927402.462524414, rows.Where(r => r.Area.Type == LocationType.System).Sum(r => r.LoadMw), 5);
        Assert.Equal(2698260.1316360105, rows.Where(r => r.Area.Id == "NORTH").Sum(r => r.LoadMw), 5);
        Assert.Equal(["NORTH", "SOUTH", "WEST", "HOUSTON", "ERCOT"], rows.Take(5).Select(r => r.Area.Id));
        Assert.All(rows, r => Assert.Equal(Instant.FromUtc(2025, 3, 13, 17, 30).ToUnixTimeSeconds(), r.IssuedUnixSeconds));

        // 12709.501356768799201 is printed: the nearest double prints as the first 17 of these digits.
        Assert.Equal(12709.501356768799, rows[5].LoadMw);
    }

    [Fact]
    public void Of_the_weather_zone_forecast_only_the_model_in_use_is_kept()
    {
        // Synthetic: the public API's report NP3-565-CD was not recorded.
        const string Json =
            """
            {"fields":[{"name":"postedDatetime"},{"name":"deliveryDate"},{"name":"hourEnding"},{"name":"coast"},{"name":"east"},
              {"name":"farWest"},{"name":"north"},{"name":"northCentral"},{"name":"southCentral"},{"name":"southern"},
              {"name":"west"},
              {"name":"systemTotal"},{"name":"model"},{"name":"inUseFlag"},{"name":"DSTFlag"}],
             "data":[["2026-07-01T09:30:00","2026-07-02","1:00",1,2,3,4,5,6,7,8,36,"E",true,false],
                     ["2026-07-01T09:30:00","2026-07-02","1:00",9,9,9,9,9,9,9,9,72,"M",false,false]]}
            """;
        var rows = ParsedFile.RowsOf(LoadForecast.Feed, "f.json", Json).Rows;
        Assert.Equal(9, rows.Count);
        Assert.Equal(36, rows.Single(r => r.Area.Id == "ERCOT").LoadMw);
        Assert.Equal(6, rows.Single(r => r.Area.Id == "WZ_SOUTH_C").LoadMw);
        Assert.Equal(Instant.FromUtc(2026, 7, 1, 14, 30).ToUnixTimeSeconds(), rows[0].IssuedUnixSeconds);
    }

    [Theory]
    [InlineData("OperDay,HourEnding,NORTH,SOUTH,WEST,HOUSTON,TOTAL,DSTFlag\n07/01/2026,24:00,1,2,3,4,10,N\n")]
    [InlineData(
        """
        {"fields":["operatingDay","hourEnding","north","south","west","houston","total","DSTFlag"],
         "data":[["2026-07-01","24:00",1,2,3,4,10,false]]}
        """)]
    public void Actual_load_is_read_as_csv_and_as_json(string text)
    {
        // Synthetic: neither form of NP6-346-CD was recorded.
        var rows = ParsedFile.RowsOf(ActualLoad.Feed, "load", text).Rows;
        Assert.Equal(["NORTH 1", "SOUTH 2", "WEST 3", "HOUSTON 4", "ERCOT 10"], rows.Select(r => $"{r.Area.Id} {r.LoadMw}"));
        Assert.All(rows, r => Assert.Equal(Instant.FromUtc(2026, 7, 2, 5, 0), r.Delivery.End));
    }

    [Fact]
    public void A_load_report_that_lost_a_zone_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            ActualLoad.Feed, "load.csv", "OperDay,HourEnding,NORTH,SOUTH,HOUSTON,TOTAL,DSTFlag\n07/01/2026,24:00,1,2,4,10,N\n"));
        Assert.StartsWith("load.csv:1: expected a column West, found ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solar_power_has_two_days_generated_and_nine_days_forecast()
    {
        var rows = ParsedFile.RowsOf(SolarPower.Feed, File("solar_specific_reportid.zip")).Rows;
        Assert.Equal((48, 359170.32), (rows.Count, Math.Round(rows.Sum(r => r.GenerationMw), 6)));
        Assert.All(rows, r => Assert.Equal(("Solar", InstantColumn.Unknown), (r.Fuel.Text, r.IssuedUnixSeconds)));
        var points = ParsedFile.RowsOf(SolarPower.Outlook, File("solar_specific_reportid.zip")).Rows;
        Assert.Equal(
            [("COP_HSL", 216, 1905987.4), ("HSL", 48, 427737.98), ("PVGRPP", 216, 1655968.7), ("STPPF", 216, 1969531.6)],
            points.GroupBy(p => p.Series.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key["solar/ERCOT/".Length..], g.Count(), Math.Round(g.Sum(p => p.Value), 6))));
        var posted = Instant.FromUtc(2025, 3, 13, 18, 55, 8).ToUnixTimeSeconds();
        Assert.All(points, p =>
            Assert.Equal(p.Series.Id == "solar/ERCOT/HSL" ? InstantColumn.Unknown : posted, p.IssuedUnixSeconds));
    }

    [Theory]
    [InlineData("SYSTEM_WIDE_GEN,STWPF_SYSTEM_WIDE,GEN_LZ_SOUTH_HOUSTON,WGRPP_LZ_WEST,SYSTEM_WIDE_HSL")]
    [InlineData("genSystemWide,STWPFSystemWide,genLoadZoneSouthHouston,WGRPPLoadZoneWest,HSLSystemWide")]
    public void Wind_columns_are_known_in_both_spellings(string columns)
    {
        // Synthetic: of the wind report only listings were recorded.
        var text = $"DELIVERY_DATE,HOUR_ENDING,{columns},DSTFlag\n07/01/2026,01,1,2,3,4,5,N\n07/01/2026,02,,7,,9,,N\n";
        var rows = ParsedFile.RowsOf(WindPower.Feed, "wind.csv", text).Rows;
        Assert.Equal(["ERCOT Wind 1", "LZ_SOUTH_HOUSTON Wind 3"], rows.Select(r => $"{r.Area.Id} {r.Fuel} {r.GenerationMw}"));
        var points = ParsedFile.RowsOf(WindPower.Outlook, "wind.csv", text).Rows;
        Assert.Equal(
            ["wind/ERCOT/STWPF 2", "wind/LZ_WEST/WGRPP 4", "wind/ERCOT/STWPF 7", "wind/LZ_WEST/WGRPP 9", "wind/ERCOT/HSL 5"],
            points.Select(p => $"{p.Series} {p.Value}"));
    }

    [Fact]
    public void Of_several_postings_in_an_answer_the_latest_metered_value_counts_and_all_forecasts_stay()
    {
        const string Text =
            "postedDatetime,deliveryDate,hourEnding,genSystemWide,STPPFSystemWide,DSTFlag\n"
            + "2026-07-01T12:55:00,2026-07-01,10,501,400,N\n2026-07-01T11:55:00,2026-07-01,10,500,390,N\n";
        var metered = Assert.Single(ParsedFile.RowsOf(SolarPower.Feed, "solar.csv", Text).Rows);
        Assert.Equal("Solar 501", $"{metered.Fuel} {metered.GenerationMw}");
        var points = ParsedFile.RowsOf(SolarPower.Outlook, "solar.csv", Text).Rows;
        Assert.Equal(["solar/ERCOT/STPPF 400", "solar/ERCOT/STPPF 390"], points.Select(p => $"{p.Series} {p.Value}"));
    }

    [Fact]
    public void A_posting_before_the_first_hour_was_metered_is_too_early_for_generation_and_has_the_outlook()
    {
        const string Text = "postedDatetime,deliveryDate,hourEnding,genSystemWide,STPPFSystemWide,DSTFlag\n"
            + "2026-07-01T00:55:00,2026-07-01,1,,400,N\n";
        Assert.Equal(Outcome.NotYetPublished, ParsedFile.RowsOf(SolarPower.Feed, "solar.csv", Text).Result.Outcome);
        Assert.Equal(Outcome.Data, ParsedFile.RowsOf(SolarPower.Outlook, "solar.csv", Text).Result.Outcome);
    }

    [Fact]
    public void An_outlook_that_lacks_an_hour_between_others_is_noticed_by_the_gate()
    {
        const string Text = "postedDatetime,deliveryDate,hourEnding,genSystemWide,STPPFSystemWide,DSTFlag\n"
            + "2026-07-01T00:55:00,2026-07-01,2,,400,N\n2026-07-01T00:55:00,2026-07-01,3,,401,N\n2026-07-01T00:55:00,2026-07-01,5,,402,N\n";
        var points = ParsedFile.RowsOf(SolarPower.Outlook, "solar.csv", Text).Rows;
        var gate = SuiteCompiler.Compile(Suite.Load(SolarPower.Outlook.Suite), SolarPower.Outlook);
        var tiles = Trial.Of(gate, points).Report.Results.Single(r => r.Type == "expect_intervals_to_tile");
        Assert.Equal(CheckStatus.Warn, tiles.Status);
        Assert.Contains("gap between 2026-07-01T07:00:00Z/2026-07-01T08:00:00Z", Assert.Single(tiles.Examples), StringComparison.Ordinal);
    }

    private static FeedFile File(string name) => FeedFile.FromPath(Samples.PathOf("ercot", name));
}
