namespace Aurum.Tests.Sources.Spp;

public sealed class SppSamplesTests
{
    private const string ConditionsPage = "a web page for people, of a web archive: grid conditions in words, no feed";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["DA-LMP-SL-202503190100_trimmed.csv"] = "spp/day-ahead-lmp Data 27148 2025-03-19T05:00:00Z 2025-03-20T03:00:00Z 1234",
        ["DA-LMP-SL-202603080100_reduced.csv"] = "spp/day-ahead-lmp Data 52 2026-03-08T06:00:00Z 2026-03-09T05:00:00Z 4",
        ["DA-LMP-SL-202604120100_reduced.csv"] = "spp/day-ahead-lmp Data 57 2026-04-12T05:00:00Z 2026-04-13T05:00:00Z 7",
        ["DA-LMP-SL-202610010100_reduced.csv"] = "spp/day-ahead-lmp Data 12 2026-10-01T05:00:00Z 2026-10-01T09:00:00Z 3",
        ["RTBM-LMP-SL-202503310840.csv"] = "spp/real-time-lmp Data 1234 2025-03-31T13:35:00Z 2025-03-31T13:40:00Z 1234",
        ["RTBM-LMP-SL-202503310850.csv"] = "spp/real-time-lmp Data 1234 2025-03-31T13:45:00Z 2025-03-31T13:50:00Z 1234",
        ["TieFlows_SWPW_Mar2026.csv"] = "spp/tie-flows-west Data 77706 2026-03-25T05:00:00Z 2026-03-31T04:59:00Z 9",
        ["interchange-trend-swpw_asFile_20260402.csv"] =
            "spp/tie-flows-west Data 12960 2026-04-01T16:56:00Z 2026-04-02T16:55:00Z 9",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["grid-conditions-20210215.html"] = ConditionsPage,
        ["grid-conditions-20210217.html"] = ConditionsPage,
        ["grid-conditions-20221010.html"] = ConditionsPage,
        ["grid-conditions-20230101.html"] = ConditionsPage,
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed_or_is_out_of_scope_for_a_reason() =>
        RecordedFiles.HoldTo("spp", Expected, OutOfScope);
}
