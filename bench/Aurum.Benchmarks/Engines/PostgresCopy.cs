using System.Diagnostics;
using Aurum.Cluster.Postgres;
using Aurum.Store.Engines;
using Npgsql;
using NpgsqlTypes;

namespace Aurum.Benchmarks.Engines;

/// <summary>Rows of prices appended to a PostgreSQL table by our appender, beside <c>psql \copy</c> of the same rows in the same format,
/// and beside the driver's own binary import.</summary>
/// <remarks>Budget: no less than 70 % of either; no memory by row. Filling the chunks is part of ours and of the driver's;
/// <c>psql</c> finds its file made.</remarks>
internal static class PostgresCopy
{
    private const int Rows = 500_000;
    private const long Start = 1_741_000_000_000_000;

    private static readonly string[] Places = [.. Enumerable.Range(0, 500).Select(static n => $"NODE_{n:0000}_7_N001")];

    private static readonly byte[][] PlacesUtf8 = [.. Places.Select(System.Text.Encoding.UTF8.GetBytes)];

    public static IReadOnlyList<BenchResult> Run(BenchOptions options) => PostgresBenchServer.IsThere
        ? BenchFolder.Use(folder => Measure(options, folder))
        : [];

    private static BenchResult[] Measure(BenchOptions options, string folder)
    {
        using var server = PostgresBenchServer.Start(folder);
        using var database = new PostgresDatabase(server.Options, asOwner: false, TimeProvider.System);
        using var connection = database.Connect();
        connection.Execute(
            "CREATE TABLE prices (feed_id INTEGER, location_id TEXT, start_utc TIMESTAMPTZ, lmp DOUBLE PRECISION, energy DOUBLE PRECISION, "
            + "file_id BIGINT)");
        using var driver = new NpgsqlConnection(server.Settings);
        driver.Open();
        var rows = options.Scaled(Rows);
        var file = Path.Combine(folder, "prices.copy");
        Append(connection, rows);
        server.Psql($"\\copy prices TO '{file}' (FORMAT BINARY)");
        List<double>[] rates = [[], [], []];
        var allocated = double.MaxValue;
        for (var round = 0; round <= options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var ours = Timed(connection, rows, () => Append(connection, rows));
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            double[] all =
            [
                ours,
                Timed(connection, rows, () => server.Psql($"\\copy prices FROM '{file}' (FORMAT BINARY)")),
                Timed(connection, rows, () => Import(driver, rows)),
            ];
            if (round > 0)
            {
                allocated = Math.Min(allocated, bytes / (double)rows);
                for (var i = 0; i < all.Length; i++)
                {
                    rates[i].Add(all[i]);
                }
            }
        }

        return [Result("psql \\copy", "", 1), Result("Npgsql binary import", "/driver", 2)];

        BenchResult Result(string baseline, string part, int at) => new(
            "engines/postgres" + part,
            Math.Round(Median(rates[0])),
            "rows per second",
            baseline,
            Math.Round(Median(rates[at])),
            Math.Round(Median(rates[0]) / Median(rates[at]), 2),
            Math.Round(allocated, 4),
            FormattableString.Invariant($"{rows:N0} rows of 6 columns; wall clock, server included"));
    }

    private static void Append(PostgresConnection connection, int rows)
    {
        using var appender = connection.Append("prices");
        for (var from = 0; from < rows; from += EngineAppender.Capacity)
        {
            var count = Math.Min(EngineAppender.Capacity, rows - from);
            for (var i = 0; i < count; i++)
            {
                var n = from + i;
                appender.Ints(0)[i] = 7;
                appender.SetText(1, i, PlacesUtf8[n % Places.Length]);
                appender.Longs(2)[i] = Start + (n * 1_000_000L);
                appender.Doubles(3)[i] = n * 0.01;
                appender.Doubles(4)[i] = n * 0.02;
                appender.Longs(5)[i] = n;
            }

            appender.Push(count);
        }

        appender.Finish();
    }

    private static void Import(NpgsqlConnection connection, int rows)
    {
        using var import = connection.BeginBinaryImport("COPY prices FROM STDIN (FORMAT BINARY)");
        var epoch = DateTime.UnixEpoch.AddMicroseconds(Start);
        for (var n = 0; n < rows; n++)
        {
            import.StartRow();
            import.Write(7, NpgsqlDbType.Integer);
            import.Write(Places[n % Places.Length], NpgsqlDbType.Text);
            import.Write(epoch.AddSeconds(n), NpgsqlDbType.TimestampTz);
            import.Write(n * 0.01, NpgsqlDbType.Double);
            import.Write(n * 0.02, NpgsqlDbType.Double);
            import.Write((long)n, NpgsqlDbType.Bigint);
        }

        import.Complete();
    }

    /// <summary>Rows a second into the empty table.</summary>
    private static double Timed(PostgresConnection connection, int rows, Action insert)
    {
        connection.Execute("TRUNCATE prices");
        var began = Stopwatch.GetTimestamp();
        insert();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using var count = connection.Prepare("SELECT count(*) FROM prices");
        using var found = count.Query();
        found.NextChunk();
        return found.Int64(0, 0) == rows
            ? rows / seconds
            : throw new InvalidOperationException($"expected {rows} rows, found {found.Int64(0, 0)}");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
