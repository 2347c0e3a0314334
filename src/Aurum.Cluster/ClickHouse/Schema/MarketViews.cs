using System.Globalization;
using Aurum.Market.Ticks;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>What people and dashboards read: the tables without repetitions, with times and names.</summary>
internal static class MarketViews
{
    public static readonly IReadOnlyList<ClickHouseView> All =
    [
        new("ticks", false, static (dialect, at) => $"""
            SELECT tenant_id, instrument_id, market, source, {Instant(dialect, "event_time")}, price, volume, bid, ask, currency, unit, sequence,
                {MarketTables.FlagList("flags")} AS quality_flags, commodity, region, product_tier, {Instant(dialect, "ingested_at")},
                {Instant(dialect, "known_at")}, store, frame, row_index
            FROM {at(MarketTables.TickRows)} FINAL
            """),
        new("bars", false, static (dialect, at) => Bars(dialect, at(MarketTables.BarRows))),
        new("bars_current", false, static (dialect, at) => Bars(dialect, at(MarketTables.CurrentBarRows))),
        new("latest_prices", false, static (dialect, at) => $"""
            SELECT tenant_id, instrument_id, tupleElement(v, 1) AS market, {Stamp(dialect, "tupleElement(v, 10)", "event_time")},
                tupleElement(v, 3) AS price, {Known(4)} AS volume, {Known(5)} AS bid, {Known(6)} AS ask, tupleElement(v, 7) AS currency,
                tupleElement(v, 8) AS unit, tupleElement(v, 2) AS source, if(tupleElement(v, 11) < 0, NULL, tupleElement(v, 11)) AS sequence,
                tupleElement(v, 9) AS flags, {Stamp(dialect, "tupleElement(v, 12)", "known_at")}
            FROM
            (
                SELECT tenant_id, instrument_id, argMaxMerge(last) AS v
                FROM {at(MarketTables.LatestStates)}
                GROUP BY tenant_id, instrument_id
            )
            """),
        new("curve_points", false, static (dialect, at) => $"""
            SELECT tenant_id, curve_id, instrument_id, contract_month, {Instant(dialect, "quoted_at")}, price, volume, currency, unit,
                {Instant(dialect, "known_at")}, store, frame, row_index
            FROM {at(MarketTables.CurvePointRows)} FINAL
            """),
        new("curve_points_latest", false, static (dialect, at) => $"""
            SELECT tenant_id, curve_id, contract_month, tupleElement(v, 1) AS instrument_id,
                {Stamp(dialect, "tupleElement(v, 6)", "quoted_at")}, tupleElement(v, 2) AS price, {Known(3)} AS volume,
                tupleElement(v, 4) AS currency, tupleElement(v, 5) AS unit, {Stamp(dialect, "tupleElement(v, 7)", "known_at")}
            FROM
            (
                SELECT tenant_id, curve_id, contract_month, argMaxMerge(last) AS v
                FROM {at(MarketTables.CurveStates)}
                GROUP BY tenant_id, curve_id, contract_month
            )
            """),
        new("curve_snapshots", false, static (dialect, at) => $"""
            SELECT tenant_id, curve_id, {Stamp(dialect, "max(quoted)", "snapshot_at")}, count() AS points,
                arraySort(groupArray(tuple(contract_month, price))) AS curve_points, any(money) AS currency, any(measure) AS unit
            FROM
            (
                SELECT tenant_id, curve_id, contract_month, tupleElement(v, 2) AS price, tupleElement(v, 4) AS money,
                    tupleElement(v, 5) AS measure, tupleElement(v, 6) AS quoted
                FROM
                (
                    SELECT tenant_id, curve_id, contract_month, argMaxMerge(last) AS v
                    FROM {at(MarketTables.CurveStates)}
                    GROUP BY tenant_id, curve_id, contract_month
                )
            )
            GROUP BY tenant_id, curve_id
            """),
        new("follow_cursors", false, static (_, at) => $"""
            SELECT store, follower, argMax(position, version) AS last_position, max(version) AS last_version
            FROM {at(MarketTables.CursorRows)}
            GROUP BY store, follower
            """),
    ];

    /// <summary>An instant as a time and as microseconds, under the same names in both dialects.</summary>
    public static string Instant(ClickHouseDialect dialect, string name) => dialect == ClickHouseDialect.Modern
        ? $"{name}, {ClickHouseColumn.Micros(dialect, name)} AS {name}_us"
        : $"{ClickHouseColumn.Time(dialect, name)} AS {name}, {name}_us";

    private static string Bars(ClickHouseDialect dialect, string table) => $"""
        SELECT tenant_id, instrument_id, bar_interval, {Instant(dialect, "start_utc")}, {Instant(dialect, "end_utc")}, open, high, low,
            close, volume, vwap, twap, tick_count, revision,
            bitAnd(marks, {Text((int)BarMarks.PartialStart)}) != 0 AS partial_start,
            bitAnd(marks, {Text((int)BarMarks.PartialEnd)}) != 0 AS partial_end, {Instant(dialect, "known_at")}, store, frame, row_index
        FROM {table} FINAL
        """;

    private static string Known(int element) =>
        string.Create(CultureInfo.InvariantCulture, $"if(isNaN(tupleElement(v, {element})), NULL, tupleElement(v, {element}))");

    private static string Stamp(ClickHouseDialect dialect, string micros, string name) => dialect == ClickHouseDialect.Modern
        ? $"fromUnixTimestamp64Micro({micros}, 'UTC') AS {name}, {micros} AS {name}_us"
        : $"toDateTime(intDiv({micros}, 1000000), 'UTC') AS {name}, {micros} AS {name}_us";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
