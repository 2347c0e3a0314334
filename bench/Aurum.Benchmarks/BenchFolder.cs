namespace Aurum.Benchmarks;

/// <summary>A folder of its own for a benchmark that writes files; it is gone when the benchmark is done.</summary>
internal static class BenchFolder
{
    /// <summary>Runs with the path of an empty folder.</summary>
    public static TResult Use<TResult>(Func<string, TResult> run)
    {
        var folder = Directory.CreateTempSubdirectory("aurum-bench-").FullName;
        try
        {
            return run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
