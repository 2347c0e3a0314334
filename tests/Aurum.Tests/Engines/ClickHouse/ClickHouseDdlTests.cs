using System.Text;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Schema;

namespace Aurum.Tests.Engines.ClickHouse;

/// <summary>The statements of both dialects, as a person has reviewed them. Those of servers of today were not run: none is here.</summary>
public sealed class ClickHouseDdlTests
{
    [Theory]
    [InlineData(ClickHouseDialect.Legacy)]
    [InlineData(ClickHouseDialect.Modern)]
    public void Tables_and_views_are_made_by_statements_that_were_reviewed(ClickHouseDialect dialect)
    {
        var ddl = new ClickHouseDdl(dialect, "aurum", "ops");
        var text = new StringBuilder();
        foreach (var step in ClickHouseMigration.All)
        {
            text.Append($"-- {step.Version}: {step.Name}\n");
            foreach (var sql in step.Statements(ddl))
            {
                text.Append(sql).Append(";\n\n");
            }
        }

        Golden.Check(Golden.Fixture("Engines/ClickHouse", $"{dialect.ToString().ToLowerInvariant()}.sql"), text.ToString());
    }

    [Fact]
    public void What_a_step_has_written_stays_as_it_is()
    {
        var checksums = ClickHouseMigration.All.SelectMany(m => Enum.GetValues<ClickHouseDialect>().Select(
            d => $"{m.Version} {d} {m.Checksum(d)}"));
        Golden.Check(Golden.Fixture("Engines/ClickHouse", "checksums.txt"), string.Join('\n', checksums) + "\n");
        Assert.Equal(Enumerable.Range(1, ClickHouseMigration.All.Count), ClickHouseMigration.All.Select(m => m.Version));
    }

    [Fact]
    public void Old_servers_get_nothing_that_they_do_not_know()
    {
        var ddl = new ClickHouseDdl(ClickHouseDialect.Legacy, "aurum", "ops");
        string[] unknown = ["TTL", "CODEC", "DateTime64", "LowCardinality", "Map(", "Bool", "SimpleAggregateFunction", "INTERVAL"];
        foreach (var sql in ClickHouseMigration.All.SelectMany(m => m.Statements(ddl)))
        {
            Assert.All(unknown, word => Assert.DoesNotContain(word, sql));
        }
    }

    [Theory]
    [InlineData("18.16.1", ClickHouseDialect.Legacy)]
    [InlineData("21.8.15.7", ClickHouseDialect.Legacy)]
    [InlineData("22.3.2.2", ClickHouseDialect.Modern)]
    [InlineData("25.8.1.1", ClickHouseDialect.Modern)]
    public void The_dialect_is_the_versions(string version, ClickHouseDialect dialect) =>
        Assert.Equal(dialect, ClickHouseVersion.Parse(version).Dialect);

    [Theory]
    [InlineData("202511", "2025-12-01")]
    [InlineData("202512", "2026-01-01")]
    [InlineData("20250228", "2025-03-01")]
    [InlineData("('1d',202511)", "2025-12-01")]
    [InlineData(@"(\'1m\',202402)", "2024-03-01")]
    [InlineData("tuple()", null)]
    [InlineData("197099", null)]
    public void A_partition_ends_with_its_month_or_day(string partition, string? end) =>
        Assert.Equal(end, ClickHouseRetention.EndOf(partition)?.ToString("uuuu'-'MM'-'dd", null));

    [Theory]
    [InlineData("a'b", @"'a\'b'")]
    [InlineData(@"a\'; DROP TABLE x", @"'a\\\'; DROP TABLE x'")]
    [InlineData("line\nend", @"'line\nend'")]
    public void Values_do_not_leave_their_quotes(string value, string sql) => Assert.Equal(sql, ClickHouseSql.Text(value));

    [Fact]
    public void Names_are_letters_and_nothing_else() => Assert.Throws<ArgumentException>(() => ClickHouseSql.Name("a`b"));
}
