using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Reading;

/// <summary>Writes the rows of a query to a Parquet file.</summary>
public sealed class ParquetExport
{
    /// <summary>Memory of the engine that rows of another one go through.</summary>
    private const int ScratchMiB = 256;

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
            CopyFromOutside(sql, part, cancel);
            return;
        }

        using var lease = _engine.Rent();
        Copy(lease.Connection, $"({sql})", part, cancel);
    }

    /// <summary>Rows of an engine that writes no Parquet go through one that does.</summary>
    private void CopyFromOutside(string sql, string part, CancellationToken cancel)
    {
        Directory.CreateDirectory(_temporary);
        using var scratch = StoreEngine.OpenWithoutFile(_temporary, [], ScratchMiB, threads: 1);
        using var lease = scratch.Rent();
        using (var rows = new StoreReader(_engine).Sql(sql, int.MaxValue - 1, cancel))
        {
            RowsCopy.Fill(rows, lease.Connection, "export");
        }

        Copy(lease.Connection, "export", part, cancel);
    }

    private static void Copy(EngineConnection connection, string from, string part, CancellationToken cancel) =>
        connection.Interruptibly(
            () => connection.Execute($"COPY {from} TO {SqlText.Text(part)} (FORMAT parquet, COMPRESSION zstd)"), cancel);
}
