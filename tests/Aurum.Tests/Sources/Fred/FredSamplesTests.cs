namespace Aurum.Tests.Sources.Fred;

public sealed class FredSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["error_api_key_not_registered.json"] = "fred/observations Unavailable 0   0",
        ["error_series_does_not_exist.json"] = "fred/observations Unavailable 0   0",
        ["fredgraph_DGS10_reduced.csv"] = "fred/observations Data 20 2024-12-16T00:00:00Z 2025-01-11T00:00:00Z 1",
        ["series-04673a_error400.json"] = "fred/observations Unavailable 0   0",
        ["series_observations-31d1d6.json"] = "fred/observations Data 20 1929-01-01T00:00:00Z 1949-01-01T00:00:00Z 1",
        ["series_observations-3a8dc9.json"] = "fred/observations ProvenEmpty 0   0",
        ["series_observations-5d35cf_error400_invalid_series_id.json"] = "fred/observations Unavailable 0   0",
        ["releases-4895a7.json"] = "fred/series-catalog Data 10   10",
        ["series-a38319.json"] = "fred/series-catalog Data 1   1",
        ["series_release-f4ad59.json"] = "fred/series-catalog Data 1   1",
        ["series_search-8cbefd.json"] = "fred/series-catalog Data 1   1",
        ["series_updates-4895a7.json"] = "fred/series-catalog Data 10   10",
        ["series_observations_GDPC1_2023-11-11_reduced.json"] =
            "fred/observations Data 5 1947-01-01T00:00:00Z 1948-04-01T00:00:00Z 1",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["series_vintagedates-f4ad59.json"] = "says of no series when it was published; observations carry their vintages themselves",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() => RecordedFiles.HoldTo("fred", Expected, OutOfScope);
}
