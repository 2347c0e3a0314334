using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Nyiso;

namespace Aurum.Tests.Sources.Nyiso;

public sealed class SolarBehindMeterTests
{
    private const string Header = "\"Time Stamp\",\"Time Zone\",\"Zone Name\",\"Zone PTID\",\"MW Value\"";

    [Fact]
    public void Estimates_of_the_25_hour_day_have_the_repeated_hour_twice_and_the_whole_is_the_control_area()
    {
        var (_, rows) = ParsedFile.RowsOf(SolarBehindMeter.Actual, "20251102BTMEstimatedActual.csv", Text(
            "\"11/02/2025 01:00:00\",\"EDT\",\"CAPITL\",61757,0",
            "\"11/02/2025 01:00:00\",\"EST\",\"CAPITL\",61757,0",
            "\"11/02/2025 12:00:00\",\"EST\",\"CAPITL\",61757,301.5",
            "\"11/02/2025 12:00:00\",\"EST\",\"SYSTEM\",0,2301.25"));
        Assert.Equal([5, 6, 17, 17], rows.Select(r => r.Delivery.Start.InUtc().Hour));
        Assert.Equal(("NYISO", LocationType.System, 2301.25), (rows[^1].Area.Id, rows[^1].Area.Type, rows[^1].GenerationMw));
        Assert.Equal(("61757", "Solar behind the meter"), (rows[0].Area.PublisherId, rows[0].Fuel.Text));
    }

    [Fact]
    public void The_name_of_the_file_tells_estimates_from_forecasts()
    {
        var text = Text("\"11/02/2025 01:00:00\",\"EDT\",\"CAPITL\",61757,0");
        Assert.True(SolarBehindMeter.Forecast.Recognizes(new FileHead("20251102btmdaforecast.csv", "20251102btmdaforecast.csv", text)));
        Assert.False(SolarBehindMeter.Actual.Recognizes(new FileHead("20251102btmdaforecast.csv", "20251102btmdaforecast.csv", text)));
        Assert.True(SolarBehindMeter.Actual.Recognizes(
            new FileHead("20251101BTMEstimatedActual_csv.zip", "20251101BTMEstimatedActual.csv", text)));
    }

    [Fact]
    public void A_renamed_column_fails_by_name_with_the_nearest_one()
    {
        var text = Text("\"11/02/2025 01:00:00\",\"EDT\",\"CAPITL\",61757,0").Replace("MW Value", "MW Values", StringComparison.Ordinal);
        var error = Assert.Throws<FeedFormatException>(() =>
            ParsedFile.RowsOf(SolarBehindMeter.Actual, "20251102BTMEstimatedActual.csv", text));
        Assert.Contains("nearest: MW Values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_days_are_in_the_zip_of_their_month()
    {
        var day = SolarBehindMeter.Actual.Day(new NodaTime.LocalDate(2025, 11, 20));
        var request = Assert.Single(SolarBehindMeter.Actual.Locate(day, day.End + NodaTime.Duration.FromDays(30)));
        Assert.Equal("/csv/btmactualforecast/20251101BTMEstimatedActual_csv.zip", request.PathAndQuery);
    }

    private static string Text(params string[] lines) => string.Join("\r\n", [Header, .. lines, ""]);
}
