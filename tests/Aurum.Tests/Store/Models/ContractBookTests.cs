using Aurum.Store;
using Aurum.Store.DuckDb;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.Tests.Store.Models;

public abstract class ContractBookTests : IDisposable
{
    private const string Terms = """{ "side" : "buyer" , "price":{"fixed": 41.50} }""";

    private static readonly Instant Now = Instant.FromUtc(2026, 6, 20, 20, 0);
    private static readonly Instant Later = Now + Duration.FromHours(1);

    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void Terms_are_kept_to_the_byte_and_each_change_is_a_version()
    {
        using var store = Open();
        var book = store.Contracts;
        var first = book.Create("acme", "WIND-1", Terms, Now);
        Assert.Equal((1, Terms, ModelId.Sha256(Terms), "WIND-1"), (first.Version, first.Terms, first.TermsSha256, first.InstrumentId));
        Assert.Equivalent(first, book.Find("acme", first.Id), strict: true);

        var (change, second) = book.Update("acme", first.Id, c => c with { Terms = "{}" }, 1, Later);
        Assert.Equal(
            (ContractChange.Made, 2, "{}", Now, Later),
            (change, second!.Version, second.Terms, second.CreatedAt, second.UpdatedAt));
        Assert.Equal(second, book.Update("acme", first.Id, c => c with { Terms = "{}" }, null, Later).Record);
        Assert.Equal([1, 2], book.Versions("acme", first.Id).Select(v => v.Version));
        Assert.Equal([2], book.List("acme", null, 10).Select(v => v.Version));
    }

    [Fact]
    public void A_change_of_another_version_is_refused_and_changes_nothing()
    {
        using var store = Open();
        var book = store.Contracts;
        var id = book.Create("acme", null, Terms, Now).Id;
        var (change, newest) = book.Update("acme", id, c => c with { Terms = "{}" }, 2, Later);
        Assert.Equal((ContractChange.OtherVersion, 1, Terms), (change, newest!.Version, newest.Terms));
        Assert.Equal(ContractChange.OtherVersion, book.Delete("acme", id, 2, Later));
        Assert.Equal(ContractChange.Unknown, book.Update("acme", "000", c => c, null, Later).Change);
        Assert.Equal(1, book.Find("acme", id)!.Version);
    }

    [Fact]
    public void A_tenant_sees_its_own_contracts_alone_and_a_deleted_one_is_gone_for_good()
    {
        using var store = Open();
        var book = store.Contracts;
        var mine = book.Create("acme", null, Terms, Now);
        var twin = book.Create("acme", null, Terms, Now);
        var theirs = book.Create("zeta", null, Terms, Later);
        Assert.Equal(3, new[] { mine.Id, twin.Id, theirs.Id }.Distinct().Count());
        Assert.Null(book.Find("zeta", mine.Id));
        Assert.Empty(book.Versions("zeta", mine.Id));
        Assert.Equal(ContractChange.Unknown, book.Delete("zeta", mine.Id, null, Later));
        Assert.Equal([theirs.Id], book.List("zeta", null, 10).Select(c => c.Id));

        var ids = new[] { mine.Id, twin.Id }.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(ids[..1], book.List("acme", null, 1).Select(c => c.Id));
        Assert.Equal(ids[1..], book.List("acme", ids[0], 10).Select(c => c.Id));
        Assert.Equal(ContractChange.Made, book.Delete("acme", mine.Id, 1, Later));
        Assert.Null(book.Find("acme", mine.Id));
        Assert.Equal(ContractChange.Unknown, book.Update("acme", mine.Id, c => c, null, Later).Change);
        Assert.Equal([twin.Id], book.List("acme", null, 10).Select(c => c.Id));
    }

    [Fact]
    public void A_store_of_version_7_gets_the_tables_of_contracts()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        using (var database = DuckDbDatabase.Open(_folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("DROP VIEW ppa_contracts; DROP VIEW ppa_valuations; DROP VIEW ppa_cashflows");
            foreach (var table in new[] { "contract_versions", "valuation_runs", "valuation_rows", "cashflow_rows" })
            {
                connection.Execute($"DROP TABLE ppa_{table}");
            }

            connection.Execute("UPDATE schema_version SET version = 7");
        }

        using var store = DuckDbStores.Open(_folder.Path);
        Assert.Empty(store.Contracts.List("acme", null, 10));
        Assert.Equal(1, store.Contracts.Create("acme", null, Terms, Now).Version);
    }
}
