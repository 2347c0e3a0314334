using System.Globalization;
using System.Runtime.Versioning;
using Aurum.Tests.Commands;

namespace Aurum.Tests.Curves;

/// <summary>What a workbook's load takes of memory, as the operating system counts it.</summary>
[Trait("Category", "Slow")]
[UnsupportedOSPlatform("windows")]
public sealed class LoadMemoryTests
{
    private const int EmptyMiB = 270;
    private const int StoredMiB = 280;

    /// <summary>The highest resident set so far (VmHWM) only grows, so the last reading before the end counts.</summary>
    private const string LoadAndWatch =
        """
        $AURUM curves load "$1" --data "$2" --format csv >&2 & pid=$!
        while [ -r /proc/$pid/status ]; do grep VmHWM /proc/$pid/status 2>/dev/null || true; sleep 0.01; done
        wait $pid
        """;

    [Theory]
    [InlineData("EOD_RP_20250711_1430.xlsx")]
    [InlineData("EOD_RP_20250917_1430.xlsx")]
    public async Task The_largest_recorded_workbooks_take_less_than_270_MiB(string file)
    {
        using var data = new DataFolder();
        await Loads(data, file, EmptyMiB);
    }

    [Fact]
    public async Task Where_seven_days_are_stored_the_largest_takes_less_than_280_MiB()
    {
        using var data = new DataFolder();
        using var books = new TestFolder();
        (await AurumProcess.Run(
            "sandbox", "workbooks", "--vendor", "rp", "--as-of", "2025-09-16", "--days", "7", "--out", books.Path)).Ended(0);
        (await AurumProcess.Run(
            ["curves", "load", .. Directory.GetFiles(books.Path, "*.xlsx").Order(StringComparer.Ordinal), "--data", data.Path])).Ended(0);
        await Loads(data, "EOD_RP_20250917_1430.xlsx", StoredMiB);
    }

    private static async Task Loads(DataFolder data, string file, int mostMiB)
    {
        var run = (await AurumProcess.Shell(LoadAndWatch, Samples.PathOf("workbooks", file), data.Path)).Ended(0);
        Assert.Contains(",merged,", run.Error, StringComparison.Ordinal);
        var peak = run.Lines.Max(static line => long.Parse(line.Split(' ', '\t')[^2], CultureInfo.InvariantCulture)) / 1024;
        Assert.InRange(peak, 100, mostMiB);
    }
}
