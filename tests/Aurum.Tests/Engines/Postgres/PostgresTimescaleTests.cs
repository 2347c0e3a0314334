using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>What TimescaleDB is filled with, on plain tables: the extension itself is not to be had here.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTimescaleTests(PostgresServer server) : StoreConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void Current_rows_are_taken_and_taken_again_as_they_change()
    {
        using var database = new PostgresDatabase(_stores.Options, asOwner: true, TimeProvider.System);
        using var owner = database.Connect();
        foreach (var statement in PostgresTimescale.Tables)
        {
            owner.Execute(statement);
        }

        Deliver(PricesOf(24, h => h), At(0));
        Take();
        Deliver([Price(3, 99), Price(25, 1)], At(5));
        Take();
        Take();
        Assert.Equal("25|99|2025-03-04", _stores.Psql(
            "SELECT count(*), max(price_total), min(delivery_date) FROM iso_lmp_timeseries", "aurum_owner"));

        void Take() => owner.Execute("CALL timescale_take('2025-01-01')");
    }

    [Fact]
    public void Without_the_extension_there_is_no_step_for_it() =>
        Assert.DoesNotContain(PostgresStore.Status(_stores.Options, TimeProvider.System), s => s.Id == PostgresTimescale.Step);

    protected override AurumStore Open() => _stores.Open();
}
