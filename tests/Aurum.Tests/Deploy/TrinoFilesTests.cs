using System.Text.RegularExpressions;
using Aurum.Store.DuckDb;
using Aurum.Store.Engines;
using Aurum.Store.Lake.Projection;
using Aurum.Tests.Architecture;

namespace Aurum.Tests.Deploy;

/// <summary>The files for Trino and Spark: settings that parse, no secret in them, and statements that are those of the program's
/// tables.</summary>
public sealed partial class TrinoFilesTests
{
    private static string Folder => Path.Combine(Repository.Root, "deploy");

    [Fact]
    public void The_tables_and_views_are_those_that_the_program_has() =>
        Golden.Check(Path.Combine(Folder, "trino", "lake.sql"), TrinoDdl.Text());

    [Fact]
    public void Views_run_over_tables_of_their_columns_and_find_what_they_are_named_after()
    {
        using var database = DuckDbDatabase.Open(":memory:");
        using var connection = database.Connect();
        connection.Execute($"ATTACH ':memory:' AS {TrinoViews.Catalog}; SET TimeZone = 'UTC'");
        foreach (var space in LakeProjections.All.Select(static p => p.Shape.Name.Namespace).Append("eia").Distinct())
        {
            connection.Execute($"CREATE SCHEMA {TrinoViews.Catalog}.{space}");
        }

        foreach (var shape in LakeProjections.All.Select(static p => p.Shape))
        {
            connection.Execute($"CREATE TABLE {TrinoViews.Catalog}.{shape.Name} ("
                + $"{string.Join(", ", shape.Fields.Select(static f => $"{f.Name} {f.Type.Sql}"))})");
            foreach (var (suffix, columns) in TrinoViews.Metadata)
            {
                connection.Execute($"CREATE TABLE {TrinoViews.Catalog}.{TrinoViews.MetadataOf(shape.Name, suffix)} ({columns})");
            }
        }

        Fill(connection);
        foreach (var view in TrinoViews.All)
        {
            connection.Execute(TrinoViews.Statement(view));
        }

        Assert.Equal(
            [
                "eia.series_latest 1", "external.iso_lmp 4", "market.curve_latest_view 1", "market.curve_observation_latest 2",
                "market.iso_lmp_daily 2", "market.iso_lmp_hourly 3", "market.iso_lmp_last_24h 3", "market.iso_lmp_negative_7d 1",
                "market.iso_lmp_unified 4", "market.maintenance_file_metrics 1", "market.maintenance_snapshot_summary 1",
                "market.scenario_output_by_curve 2", "market.scenario_output_latest 2", "market.scenario_output_latest_by_metric 1",
            ],
            TrinoViews.All.Select(v => $"{v.Name} {Ask(connection, $"SELECT count(*) FROM {TrinoViews.Catalog}.{v.Name}")}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(5, Ask(connection, "SELECT CAST(value AS BIGINT) FROM iceberg.market.curve_latest_view"));
        Assert.Equal(7, Ask(connection, "SELECT CAST(value AS BIGINT) FROM iceberg.eia.series_latest"));
        Assert.Equal(15, Ask(connection, "SELECT CAST(max(price_avg) AS BIGINT) FROM iceberg.market.iso_lmp_hourly"));
        Assert.Equal(2, Ask(
            connection,
            "SELECT CAST(value AS BIGINT) FROM iceberg.market.scenario_output_by_curve WHERE curve_key = 'a' "
            + "AND latest_asof_date = DATE '2025-01-03'"));
        Assert.Equal(3, Ask(connection, "SELECT CAST(latest_value AS BIGINT) FROM iceberg.market.scenario_output_latest_by_metric"));
        Assert.Equal(3, Ask(connection, "SELECT CAST(total_mb AS BIGINT) FROM iceberg.market.maintenance_file_metrics"));
        Assert.Equal(10, Ask(connection, "SELECT CAST(records AS BIGINT) FROM iceberg.market.maintenance_file_metrics"));
        Assert.Equal(2, Ask(
            connection, "SELECT snapshots FROM iceberg.market.maintenance_snapshot_summary WHERE table_name = 'market.iso_lmp'"));
    }

    [Fact]
    public void Every_catalog_is_there_with_its_connector()
    {
        var connectors = Directory.GetFiles(Path.Combine(Folder, "trino", "catalog"), "*.properties").ToDictionary(
            static f => Path.GetFileNameWithoutExtension(f), static f => Settings(f, '=')["connector.name"]);

        Assert.Equal(
            ["clickhouse=clickhouse", "iceberg=iceberg", "iceberg_market=iceberg", "iceberg_raw=iceberg", "kafka=kafka",
                "postgres=postgresql", "timescale=postgresql"],
            connectors.Select(static c => $"{c.Key}={c.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_come_from_the_environment() => Repository.AssertNone(
        "secrets in files",
        from file in Directory.GetFiles(Path.Combine(Folder, "trino", "catalog"))
        from setting in Settings(file, '=')
        where setting.Key.EndsWith("password", StringComparison.Ordinal) || setting.Key.EndsWith("key", StringComparison.Ordinal)
        where !FromEnvironment().IsMatch(setting.Value)
        select $"{file}: {setting.Key}");

    [Fact]
    public void Spark_reads_the_same_warehouse_by_the_same_kind_of_catalog()
    {
        var spark = Settings(Path.Combine(Folder, "spark", "spark-defaults.conf"), ' ');

        Assert.Equal("rest", spark["spark.sql.catalog.aurum.type"]);
        Assert.Equal("s3://aurum-curated/iceberg", spark["spark.sql.catalog.aurum.warehouse"]);
        Assert.Equal("UTC", spark["spark.sql.session.timeZone"]);
    }

    /// <summary>Two hours that were, one that was long ago; two days of curves; runs of a scenario; vintages of a series.</summary>
    private static void Fill(EngineConnection connection) => connection.Execute("""
        INSERT INTO iceberg.market.iso_lmp BY NAME
        SELECT 'CAISO' AS iso_code, 'day-ahead-lmp' AS dataset, 'DAY_AHEAD' AS market, 'A' AS location_id, 'NODE' AS location_type,
          'USD' AS currency, 'MWh' AS uom, price AS price_total, start AS interval_start, CAST(start AS DATE) AS dt,
          CAST(date_trunc('hour', current_timestamp) - age AS DATE) AS delivery_date
        FROM (SELECT price, age, date_trunc('hour', current_timestamp) - age + minutes AS start FROM (VALUES
          (10.0, INTERVAL 0 HOUR, INTERVAL 0 MINUTE), (20.0, INTERVAL 0 HOUR, INTERVAL 5 MINUTE),
          (-3.0, INTERVAL 0 HOUR, INTERVAL '-60' MINUTE),
          (-9.0, INTERVAL 720 HOUR, INTERVAL 0 MINUTE)) v(price, age, minutes));
        INSERT INTO iceberg.market.curve_observation BY NAME
        SELECT 'k' AS curve_key, tenor AS tenor_label, type AS tenor_type, CAST(day AS DATE) AS asof_date, value FROM (VALUES
          ('Jan-26', 'MONTHLY', '2025-01-02', 4.0), ('Jan-26', 'MONTHLY', '2025-01-03', 5.0), ('Cal-26', 'CALENDAR', '2025-01-03', 6.0))
          v(tenor, type, day, value);
        INSERT INTO iceberg.market.scenario_output BY NAME
        SELECT 't' AS tenant_id, 's' AS scenario_id, 'mid' AS metric, 'Jan-26' AS tenor_label, key AS curve_key, run AS run_id,
          CAST(day AS DATE) AS asof_date, CAST(computed AS TIMESTAMPTZ) AS computed_ts, value, ordinal FROM (VALUES
          ('a', 'r1', '2025-01-03', '2025-01-03 10:00:00+00', 1.0, 0), ('a', 'r2', '2025-01-02', '2025-01-03 11:00:00+00', 2.0, 0),
          ('b', 'r3', '2025-01-03', '2025-01-03 12:00:00+00', 3.0, 0)) v(key, run, day, computed, value, ordinal);
        INSERT INTO iceberg.external.timeseries_observation BY NAME
        SELECT provider, 'd' AS dataset, 'x' AS series_id, CAST(ts AS TIMESTAMPTZ) AS ts, issue, value FROM (VALUES
          ('eia', '2025-01-01 00:00:00+00', '', 6.0), ('eia', '2025-02-01 00:00:00+00', '', 7.0),
          ('fred', '2025-03-01 00:00:00+00', '', 8.0)) v(provider, ts, issue, value);
        INSERT INTO iceberg.market."iso_lmp$snapshots" BY NAME SELECT n AS snapshot_id FROM range(2) r(n);
        INSERT INTO iceberg.raw."curve_landing$files" BY NAME
        SELECT content, records AS record_count, bytes AS file_size_in_bytes FROM (VALUES (0, 10, 3145728), (1, 4, 1048576))
          v(content, records, bytes);
        """);

    private static long Ask(EngineConnection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        using var rows = statement.Query();
        Assert.True(rows.NextChunk(), sql);
        return rows.Integer(0, 0);
    }

    private static Dictionary<string, string> Settings(string file, char separator) => File.ReadLines(file)
        .Where(static l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(separator, 2, StringSplitOptions.TrimEntries))
        .ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);

    [GeneratedRegex(@"^\$\{ENV:[A-Z0-9_]+\}$")]
    private static partial Regex FromEnvironment();
}
