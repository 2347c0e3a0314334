namespace Aurum.Benchmarks.Curves.Scenarios;

/// <summary>A scenario of five drivers over a hundred curves of ten years; see <see cref="ScenarioCurves"/>.</summary>
public sealed class ScenarioBench : IBenchmark
{
    public string Name => "scenario";

    public string Title => "Scenarios: a hundred curves of ten years moved by five drivers";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => [ScenarioCurves.Run(options, Name)];
}
