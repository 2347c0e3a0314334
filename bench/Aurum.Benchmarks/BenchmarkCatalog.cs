using Aurum.Benchmarks.Curves;
using Aurum.Benchmarks.Curves.Ppa;
using Aurum.Benchmarks.Engines;
using Aurum.Benchmarks.Ingest;
using Aurum.Benchmarks.Quality;
using Aurum.Benchmarks.Sources;
using Aurum.Benchmarks.Sources.Formats;
using Aurum.Benchmarks.Store;
using Aurum.Benchmarks.Ticks;
using Aurum.Benchmarks.Time;

namespace Aurum.Benchmarks;

/// <summary>Every benchmark, written out.</summary>
public static class BenchmarkCatalog
{
    public static readonly IReadOnlyList<IBenchmark> All =
    [
        new CurveBuilding(),
        new CurveSlice(),
        new Gate(),
        new DayOfPrices(),
        new EngineFigures(),
        new LakeAppend(),
        new LmpCsv(),
        new LmpXml(),
        new ParseFormats(),
        new PpaBench(),
        new StoreAppend(),
        new TickSettling(),
        new TickStages(),
        new TimeLabels(),
        new WorkbookRows(),
    ];

    public static IBenchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);
}
