namespace Aurum.Tests.Commands;

/// <summary><c>aurum sandbox workbooks</c> as people use it.</summary>
public sealed class WorkbooksCommandTests
{
    [Fact]
    public async Task Workbooks_are_parsed_into_the_rows_that_are_written_beside_them()
    {
        using var folder = new TestFolder();
        var run = (await CommandRun.Of(
            "sandbox", "workbooks", "--as-of", "2025-09-15", "--vendor", "pw", "--days", "2", "--truth", "--out", folder.Path)).Ended(0);
        Assert.Equal(2, run.Lines.Count);
        Assert.Equal(
            ["EOD_PW_20250912_1430.csv", "EOD_PW_20250912_1430.xlsx", "EOD_PW_20250915_1430.csv", "EOD_PW_20250915_1430.xlsx"],
            Directory.EnumerateFiles(folder.Path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        var parsed = (await CommandRun.Of("parse", folder["EOD_PW_20250915_1430.xlsx"])).Ended(0);
        Assert.Equal(await File.ReadAllLinesAsync(folder["EOD_PW_20250915_1430.csv"]), parsed.Lines);
    }

    [Theory]
    [InlineData("--fault", "renamed-lable", "--fault renamed-lable: expected one such as renamed-label")]
    [InlineData("--vendor", "rpp", "--vendor rpp: expected one such as rp")]
    [InlineData("--days", "0", "--days: expected 1 to 2000, found 0")]
    public async Task What_it_does_not_know_is_refused_with_the_nearest_name(string option, string value, string message)
    {
        using var folder = new TestFolder();
        var run = (await CommandRun.Of("sandbox", "workbooks", "--as-of", "2025-09-15", "--out", folder.Path, option, value)).Ended(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
