namespace Aurum.Benchmarks.Engines;

/// <summary><c>aurum bench engines</c>: what the way to each engine outside carries, beside the engine's own bulk client on the same rows
/// in the same run. Rates are of the wall clock, as the work is done by a server.</summary>
/// <remarks>Budget: 70 % of the bulk client's rate. An engine whose server is not there has no line.</remarks>
public sealed class EngineFigures : IBenchmark
{
    /// <summary>Every engine, written out.</summary>
    private static readonly IReadOnlyList<(string Name, Func<BenchOptions, IReadOnlyList<BenchResult>> Run)> Engines =
    [
        ("kafka", KafkaBlocks.Run),
        ("clickhouse", ClickHouseInsert.Run),
        ("redis", RedisUpdates.Run),
        ("events", EventEncoding.Run),
        ("kafka-ticks", KafkaTicks.Run),
        ("postgres", PostgresCopy.Run),
        ("s3", S3Transfer.Run),
    ];

    public string Name => "engines";

    public string Title => "Engines outside, beside their own bulk clients";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        [.. Engines.Where(e => options.Format.Length == 0 || e.Name == options.Format).SelectMany(e => e.Run(options))];
}
