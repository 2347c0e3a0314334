using System.Text.RegularExpressions;
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
    public void Views_name_columns_that_their_tables_have() => Assert.Empty(TrinoDdl.Unknown());

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

    private static Dictionary<string, string> Settings(string file, char separator) => File.ReadLines(file)
        .Where(static l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(separator, 2, StringSplitOptions.TrimEntries))
        .ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);

    [GeneratedRegex(@"^\$\{ENV:[A-Z0-9_]+\}$")]
    private static partial Regex FromEnvironment();
}
