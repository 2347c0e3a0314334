using System.Globalization;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Market.Ticks;
using Aurum.Store;
using NodaTime;

namespace Aurum.Cluster.ClickHouse.Following;

/// <summary>Holds what ClickHouse has of a store's ticks and bars against the store, day by day: rows and sums of prices.</summary>
public sealed class TickComparison(AurumStore store, ClickHouseClient client)
{
    /// <summary>How far sums may be apart, of their size: they add up in another order.</summary>
    private const double Tolerance = 1e-9;

    private string Database => client.Options.Database;

    /// <param name="through">The last frame that ClickHouse has: <see cref="TickFollower.Position"/>.</param>
    /// <param name="now">Days that are older than ClickHouse keeps them are left out.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>A line for each kind and UTC day, in order.</returns>
    public async Task<IReadOnlyList<ComparedDay>> Run(long through, Instant now, CancellationToken cancel)
    {
        var frame = through.ToString(CultureInfo.InvariantCulture);
        var interval = $"CASE interval {string.Join(' ', BarIntervals.All.Select(i => $"WHEN {(int)i} THEN '{i.Name()}'"))} END";
        var of = $"store = {ClickHouseSql.Text(client.Options.StoreName)} AND frame <= {frame}";
        var ours = Ours($"""
            SELECT 'ticks', CAST(CAST(event_time AS DATE) AS VARCHAR), count(*), sum(price) FROM tick_rows
            WHERE frame <= {frame} GROUP BY 1, 2
            UNION ALL
            SELECT 'bars ' || {interval}, CAST(CAST(start_utc AS DATE) AS VARCHAR), count(*), sum(close) FROM bar_rows
            WHERE frame <= {frame} GROUP BY 1, 2
            """);
        var theirs = await Theirs(
            "SELECT 'ticks' AS kind, toString(toDate(event_time)) AS day, toInt64(count()), sum(price) "
            + $"FROM {Database}.ticks WHERE {of} GROUP BY day",
            cancel);
        var bars = await Theirs(
            "SELECT concat('bars ', bar_interval) AS kind, toString(toDate(start_utc)) AS day, toInt64(count()), sum(close) "
            + $"FROM {Database}.bars WHERE {of} GROUP BY kind, day",
            cancel);
        foreach (var (key, value) in bars)
        {
            theirs.Add(key, value);
        }

        var today = now.InUtc().Date;
        return
        [
            .. ours.Keys.Union(theirs.Keys).Where(k => IsKept(k, today)).OrderBy(static k => k.Kind, StringComparer.Ordinal)
                .ThenBy(static k => k.Day, StringComparer.Ordinal).Select(k => Compare(k, ours, theirs)),
        ];
    }

    private static ComparedDay Compare(
        (string Kind, string Day) key,
        Dictionary<(string Kind, string Day), (long Rows, double Sum)> ours,
        Dictionary<(string Kind, string Day), (long Rows, double Sum)> theirs)
    {
        var (our, their) = (ours.GetValueOrDefault(key), theirs.GetValueOrDefault(key));
        var isSame = our.Rows == their.Rows && Math.Abs(our.Sum - their.Sum) <= Tolerance * Math.Max(1, Math.Abs(our.Sum));
        return new ComparedDay(key.Kind, key.Day, our.Rows, their.Rows, isSame);
    }

    /// <summary>Whether ClickHouse keeps the day's partition: to the end of its month, and then its days.</summary>
    private static bool IsKept((string Kind, string Day) key, LocalDate today)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(key.Day).Value;
        var days = key.Kind == "ticks" ? MarketTables.Ticks.KeptDays : MarketTables.Bars.DaysOf($"'{key.Kind[5..]}'");
        return day.With(DateAdjusters.EndOfMonth).PlusDays(1 + days) > today;
    }

    private Dictionary<(string Kind, string Day), (long Rows, double Sum)> Ours(string sql)
    {
        var days = new Dictionary<(string, string), (long, double)>();
        using var rows = store.Read.Sql(sql);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                days.Add(((string)rows.Value(0, i)!, (string)rows.Value(1, i)!), (rows.Whole(2, i), rows.Number(3, i)));
            }
        }

        return days;
    }

    private async Task<Dictionary<(string Kind, string Day), (long Rows, double Sum)>> Theirs(string sql, CancellationToken cancel)
    {
        var rows = await client.Rows(
            sql,
            static (r, i) => (
                Kind: ClickHouseClient.Text(r, 0, i), Day: ClickHouseClient.Text(r, 1, i), Rows: r[2].Whole(i), Sum: r[3].Number(i)),
            cancel);
        return rows.ToDictionary(static r => (r.Kind, r.Day), static r => (r.Rows, r.Sum));
    }
}

/// <summary>A day of ticks or bars in both engines.</summary>
/// <param name="Kind"><c>ticks</c> or <c>bars 5m</c>.</param>
/// <param name="Day">UTC day, <c>2026-03-02</c>.</param>
/// <param name="StoreRows">Rows of the store.</param>
/// <param name="ClickHouseRows">Rows of ClickHouse.</param>
/// <param name="IsSame">Whether rows and sums are equal.</param>
public sealed record ComparedDay(string Kind, string Day, long StoreRows, long ClickHouseRows, bool IsSame);
