using System.Text.Json;
using Aurum.Benchmarks;

namespace Aurum.Tests.Benchmarks;

/// <summary>Benchmarks that use several threads count what the whole process allocates.</summary>
[CollectionDefinition(nameof(BenchmarkBudgetTests), DisableParallelization = true)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "a collection of tests is called one")]
public sealed class BenchmarkBudgetCollection;

/// <summary>Every benchmark runs, in brief, and stays within its allocation budget. Time is never judged here.</summary>
[Collection(nameof(BenchmarkBudgetTests))]
public sealed class BenchmarkBudgetTests
{
    public static TheoryData<string> Names => new(BenchmarkCatalog.All.Select(benchmark => benchmark.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Allocates_no_more_than_its_budget(string name)
    {
        var budgets = Budgets();
        var results = BenchmarkCatalog.Find(name)!.Run(BenchOptions.Brief);
        Assert.NotEmpty(results);
        Assert.All(results, result =>
        {
            Assert.True(
                budgets.TryGetValue(result.Name, out var budget) || budgets.TryGetValue(Whole(result.Name), out budget),
                $"bench/budgets.json has no budget for {result.Name}");
            Assert.True(
                result.AllocatedBytesPerItem <= budget,
                $"{result.Name} allocates {result.AllocatedBytesPerItem} bytes an item, its budget is {budget}");
            var isBytes = result.Unit.StartsWith("bytes", StringComparison.Ordinal);
            Assert.True(
                result.Baseline > 0 && (isBytes || result is { Figure: > 0, Ratio: > 0 }), $"{result.Name} measured nothing: {result}");
        });
    }

    [Fact]
    public void Every_budget_belongs_to_a_benchmark()
    {
        var names = BenchmarkCatalog.All.Select(benchmark => benchmark.Name).ToList();
        Assert.All(Budgets().Keys, key => Assert.Contains(
            names, name => key == name || (key.StartsWith(name, StringComparison.Ordinal) && key[name.Length] is '/' or '-')));
    }

    [Fact]
    public void Results_have_the_fields_that_programs_rely_on()
    {
        var result = new BenchResult("gate", 12_000_000, "rows per CPU-second", "loop", 6_000_000, 2, 0, "made up");
        using var json = JsonDocument.Parse(BenchReport.Json([result]));
        var item = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(
            ["name", "figure", "unit", "baseline_name", "baseline", "ratio", "allocated_bytes_per_item", "notes"],
            item.EnumerateObject().Select(field => field.Name));
        Assert.Equal(12_000_000, item.GetProperty("figure").GetDouble());
    }

    [Fact]
    public void The_table_lines_up()
    {
        using var output = new StringWriter();
        BenchReport.WriteTable(output, [
            new BenchResult("gate", 12_000_000, "rows per CPU-second", "loop", 6_000_000, 2, 0, "made up"),
            new BenchResult("time-labels", 7, "labels per CPU-second", "NodaTime", 3.5, 2, 1.5, "made up"),
        ]);
        Assert.Equal(
            """
            benchmark         Aurum   baseline  ratio  bytes/item  unit                   baseline is  notes
            gate         12,000,000  6,000,000   2.0x           0  rows per CPU-second    loop         made up
            time-labels           7          4   2.0x         1.5  labels per CPU-second  NodaTime     made up

            """,
            output.ToString());
    }

    /// <summary>What is measured against several others has one budget: <c>parse/caiso-xml</c> for <c>parse/caiso-xml/dom</c>.</summary>
    private static string Whole(string name) => name[..Math.Max(0, name.LastIndexOf('/'))];

    private static Dictionary<string, double> Budgets()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Samples.ProjectRoot(), "bench", "budgets.json")));
        return json.RootElement.EnumerateObject().ToDictionary(
            budget => budget.Name, budget => budget.Value.GetProperty("allocated_bytes_per_item").GetDouble());
    }
}
