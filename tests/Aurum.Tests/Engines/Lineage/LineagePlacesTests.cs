using Aurum.App.Configuration;
using Aurum.App.Lineage;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Postgres;
using Aurum.Cluster.S3;
using Aurum.Store.Lake;

namespace Aurum.Tests.Engines.Lineage;

public sealed class LineagePlacesTests
{
    private static readonly AurumOptions Options = new() { Lineage = new LineageOptions { File = "lineage.ndjson", Namespace = "desk" } };

    [Fact]
    public void A_table_is_named_after_the_database_that_has_it()
    {
        var own = LineagePlaces.Of(Options).TableOf("iso_lmp");
        Assert.Equal(("desk", "store.iso_lmp"), (own.Namespace, own.Name));
        var postgres = new PostgresOptions { Dsn = "postgresql://aurum:hunter2@db:5433/market", Schema = "energy" };
        var shared = LineagePlaces.Of(Options with { Postgres = postgres }).TableOf("iso_lmp");
        Assert.Equal(("postgres://db:5433", "market.energy.iso_lmp"), (shared.Namespace, shared.Name));
    }

    [Fact]
    public void Lake_and_exports_are_named_after_their_bucket_where_they_lie_in_one()
    {
        var here = LineagePlaces.LakeTable(Options, LakeName.Parse("market.iso_lmp"));
        Assert.Equal(("file", Path.GetFullPath("data/lake/market/iso_lmp")), (here.Namespace, here.Name));
        var s3 = Options with { S3 = new S3Options { CuratedBucket = "aurum-curated", ExportBucket = "aurum-exports" } };
        var there = LineagePlaces.LakeTable(s3, LakeName.Parse("market.iso_lmp"));
        Assert.Equal(("s3://aurum-curated", "iceberg/market/iso_lmp"), (there.Namespace, there.Name));
        var file = LineagePlaces.Export(s3, Path.GetFullPath("data/exports/default/asof=2025-09-17/curves_20250917.csv"));
        Assert.Equal(("s3://aurum-exports", "default/asof=2025-09-17/curves_20250917.csv"), (file.Namespace, file.Name));
    }

    [Fact]
    public void A_site_that_is_asked_elsewhere_is_told_of_there()
    {
        var moved = Options with
        {
            Sites = new Dictionary<string, SiteOptions> { ["caiso-oasis"] = new() { BaseAddress = new Uri("http://localhost:8001") } },
        };
        Assert.Equal(new Uri("http://localhost:8001"), LineagePlaces.Of(moved).SiteOf("caiso-oasis"));
        Assert.Equal("oasis.caiso.com", LineagePlaces.Of(Options).SiteOf("caiso-oasis")!.Host);
        Assert.Null(LineagePlaces.Of(Options).SiteOf("nowhere"));
    }
}
