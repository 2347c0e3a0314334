namespace Aurum.Tests.Sources.Eia;

public sealed class EiaSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["US-FLA-FPC_US-FLA-FPL_exchange.json"] = "eia/interchange-data Data 25 2020-01-06T05:00:00Z 2020-01-07T06:00:00Z 1",
        ["US_CAR_SC-nuclear.json"] = "eia/fuel-type-data ProvenEmpty 0   0",
        ["petroleum_pri_dfp2_2026-05_07.json"] = "eia/petroleum-monthly Data 27 2026-05-01T00:00:00Z 2026-08-01T00:00:00Z 9",
        ["rto_region-data_demand_rows_2026-10-01.json"] = "eia/region-data Data 15 2026-10-01T15:00:00Z 2026-10-01T17:00:00Z 7",
        ["v2_electricity_facility-fuel_2022_5000rows.json"] =
            "eia/facility-fuel Data 10000 2022-07-01T00:00:00Z 2023-01-01T00:00:00Z 1794",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("eia", Expected, new Dictionary<string, string>());
}
