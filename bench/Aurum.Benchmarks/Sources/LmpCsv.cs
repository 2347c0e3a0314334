namespace Aurum.Benchmarks.Sources;

/// <summary>Parses a CAISO day-ahead price file (PRC_LMP, CSV) into rows of prices with their parts.</summary>
/// <remarks>Budget: at least 5 times CsvHelper's file rows a CPU-second and 3 M file rows a second on one core; nothing allocated
/// a row.</remarks>
public sealed class LmpCsv : IBenchmark
{
    public string Name => "lmp-csv";

    public string Title => "CAISO prices from CSV";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        [LmpRace.Run(options, Name, OasisText.Csv, "CsvHelper", LmpBaselines.ReadCsv)];
}
