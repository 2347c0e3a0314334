using Aurum.App.Configuration;
using Aurum.App.Lake;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Models;
using Aurum.Tests.Api;
using NodaTime;

namespace Aurum.Tests.Store.Models;

public abstract class ValuationBookTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 20, 20, 0);
    private static readonly LocalDate Month = new(2026, 7, 1);

    private static readonly ValuationMetric[] Numbers =
    [
        new("cashflow", Month, new(2026, 7, 31), -12.34, "USD"), new("npv", Month, new(2026, 7, 31), -12.25, "USD"),
    ];

    private static readonly ValuationCashflow[] Months = [new(Month, 100, 3000, 3012.34, 0, 5, -12.34, 0.9927, -12.25)];

    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void A_valuation_is_read_as_it_was_written_and_the_same_one_is_stored_once()
    {
        using var store = Open();
        var first = store.Valuations.Write(Valuation("acme"), Numbers, Months);
        var again = store.Valuations.Write(Valuation("acme") with { ComputedAt = Now + Duration.FromHours(1) }, Numbers, Months);
        Assert.Equal(first, again);
        Assert.Equal(first, store.Valuations.Find("acme", first.Id));
        Assert.Equal([first], store.Valuations.Of("acme", "c1", 10));
        Assert.Equal(Months, store.Valuations.Cashflows("acme", first.Id));
        var rows = store.Valuations.Rows(new ValuationQuery("acme", "c1", 10));
        Assert.Equal(Numbers, rows.Select(r => r.Metric));
        Assert.All(rows, r => Assert.Equal((first.Id, -12.25, double.NaN, "k1"), (r.ValuationId, r.Npv, r.Irr, r.CurveKey)));
    }

    [Fact]
    public void Numbers_are_chosen_by_metric_and_scenario_and_come_in_pages_newest_first()
    {
        using var store = Open();
        var old = store.Valuations.Write(Valuation("acme"), Numbers, Months);
        var bull = store.Valuations.Write(
            Valuation("acme") with { ScenarioId = "s1", ManifestSha256 = "m2", ComputedAt = Now + Duration.FromHours(1) }, Numbers, Months);
        ValuationQuery all = new("acme", "c1", 10);
        Assert.Equal(
            [(bull.Id, 0), (bull.Id, 1), (old.Id, 0), (old.Id, 1)],
            store.Valuations.Rows(all).Select(r => (r.ValuationId, r.Ordinal)));
        Assert.Equal(
            [(old.Id, 0), (old.Id, 1)],
            store.Valuations.Rows(all with { AfterValuation = bull.Id, AfterOrdinal = 1 }).Select(r => (r.ValuationId, r.Ordinal)));
        Assert.Equal([(bull.Id, "s1")], store.Valuations.Rows(all with { ScenarioId = "s1", Metric = "npv" })
            .Select(r => (r.ValuationId, r.ScenarioId)));
    }

    [Fact]
    public void Another_tenant_sees_none_of_it()
    {
        using var store = Open();
        var mine = store.Valuations.Write(Valuation("acme"), Numbers, Months);
        Assert.Null(store.Valuations.Find("zeta", mine.Id));
        Assert.Empty(store.Valuations.Rows(new ValuationQuery("zeta", "c1", 10)));
        Assert.Empty(store.Valuations.Cashflows("zeta", mine.Id));
        Assert.Empty(store.Valuations.Of("zeta", "c1", 10));
        var theirs = store.Valuations.Write(Valuation("zeta"), Numbers, Months);
        Assert.NotEqual(mine.Id, theirs.Id);
        Assert.Single(store.Valuations.Cashflows("zeta", theirs.Id));
    }

    [Fact]
    public void Sql_reads_contracts_valuations_and_cashflows()
    {
        using var store = Open();
        store.Contracts.Create("acme", "WIND-1", "{}", Now);
        store.Valuations.Write(Valuation("acme"), Numbers, Months);
        using var rows = store.Read.Sql("""
            select (select instrument_id from ppa_contracts) as contract, v.cashflow, v.npv, c.present_value
            from ppa_valuations v join ppa_cashflows c using (valuation_id) where v.metric = 'cashflow'
            """);
        Assert.True(rows.NextChunk());
        Assert.Equal(
            ("WIND-1", -12.34, -12.25, -12.25),
            (rows.Value(0, 0), rows.Number(1, 0), rows.Number(2, 0), rows.Number(3, 0)));
    }

    [Fact]
    public void Valuations_are_in_the_lake_in_the_order_in_which_they_were_stored()
    {
        using var store = Open();
        using var lake = LakeFolder.Open(new AurumOptions { DataDirectory = _folder.Path }, new ManualTime(Now));
        var follower = LakeFolder.Follow(store, lake, new LakeSettings());
        store.Valuations.Write(Valuation("acme"), Numbers, Months);
        follower.Sync();
        store.Valuations.Write(Valuation("acme"), Numbers, Months);
        Assert.Equal(0, follower.Sync().Commits);
        store.Valuations.Write(Valuation("zeta") with { ComputedAt = Now - Duration.FromHours(1) }, Numbers, Months);
        follower.Sync();

        var table = new LakeName("market", "ppa_valuation");
        Assert.Equal(new LakeCheck(table, 4, 4, 0, 0), follower.Verify().Single(c => c.Table == table));
    }

    private static ValuationRecord Valuation(string tenant) => new()
    {
        Tenant = tenant,
        ContractId = "c1",
        ContractVersion = 1,
        AsOf = new LocalDate(2026, 6, 19),
        KnownAt = Now,
        CurveKey = "k1",
        Currency = "USD",
        Npv = -12.25,
        Irr = double.NaN,
        InputSha256 = "i1",
        ManifestSha256 = "m1",
        VersionHash = "v1",
        Manifest = "{}",
        Document = """{"npv": -12.25}""",
        ComputedAt = Now,
    };
}
