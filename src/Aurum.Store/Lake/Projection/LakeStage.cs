using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Reading;

namespace Aurum.Store.Lake.Projection;

/// <summary>An engine without a file that rows of another one are put into, to be written as Parquet. Rows come in chunks; what does not
/// fit into its memory lies in the folder for the time of the call.</summary>
internal sealed class LakeStage : IDisposable
{
    private readonly StoreEngine _engine;
    private readonly ConnectionLease _lease;

    /// <param name="store">Where the rows are: a transaction that reads, so that all of them are of one moment.</param>
    /// <param name="scratch">Folder of what does not fit, and of the files that are written.</param>
    /// <param name="memoryLimitMiB">Memory, MiB.</param>
    /// <param name="inputs">Names and queries.</param>
    public LakeStage(EngineConnection store, string scratch, int memoryLimitMiB, IEnumerable<(string Name, string Sql)> inputs)
    {
        _engine = StoreEngine.OpenWithoutFile(scratch, [], memoryLimitMiB, threads: 1);
        _lease = _engine.Rent();
        try
        {
            foreach (var (name, sql) in inputs)
            {
                using var rows = StoreReader.SqlOf(store, sql);
                RowsCopy.Fill(rows, Connection, name);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public EngineConnection Connection => _lease.Connection;

    public void Dispose()
    {
        _lease.Dispose();
        _engine.Dispose();
    }

    /// <summary>A query about deliveries with their numbers in it.</summary>
    public static string Numbered(string sql, long after, long through) => sql
        .Replace("$1", after.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("$2", through.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
