namespace Aurum.Benchmarks;

/// <summary>One name of <c>aurum bench</c>: measures Aurum and what people use otherwise, on the same input, in the same
/// run.</summary>
/// <remarks>The doc comment of each states its budget: a rate that a reader may expect, and the allocated bytes an item that
/// <c>bench/budgets.json</c> holds and a test enforces.</remarks>
public interface IBenchmark
{
    /// <summary>Kebab case, the name on the command line. Results are named like it, or <c>name/part</c>, or
    /// <c>name-part</c>.</summary>
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Title { get; }

    IReadOnlyList<BenchResult> Run(BenchOptions options);
}
