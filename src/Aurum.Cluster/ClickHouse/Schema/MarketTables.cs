using System.Globalization;
using Aurum.Market.Ticks;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>The tables of real-time prices and of curves' points: names instead of numbers, the journal's frame in every row.</summary>
/// <remarks>A frame that is written again writes the same keys, so a row is one row however often it was sent. Tables end with
/// <c>_rows</c> or <c>_states</c>; views with the names of the store read them without repetitions.</remarks>
internal static class MarketTables
{
    public const string TickRows = "tick_rows";
    public const string BarRows = "bar_rows";
    public const string CurrentBarRows = "bar_current_rows";
    public const string CurvePointRows = "curve_point_rows";
    public const string LatestStates = "latest_price_states";
    public const string CurveStates = "curve_point_states";
    public const string CursorRows = "follow_cursor_rows";

    private const int YearDays = 365;

    public static readonly ClickHouseTable Ticks = new(
        TickRows,
        ClickHouseColumn.Parse("""
            store:name frame:whole row_index:small tenant_id:name instrument_id:name market:name source:name event_time:instant
            ingested_at:instant sequence:whole? price:number volume:number? bid:number? ask:number? currency:name unit:name flags:small
            commodity:name region:name product_tier:name key:unsigned known_at:instant
            """),
        ["tenant_id", "instrument_id", "event_time", "store", "frame", "row_index"])
    {
        Partition = PartitionBy.Month,
        PartitionColumn = "event_time",
        KeptDays = YearDays,
    };

    private const string BarColumns = """
        store:name frame:whole row_index:small tenant_id:name instrument_id:name bar_interval:name start_utc:instant end_utc:instant
        open:number high:number low:number close:number volume:number vwap:number? twap:number? tick_count:whole revision:small
        marks:small known_at:instant
        """;

    /// <summary>All revisions of bars.</summary>
    public static readonly ClickHouseTable Bars = new(
        BarRows,
        ClickHouseColumn.Parse(BarColumns),
        ["tenant_id", "instrument_id", "bar_interval", "start_utc", "store", "revision"])
    {
        Partition = PartitionBy.NameAndMonth,
        PartitionColumn = "start_utc",
        PartitionName = "bar_interval",
        KeptDays = 3 * YearDays,
        KeptLonger = (BarInterval.OneDay.Name(), 5 * YearDays),
    };

    /// <summary>The highest revision of each bar, whatever the order in which revisions come.</summary>
    public static readonly ClickHouseTable CurrentBars = Bars with
    {
        Name = CurrentBarRows,
        Columns = [.. Bars.Columns.Select(static c => c.Name == "revision" ? c with { Kind = ColumnKind.Unsigned } : c)],
        Key = [.. Bars.Key.Where(static k => k != "revision")],
        Version = "revision",
    };

    /// <summary>Quotes of forward curves' months.</summary>
    public static readonly ClickHouseTable CurvePoints = new(
        CurvePointRows,
        ClickHouseColumn.Parse("""
            store:name frame:whole row_index:small tenant_id:name curve_id:name instrument_id:name contract_month:small quoted_at:instant
            price:number volume:number? currency:name unit:name known_at:instant
            """),
        ["tenant_id", "curve_id", "contract_month", "quoted_at", "store", "frame", "row_index"])
    {
        Partition = PartitionBy.Month,
        PartitionColumn = "quoted_at",
        KeptDays = 2 * YearDays,
    };

    /// <summary>The tick that is last by event time, then sequence, then key: taking it twice, or late, changes nothing.</summary>
    public static readonly ClickHouseTable LatestPrices = new(
        LatestStates,
        [
            .. ClickHouseColumn.Parse("tenant_id:name instrument_id:name"),
            new ClickHouseColumn("last", ColumnKind.State)
            {
                StateType = "AggregateFunction(argMax, Tuple(String, String, Float64, Float64, Float64, Float64, String, String, Int32, "
                    + "Int64, Int64, Int64), Tuple(Int64, Int64, UInt64))",
            },
        ],
        ["tenant_id", "instrument_id"]) { Engine = TableEngine.Aggregating };

    /// <summary>The quote of each month of a curve that is last.</summary>
    public static readonly ClickHouseTable LatestPoints = new(
        CurveStates,
        [
            .. ClickHouseColumn.Parse("tenant_id:name curve_id:name contract_month:small"),
            new ClickHouseColumn("last", ColumnKind.State)
            {
                StateType = "AggregateFunction(argMax, Tuple(String, Float64, Float64, String, String, Int64, Int64), "
                    + "Tuple(Int64, Int64, Int32))",
            },
        ],
        ["tenant_id", "curve_id", "contract_month"]) { Engine = TableEngine.Aggregating };

    /// <summary>How far each follower is, with the data that it has written.</summary>
    public static readonly ClickHouseTable Cursors = new(
        CursorRows,
        ClickHouseColumn.Parse("store:name follower:name position:whole version:unsigned"),
        ["store", "follower"]) { Version = "version" };

    public static readonly IReadOnlyList<ClickHouseTable> All =
        [Ticks, Bars, CurrentBars, CurvePoints, LatestPrices, LatestPoints, Cursors];

    public static readonly IReadOnlyList<ClickHouseFeed> Feeds =
    [
        new(
            "latest_price_feed",
            Ticks,
            LatestPrices,
            static dialect => $"""
                tenant_id, instrument_id,
                argMaxState(
                    tuple(CAST(market AS String), CAST(source AS String), price, ifNull(volume, nan), ifNull(bid, nan), ifNull(ask, nan),
                        CAST(currency AS String), CAST(unit AS String), flags, {ClickHouseColumn.Micros(dialect, "event_time")},
                        ifNull(sequence, toInt64(-1)), {ClickHouseColumn.Micros(dialect, "known_at")}),
                    tuple({ClickHouseColumn.Micros(dialect, "event_time")}, ifNull(sequence, toInt64(-1)), key)) AS last
                """,
            "tenant_id, instrument_id"),
        new("bar_current_feed", Bars, CurrentBars, static dialect => "    " + string.Join(
            ", ",
            Bars.Columns.SelectMany(c => c.In(dialect))
                .Select(static c => c.Name == "revision" ? "toUInt64(revision) AS revision" : c.Name))),
        new(
            "curve_point_feed",
            CurvePoints,
            LatestPoints,
            static dialect => $"""
                tenant_id, curve_id, contract_month,
                argMaxState(
                    tuple(CAST(instrument_id AS String), price, ifNull(volume, nan), CAST(currency AS String), CAST(unit AS String),
                        {ClickHouseColumn.Micros(dialect, "quoted_at")}, {ClickHouseColumn.Micros(dialect, "known_at")}),
                    tuple({ClickHouseColumn.Micros(dialect, "quoted_at")}, frame, row_index)) AS last
                """,
            "tenant_id, curve_id, contract_month"),
    ];

    /// <summary>Texts of flags, of the number in <c>flags</c>.</summary>
    public static string FlagList(string flags)
    {
        var names = Enum.GetValues<QualityFlags>().Where(static f => f != QualityFlags.None).Select(f => string.Create(
            CultureInfo.InvariantCulture, $"if(bitAnd({flags}, {(int)f}) != 0, '{QualityFlagNames.Of(f)[0]}', '')"));
        return $"if({flags} = 0, ['{QualityFlagNames.Valid}'], arrayFilter(f -> f != '', [{string.Join(", ", names)}]))";
    }
}
