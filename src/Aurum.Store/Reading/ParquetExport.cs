using System.Globalization;

namespace Aurum.Store.Reading;

/// <summary>Writes the rows of a query to a Parquet file.</summary>
public sealed class ParquetExport
{
    private readonly StoreEngine _engine;
    private readonly string _temporary;
    private long _serial;

    internal ParquetExport(StoreEngine engine, string dataDirectory)
    {
        _engine = engine;
        _temporary = Path.Combine(Path.GetFullPath(dataDirectory), "tmp");
    }

    /// <summary>Writes a file with ZSTD compression, in place of one that is there. It is whole or not there.</summary>
    /// <param name="sql">A query, in words of the program and not of a caller.</param>
    /// <param name="path">The file; its folder exists.</param>
    public void Write(string sql, string path)
    {
        var part = Path.Combine(
            _temporary, $"export-{Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture)}.parquet");
        try
        {
            using var lease = _engine.Rent();
            lease.Connection.Execute(
                $"COPY ({sql}) TO '{part.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
