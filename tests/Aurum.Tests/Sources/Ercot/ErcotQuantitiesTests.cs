using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Ercot;
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
        Assert.Equal((48, 359170.32), Of("Solar"));
        Assert.Equal((216, 1969531.6), Of("Solar STPPF"));
        Assert.Equal(48, Of("Solar HSL").Rows);
        Assert.Equal(216, Of("Solar COP HSL").Rows);
        Assert.Equal(216, Of("Solar PVGRPP").Rows);
        var posted = Instant.FromUtc(2025, 3, 13, 18, 55, 8).ToUnixTimeSeconds();
        Assert.All(rows, r =>
            Assert.Equal(r.Fuel.Text is "Solar" or "Solar HSL" ? InstantColumn.Unknown : posted, r.IssuedUnixSeconds));

        (int Rows, double Mw) Of(string fuel)
        {
            var some = rows.Where(r => r.Fuel.Text == fuel).ToList();
            return (some.Count, Math.Round(some.Sum(r => r.GenerationMw), 6));
        }
    }

    [Theory]
    [InlineData("SYSTEM_WIDE_GEN,STWPF_SYSTEM_WIDE,GEN_LZ_SOUTH_HOUSTON,WGRPP_LZ_WEST,SYSTEM_WIDE_HSL")]
    [InlineData("genSystemWide,STWPFSystemWide,genLoadZoneSouthHouston,WGRPPLoadZoneWest,HSLSystemWide")]
    public void Wind_columns_are_known_in_both_spellings(string columns)
    {
        // Synthetic: of the wind report only listings were recorded.
        var text = $"DELIVERY_DATE,HOUR_ENDING,{columns},DSTFlag\n07/01/2026,01,1,2,3,4,5,N\n07/01/2026,02,,7,,9,,N\n";
        var rows = ParsedFile.RowsOf(WindPower.Feed, "wind.csv", text).Rows;
        Assert.Equal(
            [
                "ERCOT Wind STWPF 2", "LZ_WEST Wind WGRPP 4", "ERCOT Wind STWPF 7", "LZ_WEST Wind WGRPP 9",
                "ERCOT Wind 1", "LZ_SOUTH_HOUSTON Wind 3", "ERCOT Wind HSL 5",
            ],
            rows.Select(r => $"{r.Area.Id} {r.Fuel} {r.GenerationMw}"));
    }

    [Fact]
    public void Of_several_postings_in_an_answer_the_latest_metered_value_counts_and_all_forecasts_stay()
    {
        const string Text =
            "postedDatetime,deliveryDate,hourEnding,genSystemWide,STPPFSystemWide,DSTFlag\n"
            + "2026-07-01T12:55:00,2026-07-01,10,501,400,N\n2026-07-01T11:55:00,2026-07-01,10,500,390,N\n";
        var rows = ParsedFile.RowsOf(SolarPower.Feed, "solar.csv", Text).Rows;
        Assert.Equal(["Solar STPPF 400", "Solar STPPF 390", "Solar 501"], rows.Select(r => $"{r.Fuel} {r.GenerationMw}"));
    }

    private static FeedFile File(string name) => FeedFile.FromPath(Samples.PathOf("ercot", name));
}
