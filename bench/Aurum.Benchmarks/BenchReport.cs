using System.Globalization;
using System.Text.Json;

namespace Aurum.Benchmarks;

/// <summary>Prints results: a table for people, a JSON array for programs.</summary>
public static class BenchReport
{
    private static readonly string[] Header =
        ["benchmark", "Aurum", "baseline", "ratio", "bytes/item", "unit", "baseline is", "notes"];

    private const int LastNumberColumn = 4;

    public static string Json(IReadOnlyList<BenchResult> results) =>
        JsonSerializer.Serialize(results, BenchJson.Default.IReadOnlyListBenchResult);

    public static void WriteTable(TextWriter output, IReadOnlyList<BenchResult> results)
    {
        var lines = results.Select(Cells).Prepend(Header).ToList();
        var widths = Header.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => column is >= 1 and <= LastNumberColumn
                ? cell.PadLeft(widths[column])
                : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Cells(BenchResult result) =>
    [
        result.Name,
        Number(result.Figure, "N0"),
        Number(result.Baseline, "N0"),
        Number(result.Ratio, "0.0") + "x",
        Number(result.AllocatedBytesPerItem, "0.##"),
        result.Unit,
        result.BaselineName,
        result.Notes,
    ];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
