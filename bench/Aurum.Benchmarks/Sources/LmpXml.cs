namespace Aurum.Benchmarks.Sources;

/// <summary>Parses the XML form of a CAISO day-ahead price file (PRC_LMP) into rows of prices with their parts.</summary>
/// <remarks>Budget: at least twice XmlReader's file rows a CPU-second; nothing allocated a row.</remarks>
public sealed class LmpXml : IBenchmark
{
    public string Name => "lmp-xml";

    public string Title => "CAISO prices from XML";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        [LmpRace.Run(options, Name, OasisText.Xml, "XmlReader", LmpBaselines.ReadXml)];
}
