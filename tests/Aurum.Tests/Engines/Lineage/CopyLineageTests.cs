using System.Text;
using System.Text.Json;
using Aurum.App.Api.Slices;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Lineage;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Redis;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Rows;
using Aurum.Tests.Api;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.ClickHouse;
using Aurum.Tests.Engines.Contracts;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ingest;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Lake.Interop;
using Aurum.Tests.Ticks.Service;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

/// <summary>Copies in ClickHouse and Redis, told as lineage.</summary>
[Collection(ClickHouseCollection.Name)]
public sealed class CopyLineageTests(ClickHouseServer server)
{
    private static readonly LineageOptions Options = new() { File = "lineage.ndjson" };
    private static readonly ClickHouseOptions House = new() { Url = "http://house", Database = "market", OpsDatabase = "operations" };
    private static readonly RedisOptions Redis = new() { Host = "cache", Port = 6380, Database = 2, Namespace = "desk" };
    private static readonly LineageWorld World = LineagePlaces.Of(new AurumOptions { Lineage = Options });
    private static readonly Dictionary<string, object> Figures = new() { ["rows"] = 7L };

    [Fact]
    public async Task Every_copy_is_a_stream_from_the_store_by_the_specifications_rules()
    {
        var events = new List<LineageEvent>();
        var works = Works();
        foreach (var work in works)
        {
            var time = new HandClock(Instant.FromUtc(2025, 11, 2, 12, 0));
            await using var told = new StreamLineage("aurum", "host:1", work, time, events.Add);
        }

        var lines = events.Select(e => Encoding.UTF8.GetString(new LineageJson(Options).Write(e))).ToList();
        var answers = await NodeScript.Run("validate.mjs", [SchemaPath], string.Join('\n', lines) + "\n");

        Assert.Equal(2 * works.Count, answers.Count);
        Assert.All(answers.Zip(lines), static a => Assert.True(a.First.GetProperty("valid").GetBoolean(), $"{a.First}\n{a.Second}"));
        Assert.All(events, static e => Assert.True(e.Job.IsStream && e.Inputs.Count > 0 && e.Outputs.Count > 0, e.Job.Name));
        Assert.All(events, static e => Assert.True(File.Exists(Path.Combine(Samples.ProjectRoot(), e.Job.SourcePath)), e.Job.SourcePath));
        Assert.Equal(works.Count, events.Select(static e => e.RunId).Distinct().Count());
    }

    [Fact]
    public void Copies_are_named_after_their_server_with_the_columns_that_are_the_same_there()
    {
        var rows = new CopyLineage(World).ClickHouseDeliveries(House, () => Figures).Outputs;
        Assert.Equal(
            ["market.iso_lmp_rows", "market.iso_load_rows", "market.iso_genmix_rows", "market.curve_observation_rows",
                "operations.ingest_activity"],
            rows.Select(static o => o.Name));
        Assert.All(rows, static o => Assert.Equal("clickhouse://house:80", o.Namespace));
        Assert.Contains(rows[0].Origins, static o => o is { Column: "lmp", FromColumn: "lmp", From.Name: "store.iso_lmp" });
        Assert.DoesNotContain(rows[0].Origins, static o => o.Column is "store" or "delivery" or "interval_start_utc");
        Assert.Equal(
            ["redis://cache:6380/2.desk:served:latest_price:*:*", "redis://cache:6380/2.desk:served:curve_snapshot:*:*:monthly"],
            new CopyLineage(World).RedisPrices(Redis, () => Figures).Outputs.Select(static o => o.FullName));
    }

    [Fact]
    public async Task Answers_are_made_from_the_tables_that_their_endpoints_name()
    {
        await using var api = await ApiServer.StartAsync();
        var named = api.Endpoints.SelectMany(static e => e.Metadata.OfType<SliceRule>()).SelectMany(static r => r.Tables).Distinct();
        Assert.Equal(SliceRule.AllTables.Order(), named.Order());
    }

    [Fact]
    public async Task A_server_tells_what_it_copied_from_its_start_to_its_end()
    {
        using var folder = new TestFolder();
        var house = server.NewOptions();
        var redis = await RedisServer.Start();
        try
        {
            await Fill(folder.Path);
            await File.WriteAllTextAsync(folder["aurum.json"], $$"""
                { "Lineage": { "File": "lineage.ndjson" }, "Redis": { "Port": {{redis.Options.Port}}, "RequestTimeoutMs": 10000 },
                  "ClickHouse": { "Url": "{{house.Url}}", "Password": "it's a \\secret\\", "Database": "{{house.Database}}",
                    "OpsDatabase": "{{house.OpsDatabase}}", "FlushSeconds": 0.1, "StoreName": "lyon" } }
                """);
            await using (var aurum = AurumProcess.Start("serve", "--port", "0", "--data", folder.Path))
            {
                await aurum.Address();
                using var client = ClickHouseClientTests.Open(house);
                await ClickHouseLines.Until(client, $"SELECT count() FROM {house.Database}.ticks", static n => n > 100);
                await ClickHouseLines.Until(client, $"SELECT count() FROM {house.OpsDatabase}.ingest_activity", static n => n == 1);
                await KafkaWait.Until(async () => (await redis.Cli("--scan", "--pattern", "aurum:served:latest_price:*")).Length > 0);
                await KafkaWait.Until(async () => (await redis.Cli("--raw", "HGET", "aurum:served:deliveries:default", "iso_lmp")) == "1");
                await aurum.Signal("INT");
            }

            var told = (await File.ReadAllLinesAsync(folder["lineage.ndjson"]))
                .Select(static l => JsonSerializer.Deserialize<JsonElement>(l))
                .Where(static e => JobOf(e).StartsWith("copy.", StringComparison.Ordinal)).ToLookup(JobOf);
            Assert.Equal(Works().Select(static w => w.Job.Name).Order(), told.Select(static j => j.Key).Order());
            Assert.All(told, static job => Assert.Equal(
                ["START", "COMPLETE"], job.Select(static e => e.GetProperty("eventType").GetString())));
            Assert.Equal((1, 1), (Figure("copy.clickhouse.deliveries", "deliveries"), Figure("copy.clickhouse.deliveries", "rows")));
            Assert.Equal(1, Figure("copy.redis.deliveries", "deliveries"));
            Assert.InRange(Figure("copy.clickhouse.ticks", "rows"), 101, long.MaxValue);
            Assert.InRange(Figure("copy.redis.prices", "prices"), 1, long.MaxValue);
            Assert.Equal(0, Figure("copy.redis.answers", "answers"));

            long Figure(string job, string name) => told[job].Last().GetProperty("run").GetProperty("facets")
                .GetProperty("aurumMetadata").GetProperty(name).GetInt64();
        }
        finally
        {
            await redis.DisposeAsync();
        }
    }

    private static string SchemaPath =>
        Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", "Engines", "Lineage", "Schemas", "run-event.schema.json");

    private static List<StreamWork> Works()
    {
        var copies = new CopyLineage(World);
        return
        [
            copies.ClickHouseDeliveries(House, () => Figures), copies.ClickHouseTicks(House, () => Figures),
            copies.RedisDeliveries(Redis, () => Figures), copies.RedisPrices(Redis, () => Figures),
            copies.RedisAnswers(Redis, SliceRule.AllTables, () => Figures),
        ];
    }

    private static string JobOf(JsonElement lineage) => lineage.GetProperty("job").GetProperty("name").GetString()!;

    /// <summary>Real-time prices, and one delivery of a price.</summary>
    private static async Task Fill(string folder)
    {
        using (var home = new TickHome(folder: folder))
        {
            await home.SubmitAsync(TickHome.Messages(200));
            await home.Finish();
        }

        using var store = AurumStore.Open(
            new StoreOptions(folder) { MemoryLimitMiB = 256, Threads = 1 }, StoredFeeds.All, new StoppedClock(EventWorld.Known));
        var prices = EventWorld.Of<LmpRow>("nyiso/day-ahead-lmp-zone");
        var day = prices.Day(new LocalDate(2025, 11, 2));
        using var intake = store.BeginDay(prices, day, EventWorld.Known);
        intake.AddFile(EventWorld.File(prices, day.Date));
        intake.Append([new LmpRow(
            new Location("N.Y.C.", LocationType.Zone), DeliveryInterval.StartingAt(day.Start, 60), 30, 29, 1, 0, double.NaN)]);
        intake.Commit(new DayOutcome(Aurum.Market.Feeds.Outcome.Data, "", IsComplete: true));
    }
}
