using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Sources.Miso;

/// <summary>The JSON answers behind the web site.</summary>
public sealed class PublicApiTests
{
    private const string Load = """
        {"LoadInfo":{"RefId":"02-Nov-2025 - Interval 01:05 EST",
        "ClearedMW":[{"ClearedMWHourly":{"Hour":"1","Value":"60000"}},{"ClearedMWHourly":{"Hour":"24","Value":"61000"}}],
        "MediumTermLoadForecast":[{"Forecast":{"HourEnding":"2","LoadForecast":"62000"}}],
        "FiveMinTotalLoad":[{"Load":{"Time":"00:00","Value":"63000"}},{"Load":{"Time":"1:05","Value":"64000"}}]}}
        """;

    private const string Prices = """
        {"headers":["INTERVAL","CPNODE","LMP","MLC","MCC"],"data":[["2025-11-02T01:05:00","MINN.HUB","31.55","-2.95","0.00"],
        ["2025-11-02T01:05:00","AECI","-0.37","0.10",""]]}
        """;

    private const string Combined = """
        {"instance":[{"ForecastDateTimeEST":"2025-11-02 1:00:00 AM","ForecastHourEndingEST":"2","ForecastWindValue":"15029.00",
        "ForecastSolarValue":"0.00","ActualDateTimeEST":"2025-11-02 1:00:00 AM","ActualHourEndingEST":"2","ActualWindValue":"14435.44",
        "ActualSolarValue":"-49.78"},{"ForecastDateTimeEST":"2025-11-03 11:00:00 PM","ForecastHourEndingEST":"24",
        "ForecastWindValue":"11.00","ForecastSolarValue":"1.00","ActualDateTimeEST":null,"ActualHourEndingEST":null,
        "ActualWindValue":null,"ActualSolarValue":null}],"RefId":"02-Nov-2025 - Interval 02:00 EST","MktDay":"11-02-2025"}
        """;

    private static readonly LocalDate Autumn = new(2025, 11, 2);

    [Fact]
    public void Fuel_mix_has_imports_and_storage_among_its_fuels_and_text_for_numbers()
    {
        var rows = Recorded(FuelMix.Feed, "FuelMix_20261002_1645.json");
        Assert.Equal(82084, rows.Sum(r => r.GenerationMw));
        Assert.Equal(
            ["Coal", "Natural Gas", "Nuclear", "Wind", "Solar", "Battery Storage", "Other", "Imports"], rows.Select(r => r.Fuel.Text));
        Assert.All(rows, r => Assert.Equal("2026-10-02T21:45:00Z/2026-10-02T21:50:00Z", r.Delivery.ToString()));
    }

    [Fact]
    public void The_three_lists_of_the_load_answer_are_three_feeds_that_take_their_day_from_the_reference()
    {
        const string File = "RealTimeTotalLoad_20261002_1645.json";
        var load = Recorded(ActualLoad.Feed, File);
        Assert.Equal((202, 75757), (load.Count, load[0].LoadMw));
        Assert.Equal(Instant.FromUtc(2026, 10, 2, 21, 45), load[^1].Delivery.Start);
        var forecast = Recorded(LoadForecast.Feed, File);
        Assert.Equal((24, 1832294), (forecast.Count, forecast.Sum(r => r.LoadMw)));
        var cleared = Recorded(ClearedLoad.Feed, File);
        Assert.Equal((24, 69704, 66049), (cleared.Count, cleared[0].LoadMw, cleared[^1].LoadMw));
        Assert.Equal(Instant.FromUtc(2026, 10, 3, 5, 0), cleared[^1].Delivery.End);
    }

    [Fact]
    public void Five_minute_prices_have_their_loss_before_their_congestion()
    {
        var rows = Recorded(RealTimeLmp.Feed, "GetRealTimeFiveMinExPost_Current_20261002_1650_reduced.json");
        Assert.All(rows, r => Assert.Equal(34.5, r.EnergyUsdPerMwh));
        var first = rows[0];
        Assert.Equal(("AMIL.RICHLAND", 31.55), (first.Location.Id, first.LmpUsdPerMwh));
        Assert.Equal((-2.95, 0.0), (first.LossUsdPerMwh, first.CongestionUsdPerMwh));
        Assert.Equal(
            ["AMIL.RPGI_1.AZ", "MP.MPM_2.AZ", "MS.HUB"], rows.Where(r => r.Location.Type == LocationType.Hub).Select(r => r.Location.Id));
    }

    [Theory]
    [InlineData(2025, 3, 10, 5)]
    [InlineData(2025, 3, 11, 5)]
    public void Forecasts_of_the_old_data_broker_are_read(int year, int month, int day, int firstHourUtc)
    {
        var asked = WindPower.Forecast.Day(new LocalDate(year, month, day));
        var file = FeedFile.FromPath(Samples.PathOf("miso", "DataBrokerServicesgetWindForecast.asmx.json"), asked);
        var rows = ParsedFile.RowsOf(WindPower.Forecast, file).Rows;
        Assert.Equal(24, rows.Count);
        Assert.Equal(Instant.FromUtc(year, month, day, firstHourUtc, 0), rows[0].Delivery.Start);
        Assert.Equal(830477, Recorded(WindPower.Forecast, "DataBrokerServicesgetWindForecast.asmx.json").Sum(r => r.GenerationMw));
        Assert.Equal(207942, Recorded(SolarPower.Forecast, "DataBrokerServicesgetSolarForecast.asmx.json").Sum(r => r.GenerationMw));
    }

    [Fact]
    public void Wind_and_sun_metered_and_forecast_stand_side_by_side_and_hours_to_come_are_null()
    {
        Assert.Equal([15029.0, 11.0], Values(WindPower.Forecast));
        Assert.Equal([0.0, 1.0], Values(SolarPower.Forecast));
        Assert.Equal([14435.44], Values(WindPower.Actual));
        Assert.Equal([-49.78], Values(SolarPower.Actual));

        static double[] Values(Feed<GenerationRow> feed) =>
            [.. ParsedFile.RowsOf(feed, "x.json", Combined).Rows.Select(r => r.GenerationMw)];
    }

    [Fact]
    public void The_autumn_hour_of_other_clocks_comes_once()
    {
        var rows = ParsedFile.RowsOf(ActualLoad.Feed, "x.json", Load).Rows;
        Assert.Equal([Instant.FromUtc(2025, 11, 2, 5, 0), Instant.FromUtc(2025, 11, 2, 6, 5)], rows.Select(r => r.Delivery.Start));
        Assert.Equal(Instant.FromUtc(2025, 11, 3, 5, 0), ParsedFile.RowsOf(ClearedLoad.Feed, "x.json", Load).Rows[^1].Delivery.End);
        Assert.Equal(24, ActualLoad.Feed.Day(Autumn).Hours);
        Assert.Equal(24, ActualLoad.Feed.Day(new LocalDate(2025, 3, 9)).Hours);
        var price = ParsedFile.RowsOf(RealTimeLmp.Feed, "x.json", Prices).Rows;
        Assert.All(price, r => Assert.Equal("2025-11-02T06:05:00Z/2025-11-02T06:10:00Z", r.Delivery.ToString()));
        Assert.True(double.IsNaN(price[1].CongestionUsdPerMwh) && double.IsNaN(price[1].EnergyUsdPerMwh));
    }

    [Fact]
    public void A_year_that_no_clock_knows_is_refused() => Assert.StartsWith(
        "x.json: expected times that can be, found expected a time from 1900 to 2199",
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            ClearedLoad.Feed, "x.json", Load.Replace("2025", "0005", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Columns_of_the_price_table_may_stand_in_any_order_and_behind_the_rows()
    {
        const string Text = """
            {"data":[["A.HUB","1.00",7,"3.00","2025-11-02T01:05:00","2.00"]],"headers":["CPNODE","MCC","NEW","LMP","INTERVAL","MLC"]}
            """;
        var (result, rows) = ParsedFile.RowsOf(RealTimeLmp.Feed, "x.json", Text);
        var row = Assert.Single(rows);
        Assert.Equal((3, 0, 1, 2), (row.LmpUsdPerMwh, row.EnergyUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh));
        Assert.Equal(["x.json: unknown column NEW"], result.Notes);
    }

    [Theory]
    [InlineData(2, Outcome.Data, "")]
    [InlineData(1, Outcome.Unavailable, "x.json no longer shows 2025-11-01: it shows 2025-11-02")]
    [InlineData(3, Outcome.NotYetPublished, "x.json does not show 2025-11-03 yet")]
    public void Another_day_than_the_one_shown_stays_open(int day, Outcome outcome, string why)
    {
        var asked = new LocalDate(2025, 11, day);
        var load = ParsedFile.RowsOf(ActualLoad.Feed, Answer(Load, asked));
        var price = ParsedFile.RowsOf(RealTimeLmp.Feed, Answer(Prices, asked));
        Assert.Equal((outcome, why), (load.Result.Outcome, load.Result.Why));
        Assert.Equal((outcome, why), (price.Result.Outcome, price.Result.Why));
    }

    [Fact]
    public void An_empty_list_is_not_yet_published()
    {
        const string Text = """{"LoadInfo":{"RefId":"03-Nov-2025 - Interval 00:00 EST","FiveMinTotalLoad":[]}}""";
        var (result, _) = ParsedFile.RowsOf(ActualLoad.Feed, Answer(Text, new LocalDate(2025, 11, 3)));
        Assert.Equal(Outcome.NotYetPublished, result.Outcome);
    }

    [Theory]
    [InlineData("miso/load", "2025-11-02T12:00:00Z", "/RealTimeTotalLoad")]
    [InlineData("miso/load", "2025-11-03T05:09:00Z", "/RealTimeTotalLoad")]
    [InlineData("miso/load", "2025-11-03T05:10:00Z", null)]
    [InlineData("miso/wind-forecast", "2025-11-01T12:00:00Z", "/WindSolar/GetCombined")]
    [InlineData("miso/consolidated-lmp", "2025-11-02T12:00:00Z", "/MarketPricing/GetLmpConsolidatedTable")]
    [InlineData("miso/fuel-mix", "2025-11-02T12:00:00Z", "/FuelMix/Today")]
    [InlineData("miso/fuel-mix", "2025-11-03T05:00:00Z", "/FuelMix/Yesterday")]
    [InlineData("miso/real-time-lmp", "2025-11-02T12:00:00Z", "/MarketPricing/GetRealTimeFiveMinExPost/Rolling")]
    [InlineData("miso/real-time-lmp", "2025-11-03T05:00:00Z", "/MarketPricing/GetRealTimeFiveMinExPost/Previous")]
    public void Feeds_ask_for_what_shows_the_day_and_for_nothing_when_it_is_gone(string id, string now, string? path)
    {
        var feed = MisoFeeds.All.Single(f => f.Id.Text == id);
        var requests = feed.Locate(feed.Day(Autumn), NodaTime.Text.InstantPattern.General.Parse(now).Value);
        Assert.Equal(path, requests.SingleOrDefault()?.PathAndQuery);
        Assert.All(requests, r => Assert.Equal("miso-api", r.Site));
    }

    [Fact]
    public void An_answer_that_serves_several_feeds_is_known_by_the_name_under_which_it_was_fetched()
    {
        foreach (var feed in MisoFeeds.All.Where(f => f.Id.Text is "miso/load" or "miso/load-forecast" or "miso/load-cleared"
            or "miso/wind" or "miso/solar" or "miso/wind-forecast" or "miso/solar-forecast"))
        {
            var name = Assert.Single(feed.Locate(feed.Day(Autumn), Instant.FromUtc(2025, 11, 2, 12, 0))).FileName;
            var head = new FileHead(name, name, name.StartsWith("Real", StringComparison.Ordinal) ? Load : Combined);
            Assert.Equal([feed], MisoFeeds.All.Where(f => f.Recognizes(head)));
        }
    }

    [Theory]
    [InlineData("FiveMinTotalLoad", "FiveMinLoad", "expected a property FiveMinTotalLoad, found none")]
    [InlineData("02-Nov-2025", "2025-11-02", "expected a reference like 02-Oct-2026 - Interval 16:45 EST in RefId")]
    [InlineData("\"Load\":{\"Time\":\"00:00\"", "\"Last\":{\"Time\":\"00:00\"",
        "expected a property Load around each row of FiveMinTotalLoad")]
    [InlineData("\"Time\"", "\"Times\"", "FiveMinTotalLoad[0]: expected a property Time, found none (nearest: Times)")]
    [InlineData("\"1:05", "\"25:05", "FiveMinTotalLoad[1]: expected a time like 16:45 in Time, found '25:05'")]
    [InlineData("63000", "many", "expected a decimal in Value, found 'many'")]
    public void A_load_answer_that_is_not_as_documented_fails_by_name(string from, string to, string message) =>
        AssertFails(ActualLoad.Feed, Load.Replace(from, to, StringComparison.Ordinal), message);

    [Theory]
    [InlineData("\"MCC\"", "\"CONGESTION\"", "headers: expected one column MCC, found INTERVAL,CPNODE,LMP,MLC,CONGESTION")]
    [InlineData("\"LMP\"", "\"LMPS\"", "(nearest: LMPS)")]
    [InlineData("\"headers\"", "\"columns\"", "x.json: expected a property headers, found none")]
    [InlineData(",\"\"]", "]", "x.json:data[1]: expected 5 values, one a header, found 4")]
    [InlineData("2025-11-02T01:05:00", "01:05", "data[0]: expected a time like 2026-10-02T16:50:00 in INTERVAL, found '01:05'")]
    [InlineData("-2.95", "low", "data[0]: expected a decimal in MLC, found 'low'")]
    public void A_price_table_that_is_not_as_documented_fails_by_name(string from, string to, string message) =>
        AssertFails(RealTimeLmp.Feed, Prices.Replace(from, to, StringComparison.Ordinal), message);

    [Theory]
    [InlineData("ForecastWindValue", "ForecastWind",
        "instance[0]: expected a property ForecastWindValue, found none (nearest: ForecastWind)")]
    [InlineData("\"ForecastHourEndingEST\":\"2\"", "\"ForecastHourEndingEST\":\"3\"",
        "expected the hour that ends an hour later, found hour ending 3")]
    [InlineData("\"instance\"", "\"instances\"", "expected a property instance, found none")]
    public void A_combined_answer_that_is_not_as_documented_fails_by_name(string from, string to, string message) =>
        AssertFails(WindPower.Forecast, Combined.Replace(from, to, StringComparison.Ordinal), message);

    [Fact]
    public void Cut_answers_and_web_pages_are_no_data()
    {
        for (var length = 1; length < Prices.Length; length += 7)
        {
            Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(RealTimeLmp.Feed, "x.json", Prices[..length]));
        }

        Assert.Equal(Outcome.Unavailable, ParsedFile.RowsOf(FuelMix.Feed, "x.json", "<html><title>Sorry</title></html>").Result.Outcome);
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(FuelMix.Feed, "x.json", ""));
    }

    private static FeedFile Answer(string text, LocalDate asked) =>
        FeedFile.FromBytes("x.json", Encoding.UTF8.GetBytes(text), ActualLoad.Feed.Day(asked));

    private static void AssertFails<TRow>(Feed<TRow> feed, string text, string message)
        where TRow : struct =>
        Assert.Contains(
            message, Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(feed, "x.json", text)).Message, StringComparison.Ordinal);

    private static List<TRow> Recorded<TRow>(Feed<TRow> feed, string file)
        where TRow : struct => ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("miso", file))).Rows;
}
