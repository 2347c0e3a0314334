namespace Aurum.Tests.Sources.WorldBank;

public sealed class WorldBankSamplesTests
{
    private const string Reference = "codes that the countries' entries spell out themselves";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["country_MX_indicator_NY.GDP.MKTP.CD_partly_edited.json"] =
            "worldbank/indicators Data 4 2024-01-01T00:00:00Z 2026-01-01T00:00:00Z 3",
        ["sources.json"] = "worldbank/indicator-catalog Data 14   14",
        ["indicators.json"] = "worldbank/indicator-catalog Data 50   50",
        ["countries_india.json"] = "worldbank/indicator-catalog Data 1   1",
        ["countries.json"] = "worldbank/indicator-catalog Data 50   50",
    };

    private static readonly Dictionary<string, string> OutOfScope = new()
    {
        ["income_levels.json"] = Reference,
        ["lending_types.json"] = Reference,
        ["regions.json"] = Reference,
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() => RecordedFiles.HoldTo("worldbank", Expected, OutOfScope);
}
