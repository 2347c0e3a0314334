using Aurum.Store;
using Aurum.Store.DuckDb;
using NodaTime;

namespace Aurum.Tests.Store;

public sealed class AurumStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_opener_hears_who_holds_the_directory()
    {
        using var store = DuckDbStores.Open(_folder.Path);
        store.Announce("http://127.0.0.1:8095");

        var error = Assert.Throws<StoreLockedException>(() => DuckDbStores.Open(_folder.Path));
        Assert.Equal((Environment.ProcessId, "http://127.0.0.1:8095"), (error.ProcessId, error.Holder));
        Assert.Contains($"process {Environment.ProcessId} (http://127.0.0.1:8095)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_store_can_be_opened_again()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        using var store = DuckDbStores.Open(_folder.Path);
        Assert.Empty(store.Ledger.Watermarks());
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_and_left_alone()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        using (var database = DuckDbDatabase.Open(_folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("INSERT INTO schema_version VALUES (99, now())");
        }

        var error = Assert.Throws<StoreException>(() => DuckDbStores.Open(_folder.Path));
        Assert.Contains("version 99", error.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => DuckDbStores.Open(_folder.Path));
    }

    [Fact]
    public void A_store_of_version_1_gets_the_columns_of_vintages()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        using (var database = DuckDbDatabase.Open(_folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("DROP VIEW timeseries_observation; DROP VIEW timeseries_observation_current");
            connection.Execute("ALTER TABLE timeseries_observation_rows DROP COLUMN issued_at_utc");
            connection.Execute("ALTER TABLE timeseries_observation_rows DROP COLUMN flags");
            connection.Execute("UPDATE schema_version SET version = 1");
            connection.Execute("""
                INSERT INTO timeseries_observation_rows
                SELECT 1, 'petroleum/RWTC', now(), now(), 70.5, '$/BBL', now(), 1, 1
                """);
            connection.Execute("DELETE FROM feeds");
            connection.Execute("INSERT INTO feeds (feed_id, feed, publisher, dataset, title, table_name, zone, suite, fact_source, "
                + "fact_shape, fact_units, fact_time, fact_revisions) VALUES (1, 'eia/petroleum', 'eia', 'petroleum', '', "
                + "'timeseries_observation', 'UTC', '', '', '', '', '', '')");
        }

        using var store = DuckDbStores.Open(_folder.Path);
        using var rows = store.Read.Sql("select issued_at_utc is null and flags = '' from timeseries_observation_current");
        Assert.True(rows.NextChunk());
        Assert.Equal(true, rows.Value(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_000_000)]
    public void An_option_out_of_range_stops_the_start(int memoryMiB)
    {
        var options = new StoreOptions(_folder.Path) { MemoryLimitMiB = memoryMiB };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => AurumStore.Open(options, [], new StoppedClock(Instant.MinValue)));
        Assert.Contains("MemoryLimitMiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_facts_of_feeds_can_be_joined_in_sql()
    {
        using var store = DuckDbStores.Open(_folder.Path);
        using var reader = store.Read.Sql("SELECT iso_code, iso_unit, table_name FROM feeds WHERE feed = 'nyiso/day-ahead-lmp-zone'");

        Assert.True(reader.NextChunk());
        Assert.Equal(("NYISO", "USD/MWh", "iso_lmp"), (reader.Value(0, 0), reader.Value(1, 0), reader.Value(2, 0)));
    }

    [Fact]
    public void The_owner_is_gone_with_the_store()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        Assert.False(File.Exists(_folder["aurum.owner"]));
    }
}
