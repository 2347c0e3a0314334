using Aurum.Store;
using Aurum.Store.Lake.Projection;
using Aurum.Tests.Store.Lake.Interop;

namespace Aurum.Tests.Store.Lake;

/// <summary>The same over the file, and as icebird reads it.</summary>
public sealed class LakeFollowerTests : LakeFollowerConformance
{
    [Fact]
    public async Task Icebird_finds_the_rows_of_the_store()
    {
        Deliver(StoreFeeds.Prices, Day, 10);
        Deliver(StoreFeeds.NewYork, Day, 20);
        new LakeFollower(Store, Lake).Sync();
        Deliver(StoreFeeds.Prices, Day, 11, 2);
        new LakeFollower(Store, Lake).Sync();

        var found = (await NodeScript.Icebird(Path.Combine(Folder, "lake", "market", "iso_lmp"), (null, null)))[0]
            .Select(r => $"{r.GetProperty("iso")} {r.GetProperty("dataset")} {r.GetProperty("dt")} {r.GetProperty("location_id")} "
                + $"{r.GetProperty("interval_start")} {r.GetProperty("price_total")} {r.GetProperty("timezone")} "
                + $"{r.GetProperty("revision")}");

        using var rows = Store.Read.Sql("""
            SELECT e.iso || ' ' || e.dataset || ' ' || strftime(e.dt, '%Y-%m-%dT00:00:00.000Z') || ' ' || e.location_id || ' '
              || strftime(e.interval_start, '%Y-%m-%dT%H:%M:%S.000Z') || ' ' || printf('%g', e.price_total) || ' ' || e.timezone || ' '
              || c.revision
            FROM external_iso_lmp e JOIN iso_lmp_current c
              ON c.iso_code = e.iso_code AND c.location_id = e.location_id AND c.interval_start_utc = e.interval_start
            """);
        var stored = new List<string>();
        while (rows.NextChunk())
        {
            stored.AddRange(Enumerable.Range(0, rows.Count).Select(i => (string)rows.Value(0, i)!));
        }

        Assert.Equal(230, stored.Count);
        Assert.Equal(stored.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    protected override AurumStore Open(string folder) => DuckDbStores.Open(folder);
}
