namespace Aurum.Tests.Sources.Miso;

public sealed class MisoSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["20251102_da_expost_lmp_reduced.csv"] = "miso/day-ahead-lmp Data 264 2025-11-02T05:00:00Z 2025-11-03T05:00:00Z 11",
        ["20260926_rt_lmp_final_reduced.csv"] = "miso/real-time-lmp-hourly Data 96 2026-09-26T05:00:00Z 2026-09-27T05:00:00Z 4",
        ["20261001_da_expost_lmp_reduced.csv"] = "miso/day-ahead-lmp Data 96 2026-10-01T05:00:00Z 2026-10-02T05:00:00Z 4",
        ["DataBrokerServicesgetSolarForecast.asmx.json"] = "miso/solar-forecast Data 48 2025-03-10T05:00:00Z 2025-03-12T05:00:00Z 1",
        ["DataBrokerServicesgetWindForecast.asmx.json"] = "miso/wind-forecast Data 48 2025-03-10T05:00:00Z 2025-03-12T05:00:00Z 1",
        ["FuelMix_20261002_1645.json"] = "miso/fuel-mix Data 8 2026-10-02T21:45:00Z 2026-10-02T21:50:00Z 1",
        ["GetRealTimeFiveMinExPost_Current_20261002_1650_reduced.json"] =
            "miso/real-time-lmp Data 18 2026-10-02T21:50:00Z 2026-10-02T21:55:00Z 18",
        ["RealTimeTotalLoad_20261002_1645.json"] = "miso/load Data 202 2026-10-02T05:00:00Z 2026-10-02T21:50:00Z 1",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["20250310_df_al.xls"] = "a binary Excel 97 workbook, which no reader here opens; its forecasts come as JSON too",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed_or_is_out_of_scope_for_a_reason() =>
        RecordedFiles.HoldTo("miso", Expected, OutOfScope);
}
