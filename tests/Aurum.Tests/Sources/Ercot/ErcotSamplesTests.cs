namespace Aurum.Tests.Sources.Ercot;

public sealed class ErcotSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["ERCOT.json"] = "ercot/fuel-mix Data 3088 2024-11-23T06:04:57Z 2024-11-24T14:09:57Z 1",
        ["ERCOT_demand.json"] = "ercot/system-load Data 26 2024-11-24T06:00:00Z 2024-11-25T08:00:00Z 1",
        ["ERCOT_generation.json"] = "ercot/fuel-mix Data 2952 2025-10-08T05:04:56Z 2025-10-09T11:44:56Z 1",
        ["ERCOT_storage.json"] = "ercot/storage Data 1107 2025-10-08T05:00:00Z 2025-10-09T11:40:00Z 1",
        ["cdr.00012301.0000000000000000.20240329.010211.SPPHLZNP6905_20240329_0100.csv"] =
            "ercot/real-time-spp Data 908 2024-03-29T05:45:00Z 2024-03-29T06:00:00Z 896",
        ["load_forecast_by_forecast_zone.json"] = "ercot/load-forecast-by-zone NotYetPublished 0   0",
        ["load_forecast_specific_reportid.zip"] = "ercot/load-forecast-by-zone Data 960 2025-03-13T05:00:00Z 2025-03-21T05:00:00Z 5",
        ["np3-911-er_archive_doc_1045038225.zip"] =
            "ercot/ancillary-two-day Data 10790 2024-10-16T05:00:00Z 2024-10-17T05:00:00Z 2796",
        ["np3-911-er_archive_list_2024-10-18.json"] = "ercot/ancillary-two-day Data 0   0",
        ["np3-911-er_archive_list_2024-11-05.json"] = "ercot/ancillary-two-day Data 0   0",
        ["np4-190-cd_dam_stlmnt_pnt_prices_HB_HUBAVG_2025-11-02.json"] =
            "ercot/day-ahead-spp Data 25 2025-11-02T05:00:00Z 2025-11-03T06:00:00Z 1",
        ["solar_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json"] = "ercot/solar NotYetPublished 0   0",
        ["solar_specific_reportid.zip"] = "ercot/solar Data 48 2025-03-11T18:00:00Z 2025-03-13T18:00:00Z 1",
        ["wind_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json"] = "ercot/wind NotYetPublished 0   0",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["real_time_system_conditions.html"] = "a web page of 2016 that ERCOT no longer serves as data",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed_or_is_out_of_scope_for_a_reason() =>
        RecordedFiles.HoldTo("ercot", Expected, OutOfScope);
}
