using Aurum.App.Ingest;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Api;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>How many rows there are, told often and without reading them. Alone in the process, as instruments of one name are one metric
/// there.</summary>
[Collection(ApiMetricsTests.Name)]
public sealed class PostgresRowTotalsTests : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly PostgresStores _stores;

    public PostgresRowTotalsTests() => _stores = new PostgresStores(_server, isNew: true);

    public void Dispose()
    {
        _stores.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Status_and_metrics_tell_exact_numbers_without_reading_the_rows()
    {
        await using var api = await ApiServer.StartAsync(ApiWorld.Fill, open: () => Open("a"));
        AssertExact(api.Store);
        using (var other = Open("b"))
        {
            Correct(other, 1);
            Correct(api.Store, 2);
            Correct(api.Store, 2);
            AssertExact(other);
        }

        AssertExact(api.Store);
        var rows = api.Store.Read.RowCounts();
        Assert.True(rows["iso_lmp"] > 350, $"{rows["iso_lmp"]} prices");

        _stores.Psql("REVOKE SELECT ON iso_lmp FROM aurum_app", "aurum_owner");
        Assert.Equal("42501", Assert.Throws<PostgresEngineException>(() => api.Store.Read.RowCounts()).State);
        var status = await api.GetAsync("/v1/status");
        Assert.Equal(rows.Values.Sum(), (long)status.Json["data"]!["rows_total"]!);
        Assert.Contains($"aurum_store_rows{{table=\"iso_lmp\"}} {rows["iso_lmp"]}\n", (await api.GetAsync("/metrics")).Text);
    }

    private static void AssertExact(AurumStore store) => Assert.Equal(
        store.Read.RowCounts().OrderBy(static t => t.Key, StringComparer.Ordinal),
        store.Read.RowTotals().OrderBy(static t => t.Key, StringComparer.Ordinal));

    private static void Correct(AurumStore store, double price) => ApiWorld.Deliver(
        store, ApiWorld.DayAhead, ApiWorld.Day, ApiWorld.Now + Duration.FromSeconds(price),
        ApiWorld.Hours(ApiWorld.Sp15)[5] with { LmpUsdPerMwh = price });

    private AurumStore Open(string process) => _stores.Open(process: process, feeds: StoredFeeds.All);
}
