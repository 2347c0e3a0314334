using System.Globalization;
using Aurum.Cluster.ClickHouse.Schema;
using NodaTime;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Drops partitions all of whose rows are older than their table keeps them. A partition goes at once, and nothing else.</summary>
/// <remarks>Servers of today do it by TTL as well; that both do it changes nothing.</remarks>
public sealed class ClickHouseRetention(ClickHouseClient client)
{
    /// <summary>Finds what is too old.</summary>
    public async Task<IReadOnlyList<OldPartition>> Find(Instant now, CancellationToken cancel)
    {
        var today = now.InUtc().Date;
        var options = client.Options;
        var tables = ClickHouseMigration.Tables.Where(static t => t.KeptDays > 0).ToDictionary(
            t => (t.IsOperations ? options.OpsDatabase : options.Database, t.Name));
        var parts = await client.Rows(
            "SELECT database, table, partition, partition_id, toInt64(sum(rows)) AS total FROM system.parts WHERE active AND database IN "
            + ClickHouseSql.Texts([options.Database, options.OpsDatabase])
            + " GROUP BY database, table, partition, partition_id ORDER BY database, table, partition",
            static (r, i) => new OldPartition(
                ClickHouseClient.Text(r, 0, i), ClickHouseClient.Text(r, 1, i), ClickHouseClient.Text(r, 2, i),
                ClickHouseClient.Text(r, 3, i), r[4].Whole(i)),
            cancel);
        return
        [
            .. parts.Where(p => tables.TryGetValue((p.Database, p.Table), out var table) && EndOf(p.Partition) is { } end
                && end.PlusDays(table.DaysOf(p.Partition)) <= today),
        ];
    }

    /// <summary>Drops what is too old.</summary>
    /// <returns>What was dropped.</returns>
    /// <exception cref="ClickHouseException">One could not be dropped; those before it are.</exception>
    public async Task<IReadOnlyList<OldPartition>> Run(Instant now, CancellationToken cancel)
    {
        var old = await Find(now, cancel);
        foreach (var partition in old)
        {
            await client.ExecuteAgain(
                $"ALTER TABLE {ClickHouseSql.Table(partition.Database, partition.Table)} DROP PARTITION ID "
                + ClickHouseSql.Text(partition.PartitionId),
                cancel);
        }

        return old;
    }

    /// <summary>The day after the last one of a partition <c>202511</c>, <c>20251108</c> or <c>('1d',202511)</c>; null where it is of no
    /// time.</summary>
    internal static LocalDate? EndOf(string partition)
    {
        var end = partition.AsSpan().TrimEnd(')').Length;
        var start = end;
        while (start > 0 && char.IsAsciiDigit(partition[start - 1]))
        {
            start--;
        }

        if (!int.TryParse(partition.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return (end - start) switch
        {
            6 when number % 100 is >= 1 and <= 12 => new LocalDate(number / 100, number % 100, 1).PlusMonths(1),
            8 when number / 100 % 100 is >= 1 and <= 12 && number % 100 is >= 1 and <= 31 =>
                new LocalDate(number / 10_000, number / 100 % 100, 1).PlusDays(number % 100),
            _ => null,
        };
    }
}

/// <summary>A piece of a table that is older than it is kept.</summary>
/// <param name="Database">Database.</param>
/// <param name="Table">Table.</param>
/// <param name="Partition">As ClickHouse writes it: <c>202511</c>.</param>
/// <param name="PartitionId">ClickHouse's id of it.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record OldPartition(string Database, string Table, string Partition, string PartitionId, long Rows);
