using System.Text.Json.Serialization;

namespace Aurum.Benchmarks;

/// <summary>One measured figure beside its baseline's, from the same run. The shape is a contract: fields are only ever
/// added.</summary>
/// <param name="Name">Name of the benchmark, or <c>name/part</c>.</param>
/// <param name="Figure">Aurum's median over the rounds.</param>
/// <param name="Unit">Of both figures, for example <c>labels per CPU-second</c>.</param>
/// <param name="BaselineName">What people use otherwise.</param>
/// <param name="Baseline">The baseline's median over the same rounds.</param>
/// <param name="Ratio">Figure divided by baseline.</param>
/// <param name="AllocatedBytesPerItem">Of Aurum; the least of the rounds.</param>
/// <param name="Notes">Size of the input, best round, wall clock.</param>
public sealed record BenchResult(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("figure")] double Figure,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("baseline_name")] string BaselineName,
    [property: JsonPropertyName("baseline")] double Baseline,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("allocated_bytes_per_item")] double AllocatedBytesPerItem,
    [property: JsonPropertyName("notes")] string Notes)
{
    /// <summary>A rate beside another's.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="item">What is counted, in plural: <c>rows</c>.</param>
    /// <param name="subject">Aurum's measurement.</param>
    /// <param name="baseline">The other one's.</param>
    /// <param name="input">What was measured on.</param>
    public static BenchResult OfRates(string name, string item, Measurement subject, Measurement baseline, string input) =>
        new(
            name,
            Math.Round(subject.ItemsPerCpuSecond),
            $"{item} per CPU-second",
            baseline.Name,
            Math.Round(baseline.ItemsPerCpuSecond),
            Math.Round(subject.ItemsPerCpuSecond / baseline.ItemsPerCpuSecond, 2),
            Math.Round(subject.AllocatedBytesPerItem, 4),
            FormattableString.Invariant(
                $"{input}; best {subject.BestItemsPerCpuSecond:N0}; {subject.ItemsPerWallSecond:N0} a second of wall clock"));
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<BenchResult>))]
internal sealed partial class BenchJson : JsonSerializerContext;
