namespace Aurum.Tests.Sources.Nyiso;

public sealed class NyisoSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["20160119rtfuelmix.csv"] = "nyiso/fuel-mix Data 2030 2016-01-19T05:05:00Z 2016-01-20T05:00:00Z 1",
        ["20171122ExternalLimitsFlows.csv"] = "nyiso/interface-flows Data 15606 2017-11-22T05:00:00Z 2017-11-23T04:55:00Z 54",
        ["20171122isolf.csv"] = "nyiso/load-forecast Data 1728 2017-11-22T05:00:00Z 2017-11-28T05:00:00Z 12",
        ["20171122rtfuelmix.csv"] = "nyiso/fuel-mix Data 2023 2017-11-22T05:05:00Z 2017-11-23T04:55:00Z 1",
        ["20250219isolf.csv"] = "nyiso/load-forecast Data 1728 2025-02-19T05:00:00Z 2025-02-25T05:00:00Z 12",
        ["20250309damlbmp_zone_reduced.csv"] = "nyiso/day-ahead-lmp-zone Data 69 2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 3",
        ["20251102palIntegrated_reduced.csv"] = "nyiso/load-integrated Data 12 2025-11-02T04:00:00Z 2025-11-02T10:00:00Z 2",
        ["20251102pal_reduced.csv"] = "nyiso/load Data 60 2025-11-02T04:00:00Z 2025-11-02T08:55:00Z 1",
        ["20251102realtime_zone_reduced.csv"] = "nyiso/real-time-lmp-zone Data 59 2025-11-02T04:00:00Z 2025-11-02T08:55:00Z 1",
        ["20251102rtlbmp_zone_reduced.csv"] = "nyiso/hourly-lmp-zone Data 75 2025-11-02T04:00:00Z 2025-11-03T05:00:00Z 3",
        ["20260923damlbmp_zone.csv"] = "nyiso/day-ahead-lmp-zone Data 360 2026-09-23T04:00:00Z 2026-09-24T04:00:00Z 15",
        ["lmp_20160218_realtime_zone_reduced.csv"] =
            "nyiso/real-time-lmp-zone Data 45 2016-02-18T05:10:00Z 2016-02-18T05:45:00Z 15",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("nyiso", Expected, new Dictionary<string, string>());
}
