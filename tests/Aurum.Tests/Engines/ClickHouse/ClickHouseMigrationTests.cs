using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Service;
using NodaTime;

namespace Aurum.Tests.Engines.ClickHouse;

[Collection(ClickHouseCollection.Name)]
public sealed class ClickHouseMigrationTests(ClickHouseServer server)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 15, 0);

    [Fact]
    public async Task Two_that_migrate_at_once_come_to_the_same_and_the_doctor_sees_before_and_after()
    {
        using var client = ClickHouseClientTests.Open(server.NewOptions());
        var before = await ClickHouseCheck.Run(client.Options, CancellationToken.None);
        Assert.Contains(before, f => f.State == EngineState.Warned && f.What == "3 of 3 steps of its tables are left to run");
        Assert.Contains(before, f => f.What.StartsWith("ClickHouse 18.16.1", StringComparison.Ordinal));

        var migrator = new ClickHouseMigrator(client);
        await Task.WhenAll(migrator.Migrate(Now, CancellationToken.None), migrator.Migrate(Now, CancellationToken.None));
        Assert.All(await migrator.Status(CancellationToken.None), s => Assert.Equal(MigrationState.Applied, s.State));
        Assert.Empty(await migrator.Migrate(Now, CancellationToken.None));
        var after = await ClickHouseCheck.Run(client.Options, CancellationToken.None);
        Assert.DoesNotContain(after, f => f.What.Contains("left to run", StringComparison.Ordinal));
        Assert.DoesNotContain(after, f => f.State == EngineState.Failed);
    }

    [Fact]
    public async Task A_step_in_another_form_or_of_a_newer_version_is_refused()
    {
        using var client = ClickHouseClientTests.Open(server.NewOptions());
        var migrator = new ClickHouseMigrator(client);
        await migrator.Migrate(Now, CancellationToken.None);
        var book = ClickHouseSql.Table(client.Options.Database, "schema_migrations");
        await client.Execute(
            $"INSERT INTO {book} (version, name, dialect, checksum, applied_at_us) VALUES (2, 'rows', 'Legacy', 'abc', 9000000000000000)",
            CancellationToken.None);
        var changed = await Assert.ThrowsAsync<ClickHouseException>(() => migrator.Migrate(Now, CancellationToken.None));
        Assert.Contains("step 2 (rows of deliveries) was run in another form", changed.Message);
        Assert.Contains(
            await ClickHouseCheck.Run(client.Options, CancellationToken.None),
            f => f.State == EngineState.Failed && f.What.Contains("another checksum", StringComparison.Ordinal));

        await client.Execute(
            $"INSERT INTO {book} (version, name, dialect, checksum, applied_at_us) VALUES (99, 'later', 'Legacy', 'abc', 1)",
            CancellationToken.None);
        var newer = await Assert.ThrowsAsync<ClickHouseException>(() => migrator.Status(CancellationToken.None));
        Assert.Contains("has step 99 (later), which this version of Aurum does not know", newer.Message);
    }

    [Fact]
    public async Task The_commands_make_fill_compare_and_show_the_tables()
    {
        using var folder = new TestFolder();
        var options = server.NewOptions();
        using (var home = new TickHome(folder: folder.Path))
        {
            await home.SubmitAsync(TickHome.Messages(500));
            await home.Finish();
        }

        var nothing = await CommandRun.Of("clickhouse", "status", "--data", folder.Path);
        Assert.Equal(2, nothing.Code);
        Assert.Contains("ClickHouse is not configured: set ClickHouse:Url", nothing.Error);
        await File.WriteAllTextAsync(folder["aurum.json"], $$"""
            { "ClickHouse": { "Url": "{{options.Url}}", "Password": "it's a \\secret\\", "Database": "{{options.Database}}",
              "OpsDatabase": "{{options.OpsDatabase}}" } }
            """);
        var made = await CommandRun.Of("clickhouse", "migrate", "--data", folder.Path);
        Assert.True(made.Code == 0, made.Error);
        Assert.Contains("3 steps were run", made.Out);
        var copied = await CommandRun.At(TickHome.Start, "clickhouse", "verify", "--data", folder.Path);
        Assert.True(copied.Code == 0, copied.Out + copied.Error);
        Assert.Contains(copied.Lines, static l => l.StartsWith("ticks ", StringComparison.Ordinal));
        Assert.Contains(copied.Lines, static l => l.StartsWith("bars 1m ", StringComparison.Ordinal));
        Assert.All(copied.Lines.Skip(1), static l => Assert.EndsWith("equal", l, StringComparison.Ordinal));

        using (var client = ClickHouseClientTests.Open(options))
        {
            await client.Execute($"ALTER TABLE {options.Database}.tick_rows DELETE WHERE frame = 1", CancellationToken.None);
            for (var left = 1L; left > 0;)
            {
                left = (await client.Rows(
                    $"SELECT count() FROM {options.Database}.tick_rows WHERE frame = 1", static (r, i) => r[0].Whole(i),
                    CancellationToken.None))[0];
            }
        }

        Assert.Equal(1, (await CommandRun.At(TickHome.Start, "clickhouse", "verify", "--data", folder.Path)).Code);
        Assert.Equal(0, (await CommandRun.Of("clickhouse", "sync", "--from-frame", "1", "--data", folder.Path)).Code);
        Assert.Equal(0, (await CommandRun.At(TickHome.Start, "clickhouse", "verify", "--data", folder.Path)).Code);
        var status = await CommandRun.Of("clickhouse", "status", "--data", folder.Path);
        Assert.Contains($"{options.Database}.tick_rows", status.Out);
        Assert.Contains("0 partitions were dropped", (await CommandRun.Of("clickhouse", "retain", "--data", folder.Path)).Out);
        Assert.Contains("TTL", (await CommandRun.Of("clickhouse", "ddl", "--dialect", "modern", "--data", folder.Path)).Out);
    }
}
