using Aurum.Store.Models;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Row security, seen by an independent client.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTenantTests(PostgresServer server) : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 5, 12, 0);

    private readonly PostgresStores _stores = new(server);

    public void Dispose() => _stores.Dispose();

    [Fact]
    public void A_tenant_sees_and_writes_its_own_rows_and_who_names_none_sees_none()
    {
        using (var store = _stores.Open())
        {
            var mine = store.Contracts.Create("a", null, "{\"price\":1}", Now);
            store.Contracts.Create("b", "I-1", "{\"price\":2}", Now);
            Assert.Equal(mine, store.Contracts.Find("a", mine.Id));
            Assert.Null(store.Contracts.Find("b", mine.Id));
            Assert.Equal(ContractChange.Made, store.Contracts.Update("a", mine.Id, c => c with { Terms = "{\"price\":3}" }, 1, Now).Change);
            Assert.Equal(ContractChange.Unknown, store.Contracts.Delete("b", mine.Id, null, Now));
        }

        const string Count = "SELECT count(*) FROM ppa_contract_versions";
        Assert.Equal("0", _stores.Psql(Count));
        Assert.Equal("0", _stores.Psql(Count, "aurum_owner"));
        Assert.Equal("2", _stores.Psql($"SET aurum.tenant = 'a'; {Count}"));
        Assert.Equal("1|{\"price\":2}", _stores.Psql("SET aurum.tenant = 'b'; SELECT version, terms FROM ppa_contracts"));
        var refused = Assert.Throws<InvalidOperationException>(() => _stores.Psql(
            "SET aurum.tenant = 'a'; UPDATE ppa_contract_versions SET tenant_id = 'b'"));
        Assert.Contains("row-level security", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_programs_role_has_rows_and_no_tables()
    {
        _stores.Open().Dispose();
        foreach (var sql in (string[])["CREATE TABLE mine (a integer)", "DROP TABLE feeds", "DELETE FROM schema_migrations"])
        {
            Assert.Throws<InvalidOperationException>(() => _stores.Psql(sql));
        }
    }
}
