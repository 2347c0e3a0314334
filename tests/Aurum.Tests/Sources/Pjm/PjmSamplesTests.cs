namespace Aurum.Tests.Sources.Pjm;

public sealed class PjmSamplesTests
{
    private const string OldPage = "a web page of 2015 that PJM no longer serves as data, cut by the author of a test";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["compressed_pjm_load_forecast_2025-03-19.gz"] =
            "pjm/load-forecast Data 168 2025-03-19T04:00:00Z 2025-03-26T04:00:00Z 1",
        ["da_hrl_lmps_2025_PJM-RTO.csv"] = "pjm/day-ahead-lmp Data 8737 2025-01-01T05:00:00Z 2025-12-31T06:00:00Z 1",
        ["da_marginal_value_20231105.json"] =
            "pjm/marginal-values-day-ahead Data 387 2023-11-05T04:00:00Z 2023-11-07T06:00:00Z 35",
        ["da_marginal_value_20240902.json"] =
            "pjm/marginal-values-day-ahead Data 210 2024-09-02T04:00:00Z 2024-09-04T05:00:00Z 31",
        ["da_transconstraints_20231105.json"] =
            "pjm/constraints-day-ahead Data 82 2023-11-05T04:00:00Z 2023-11-08T03:00:00Z 35",
        ["gen_by_fuel.json"] = "pjm/fuel-mix Data 220 2025-02-09T00:00:00Z 2025-02-09T22:00:00Z 1",
        ["hrl_load_metered_2025-05-31_2026-05-31.csv"] =
            "pjm/load-metered Data 8784 2025-05-31T04:00:00Z 2026-06-01T04:00:00Z 1",
        ["hrl_load_metered_2025_RTO.csv"] = "pjm/load-metered Data 8760 2025-01-01T05:00:00Z 2026-01-01T05:00:00Z 1",
        ["inst_load_20260707_AEP.csv"] = "pjm/load Data 288 2026-07-07T04:00:00Z 2026-07-08T04:00:00Z 1",
        ["pjm_solar_forecast_2025-02-24.json"] = "pjm/solar-forecast Data 2122 2025-02-24T00:00:00Z 2025-02-25T00:00:00Z 1",
        ["pjm_wind_forecast_2025-02-24.json"] = "pjm/wind-forecast Data 5896 2025-02-24T00:00:00Z 2025-02-25T00:00:00Z 1",
        ["rt_hrl_lmps_2025-06_2026-06_ALDENE.csv"] =
            "pjm/real-time-lmp-hourly Data 8760 2025-06-15T04:00:00Z 2026-06-15T04:00:00Z 1",
        ["solar_gen_2025_RTO.csv"] = "pjm/solar Data 8760 2025-01-01T05:00:00Z 2026-01-01T05:00:00Z 1",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["ForecastedLoadHistory.html"] = OldPage,
        ["InstantaneousLoad.html"] = OldPage,
        ["pjm_5min_solar_forecast_response.json"] =
            "5-minute solar forecast: two rows left of 10,368, from which nobody can tell whether a value is power or energy",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed_or_is_out_of_scope_for_a_reason() =>
        RecordedFiles.HoldTo("pjm", Expected, OutOfScope);
}
