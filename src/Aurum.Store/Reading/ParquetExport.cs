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
        var part = NextPart();
        try
        {
            Copy(sql, part, CancellationToken.None);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Writes a file for a reader, and takes it away when that is done, whatever happens.</summary>
    /// <param name="sql">A query, in words of the program and not of a caller.</param>
    /// <param name="read">Reads the file.</param>
    /// <param name="cancel">Ends the query.</param>
    public void Read(string sql, Action<Stream> read, CancellationToken cancel)
    {
        var part = NextPart();
        try
        {
            Copy(sql, part, cancel);
            using var file = File.OpenRead(part);
            read(file);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string NextPart() =>
        Path.Combine(_temporary, $"export-{Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture)}.parquet");

    private void Copy(string sql, string part, CancellationToken cancel)
    {
        if (_engine.Sharing is not null)
        {
            throw new StoreException("Parquet files are written out of the file in the data directory; over PostgreSQL choose csv");
        }

        using var lease = _engine.Rent();
        lease.Connection.Interruptibly(
            () =>
            {
                lease.Connection.Execute(
                    $"COPY ({sql}) TO '{part.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
                return true;
            },
            cancel);
    }
}
