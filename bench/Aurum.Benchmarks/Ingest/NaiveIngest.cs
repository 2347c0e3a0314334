using System.IO.Compression;
using Aurum.Benchmarks.Sources;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.DuckDb;

namespace Aurum.Benchmarks.Ingest;

/// <summary>The same prices by the usual means: CsvHelper into rows, a list of lambdas over each, a prepared INSERT a price in one
/// transaction of the same engine.</summary>
internal sealed class NaiveIngest : IDisposable
{
    private static readonly List<Func<LmpRow, bool>> Checks =
    [
        static r => !double.IsNaN(r.LmpUsdPerMwh),
        static r => r.Location.Id.Length is > 0 and <= 64,
        static r => r.LmpUsdPerMwh is >= -3000 and <= 6000,
        static r => Math.Abs(r.EnergyUsdPerMwh + r.CongestionUsdPerMwh + r.LossUsdPerMwh + r.GhgUsdPerMwh - r.LmpUsdPerMwh) < 0.01,
        static r => r.Delivery.End > r.Delivery.Start,
        static r => r.Delivery.Start >= OasisDay.Day.Start && r.Delivery.End <= OasisDay.Day.End,
    ];

    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;
    private readonly byte[] _zip;

    public NaiveIngest(string path, byte[] zip)
    {
        _zip = zip;
        _database = DuckDbDatabase.Open(path);
        _connection = _database.Connect();
        _connection.Execute(
            """
            CREATE TABLE prices (
              id VARCHAR, first TIMESTAMPTZ, last TIMESTAMPTZ, lmp DOUBLE, energy DOUBLE, congestion DOUBLE, loss DOUBLE, ghg DOUBLE)
            """);
    }

    /// <summary>Takes the day in and returns how many prices it stored.</summary>
    public long Run()
    {
        var rows = new RowList<LmpRow>();
        using (var zip = new ZipArchive(new MemoryStream(_zip)))
        using (var entry = zip.Entries[0].Open())
        using (var text = new MemoryStream())
        {
            entry.CopyTo(text);
            LmpBaselines.ReadCsv(text.ToArray(), rows);
        }

        _connection.Execute("BEGIN TRANSACTION");
        using (var insert = _connection.Prepare("INSERT INTO prices VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"))
        {
            foreach (var row in rows.Rows.Where(row => Checks.TrueForAll(check => check(row))))
            {
                insert.Bind(row.Location.Id).Bind(row.Delivery.Start).Bind(row.Delivery.End).Bind(row.LmpUsdPerMwh)
                    .Bind(row.EnergyUsdPerMwh).Bind(row.CongestionUsdPerMwh).Bind(row.LossUsdPerMwh).Bind(row.GhgUsdPerMwh)
                    .Run();
            }
        }

        _connection.Execute("COMMIT");
        return rows.Rows.Count;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
