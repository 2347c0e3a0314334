using Aurum.Store.Ticks;

namespace Aurum.Store.Sql;

/// <summary>What frames $1 (not included) to $2 have brought to the tables of real-time prices, with names instead of numbers, in no
/// promised order.</summary>
internal static class SettledSql
{
    private const string Frames = "frame > $1 AND frame <= $2";

    private const string Ticks = $"""
        SELECT t.frame, t.index, i.tenant_id, i.name, i.market, s.name, t.event_time, t.ingested_at, t.sequence, t.price, t.volume, t.bid,
          t.ask, i.currency, i.unit, t.flags, c.commodity, c.region, c.product_tier, t.key, t.known_at
        FROM (SELECT * FROM {TickSql.Ticks} WHERE {Frames}) AS t
        JOIN {TickSql.Instruments} i ON i.number = t.instrument JOIN {TickSql.Sources} s ON s.number = t.source
        LEFT JOIN {TickSql.Classifications} c ON c.number = t.classification
        """;

    private static readonly string Bars = $"""
        SELECT b.frame, b.index, i.tenant_id, i.name, {TickSql.IntervalText("b.interval")}, b.start_utc, b.end_utc, b.open, b.high, b.low,
          b.close, b.volume, b.vwap, b.twap, b.count, b.revision, b.marks, b.known_at
        FROM (SELECT * FROM {TickSql.Bars} WHERE {Frames}) AS b JOIN {TickSql.Instruments} i ON i.number = b.instrument
        """;

    private const string CurvePoints = $"""
        SELECT p.frame, p.index, c.tenant_id, c.curve_id, i.name, p.contract_month, p.quoted_at, p.price, p.volume, i.currency, i.unit,
          p.known_at
        FROM (SELECT * FROM {TickSql.CurvePoints} WHERE {Frames}) AS p
        JOIN {TickSql.Curves} c ON c.number = p.curve JOIN {TickSql.Instruments} i ON i.number = p.instrument
        """;

    public const string Count = $"""
        SELECT (SELECT count(*) FROM {TickSql.Ticks} WHERE {Frames}), (SELECT count(*) FROM {TickSql.Bars} WHERE {Frames}),
          (SELECT count(*) FROM {TickSql.CurvePoints} WHERE {Frames})
        """;

    /// <summary>Names and kinds of the columns: text, number, whole number, instant.</summary>
    public const string TickColumns =
        "frame:w index:w tenant_id:t instrument_id:t market:t source:t event_time:i ingested_at:i sequence:w price:n volume:n bid:n ask:n "
        + "currency:t unit:t flags:w commodity:t region:t product_tier:t key:w known_at:i";

    public const string BarColumns =
        "frame:w index:w tenant_id:t instrument_id:t interval:t start_utc:i end_utc:i open:n high:n low:n close:n volume:n vwap:n twap:n "
        + "count:w revision:w marks:w known_at:i";

    public const string CurvePointColumns =
        "frame:w index:w tenant_id:t curve_id:t instrument_id:t contract_month:w quoted_at:i price:n volume:n currency:t unit:t known_at:i";

    /// <summary>Behind one of the texts: in the order in which it was stored.</summary>
    public const string InOrder = " ORDER BY 1, 2";

    /// <summary>Latest prices that frames $1 (not included) to $2 have changed, and no later one.</summary>
    public const string Latest = $"""
        SELECT i.tenant_id, i.name, s.name, p.event_time, p.sequence, p.price, p.volume, p.bid, p.ask, p.flags
        FROM latest_price_rows p JOIN {TickSql.Instruments} i ON i.number = p.instrument JOIN {TickSql.Sources} s ON s.number = p.source
        WHERE p.frame > $1 AND p.frame <= $2 ORDER BY 1, 2
        """;

    public const string LatestColumns =
        "tenant_id:t instrument_id:t source:t event_time:i sequence:w price:n volume:n bid:n ask:n flags:w";

    public static (string Text, string Columns) Of(SettledKind kind) => kind switch
    {
        SettledKind.Ticks => (Ticks, TickColumns),
        SettledKind.Bars => (Bars, BarColumns),
        _ => (CurvePoints, CurvePointColumns),
    };
}
