using System.Text;
using Aurum.Cluster.Postgres;
using Aurum.Store.Engines;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The seam on PostgreSQL: what goes in by COPY comes out of a query as it was, and faults are told.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresEngineTests : IDisposable
{
    private readonly PostgresStores _stores;
    private readonly PostgresDatabase _database;

    public PostgresEngineTests(PostgresServer server)
    {
        _stores = new PostgresStores(server);
        _stores.Open().Dispose();
        _database = new PostgresDatabase(_stores.Options, asOwner: true, TimeProvider.System);
    }

    public void Dispose()
    {
        _database.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void Cells_of_every_type_and_length_pass_through_copy_and_query()
    {
        using var connection = _database.Connect();
        connection.Execute(
            "CREATE TABLE cells (i INTEGER, l BIGINT, d DOUBLE PRECISION, t TEXT, b BOOLEAN, day DATE, at TIMESTAMPTZ, raw BYTEA)");
        var at = Instant.FromUtc(1969, 12, 31, 23, 59, 59) + Duration.FromNanoseconds(123_456_000);
        using (var rows = new RecordAppender(connection, "cells", ["l", "i", "d", "t", "b", "day", "at", "raw"]))
        {
            for (var i = 0; i < 5000; i++)
            {
                rows.Add((long)i << 33).Add(i - 2500).Add(i % 3 == 0 ? double.NaN : -i / 7.0).Add(TextOf(i)).Add(i % 2 == 0)
                    .Add(new LocalDate(1999, 12, 30).PlusDays(i)).Add(i % 4 == 0 ? null : at + Duration.FromMilliseconds(i))
                    .AddBytes(Encoding.UTF8.GetBytes("ü" + i)).End();
            }

            rows.Finish();
        }

        using var select = connection.Prepare("SELECT i, l, d, t, b, day, at, raw FROM cells WHERE i >= $1 ORDER BY i");
        using var read = select.Bind(-2500).Query();
        var row = 0;
        while (read.NextChunk())
        {
            for (var r = 0; r < read.Count; r++, row++)
            {
                Assert.Equal((row - 2500, (long)row << 33), (read.Int32(0, r), read.Int64(1, r)));
                Assert.Equal(row % 3 == 0, read.IsNull(2, r));
                Assert.True(read.IsNull(2, r) || read.Double(2, r) == -row / 7.0);
                Assert.Equal(TextOf(row), read.StringOrNull(3, r));
                Assert.Equal((row % 2 == 0, new LocalDate(1999, 12, 30).PlusDays(row)), (read.Boolean(4, r), read.Date(5, r)));
                Assert.Equal(row % 4 == 0 ? null : at + Duration.FromMilliseconds(row), read.InstantOrNull(6, r));
                Assert.Equal("ü" + row, read.String(7, r));
            }
        }

        Assert.Equal(5000, row);
        Assert.Equal(
            "-2499|8589934592|-0.14285714285714285|f|1999-12-31",
            _stores.Psql("SELECT i, l, d, b, day FROM cells WHERE i = -2499", "aurum_owner"));
    }

    [Fact]
    public void Arguments_of_every_type_are_what_they_were()
    {
        using var connection = _database.Connect();
        var (day, at) = (new LocalDate(1899, 3, 1), Instant.FromUtc(2031, 5, 6, 7, 8, 9));
        using var ask = connection.Prepare("SELECT $1, $2, $3, $4, $5, $6, CAST($7 AS TEXT), $8 IS NULL");
        using var row = ask.Bind(true).Bind(7L).Bind(0.1).Bind(day).Bind(at).Bind("it's").BindNull().Bind((string?)null).Query();
        Assert.True(row.NextChunk());
        Assert.Equal((true, 7L, 0.1, day), (row.Boolean(0, 0), row.Int64(1, 0), row.Double(2, 0), row.Date(3, 0)));
        Assert.Equal((at, "it's", true, true), (row.Instant(4, 0), row.String(5, 0), row.IsNull(6, 0), row.Boolean(7, 0)));
    }

    [Fact]
    public void A_commit_of_a_transaction_in_which_something_failed_is_an_error()
    {
        using var connection = _database.Connect();
        connection.Begin();
        Assert.Equal("42601", Assert.Throws<PostgresEngineException>(() => connection.Execute("SELEC")).State);
        Assert.Throws<PostgresEngineException>(connection.Commit);
        connection.RollBack();
        Assert.True(connection.TryRest());
    }

    [Fact]
    public void A_statement_that_runs_too_long_is_ended()
    {
        using var database = new PostgresDatabase(_stores.Options with { StatementSeconds = 1 }, asOwner: true, TimeProvider.System);
        using var connection = database.Connect();
        var error = Assert.Throws<PostgresEngineException>(() => connection.Execute("SELECT pg_sleep(30)"));
        Assert.Equal("57014", error.State);
    }

    private static string? TextOf(int i) => i % 11 == 5 ? null : new string((char)('a' + (i % 26)), i % 40) + (i % 2 == 0 ? "é" : "");
}
