using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Service;

namespace Aurum.Tests.Engines.ClickHouse;

/// <summary>The built program with ClickHouse in its settings.</summary>
[Collection(ClickHouseCollection.Name)]
public sealed class ClickHouseServeTests(ClickHouseServer server)
{
    [Fact]
    public async Task A_server_copies_its_prices_and_tells_of_requests_its_start_and_its_end()
    {
        using var folder = new TestFolder();
        var options = server.NewOptions();
        using (var home = new TickHome(folder: folder.Path))
        {
            await home.SubmitAsync(TickHome.Messages(200));
            await home.Finish();
        }

        await File.WriteAllTextAsync(folder["aurum.json"], $$"""
            { "ClickHouse": { "Url": "{{options.Url}}", "Password": "it's a \\secret\\", "Database": "{{options.Database}}",
              "OpsDatabase": "{{options.OpsDatabase}}", "FlushSeconds": 0.1, "StoreName": "paris" } }
            """);
        using var client = ClickHouseClientTests.Open(options);
        await using (var aurum = AurumProcess.Start("serve", "--port", "0", "--data", folder.Path))
        {
            var address = await aurum.Address();
            using var http = new HttpClient();
            await http.GetStringAsync(new Uri(address, "/v1/feeds"));
            await ClickHouseLines.Until(client, $"SELECT count() FROM {options.Database}.ticks WHERE store = 'paris'", static n => n > 100);
            await ClickHouseLines.Until(
                client,
                $"SELECT count() FROM {options.OpsDatabase}.query_metrics_raw WHERE query_name LIKE 'GET %v1/feeds' AND status = '200'",
                static n => n == 1);
            var ended = await aurum.Signal("INT");
            Assert.DoesNotContain("secret", ended.Error);
        }

        Assert.Equal(
            ["server.started", "server.stopped"],
            await ClickHouseLines.Of(client, $"SELECT event_type FROM {options.OpsDatabase}.events ORDER BY event_type"));
    }
}
