namespace Aurum.Tests.Sources.WorldBank;

public sealed class WorldBankSamplesTests
{
    private const string Reference = "names of the publisher's own codes, without a series";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["country_MX_indicator_NY.GDP.MKTP.CD_partly_edited.json"] =
            "worldbank/indicators Data 4 2024-01-01T00:00:00Z 2026-01-01T00:00:00Z 3",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["countries.json"] = Reference,
        ["countries_india.json"] = Reference,
        ["income_levels.json"] = Reference,
        ["indicators.json"] = "a list of indicators, without observations",
        ["lending_types.json"] = Reference,
        ["regions.json"] = Reference,
        ["sources.json"] = Reference,
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() => RecordedFiles.HoldTo("worldbank", Expected, OutOfScope);
}
