namespace Aurum.Tests.Sources.Isone;

public sealed class IsoneSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["WW_DALMP_ISO_20260604.csv"] = "isone/day-ahead-lmp Data 29016 2026-06-04T04:00:00Z 2026-06-05T04:00:00Z 1209",
        ["day_ahead_load_forecast_20250317.xml"] = "isone/load Data 131 2025-03-17T04:00:00Z 2025-03-17T14:55:00Z 1",
        ["dayaheadhourlydemand_day_20241102_location_4001.json"] =
            "isone/day-ahead-demand Data 24 2024-11-02T04:00:00Z 2024-11-03T04:00:00Z 1",
        ["dayaheadhourlydemand_day_20241102_location_4002.json"] =
            "isone/day-ahead-demand Data 24 2024-11-02T04:00:00Z 2024-11-03T04:00:00Z 1",
        ["dayaheadhourlydemand_day_20241103_location_4001.json"] =
            "isone/day-ahead-demand Data 25 2024-11-03T04:00:00Z 2024-11-04T05:00:00Z 1",
        ["dayaheadhourlydemand_day_20241103_location_4002.json"] =
            "isone/day-ahead-demand Data 25 2024-11-03T04:00:00Z 2024-11-04T05:00:00Z 1",
        ["exchange_CA-NB_US-NE-ISNE.json"] = "isone/external-flows Data 884 2025-03-26T04:00:00Z 2025-03-26T22:25:00Z 4",
        ["genfuelmix_day_20240309.json"] = "isone/fuel-mix Data 2098 2024-03-09T05:05:34Z 2024-03-10T04:58:13Z 1",
        ["genfuelmix_day_20240310.json"] = "isone/fuel-mix Data 2394 2024-03-10T05:02:39Z 2024-03-11T03:54:41Z 1",
        ["genfuelmix_day_20241102.json"] = "isone/fuel-mix Data 1621 2024-11-02T04:08:02Z 2024-11-03T03:57:49Z 1",
        ["hourlylmp_da_final_day_20260308_location_4000.json"] =
            "isone/day-ahead-lmp Data 23 2026-03-08T05:00:00Z 2026-03-09T04:00:00Z 1",
        ["hourlyloadforecast_all_day_20240309.json"] = "isone/load-forecast Data 144 2024-03-09T05:00:00Z 2024-03-10T05:00:00Z 1",
        ["hourlyloadforecast_all_day_20240310.json"] = "isone/load-forecast Data 138 2024-03-10T05:00:00Z 2024-03-11T04:00:00Z 1",
        ["hourlyloadforecast_all_day_20241102.json"] = "isone/load-forecast Data 216 2024-11-02T04:00:00Z 2024-11-03T04:00:00Z 1",
        ["hourlyloadforecast_all_day_20241103.json"] = "isone/load-forecast Data 175 2024-11-03T04:00:00Z 2024-11-04T05:00:00Z 1",
        ["hourlysysload_current.json"] = "isone/load-hourly Data 1 2024-11-25T20:00:00Z 2024-11-25T21:00:00Z 1",
        ["hourlysysload_day_20240309.json"] = "isone/load-hourly Data 24 2024-03-09T05:00:00Z 2024-03-10T05:00:00Z 1",
        ["hourlysysload_day_20240310.json"] = "isone/load-hourly Data 23 2024-03-10T05:00:00Z 2024-03-11T04:00:00Z 1",
        ["hourlysysload_day_20241102.json"] = "isone/load-hourly Data 24 2024-11-02T04:00:00Z 2024-11-03T04:00:00Z 1",
        ["morningreport_20160101.json"] = "isone/morning-report Data 23 2016-01-01T05:00:00Z 2016-01-02T05:00:00Z 23",
        ["realtimehourlydemand_day_20240309_location_4001.json"] =
            "isone/real-time-demand Data 24 2024-03-09T05:00:00Z 2024-03-10T05:00:00Z 1",
        ["realtimehourlydemand_day_20240309_location_4002.json"] =
            "isone/real-time-demand Data 24 2024-03-09T05:00:00Z 2024-03-10T05:00:00Z 1",
        ["realtimehourlydemand_day_20240310_location_4001.json"] =
            "isone/real-time-demand Data 23 2024-03-10T05:00:00Z 2024-03-11T04:00:00Z 1",
        ["realtimehourlydemand_day_20240310_location_4002.json"] =
            "isone/real-time-demand Data 23 2024-03-10T05:00:00Z 2024-03-11T04:00:00Z 1",
        ["reliabilityregionloadforecast_day_20241103_all.json"] =
            "isone/load-forecast-region Data 1264 2024-11-03T04:00:00Z 2024-11-04T05:00:00Z 8",
        ["seven_day_solar_power_forecast_20250225.csv"] =
            "isone/solar-forecast Data 168 2025-02-25T15:00:00Z 2025-03-04T15:00:00Z 1",
        ["sevendayforecast_20160101.json"] = "isone/seven-day-forecast Data 90 2016-01-02T05:00:00Z 2016-01-08T05:00:00Z 90",
        ["sevendayforecast_current.json"] = "isone/seven-day-forecast Data 90 2017-01-31T05:00:00Z 2017-02-06T05:00:00Z 90",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("isone", Expected, new Dictionary<string, string>());
}
