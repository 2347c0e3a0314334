using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Reading;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.Store.Sql;

/// <summary>A query of ticks, bars, prices or curve points: its text, its arguments, its columns, and the cursor of a row.</summary>
/// <param name="Text">SQL; asks for one row more than the limit.</param>
/// <param name="Where">Binds the arguments.</param>
/// <param name="Columns">Columns of the result.</param>
/// <param name="Limit">Rows.</param>
/// <param name="CursorOf">The cursor of a row; null where there is none.</param>
internal sealed record TickQuerySql(
    string Text, SqlConditions Where, IReadOnlyList<ResultColumn> Columns, int Limit, Func<RowReader, int, string?>? CursorOf)
{
    private const int MostRows = 100_000_000;

    private static readonly IReadOnlyList<ResultColumn> TickColumns = Named(
        "frame:w index:w instrument_id:t market:t source:t event_time:i ingested_at:i sequence:w price:n volume:n bid:n ask:n currency:t "
        + "unit:t flags:w commodity:t region:t known_at:i");

    private static readonly IReadOnlyList<ResultColumn> BarColumns = Named(
        "frame:w index:w instrument_id:t interval:w start_utc:i end_utc:i open:n high:n low:n close:n volume:n vwap:n twap:n count:w "
        + "revision:w marks:w known_at:i");

    private static readonly IReadOnlyList<ResultColumn> LatestColumns = Named(
        "instrument_id:t market:t event_time:i sequence:w price:n volume:n bid:n ask:n currency:t unit:t source:t flags:w known_at:i");

    private static readonly IReadOnlyList<ResultColumn> PointColumns = Named(
        "frame:w index:w curve_id:t instrument_id:t contract_month:w quoted_at:i price:n volume:n currency:t unit:t known_at:i");

    /// <exception cref="ArgumentException">A cursor that is not ours, a limit out of range.</exception>
    public static TickQuerySql Of(TickQuery query)
    {
        var byTime = query.Order == TickOrder.Time;
        var where = OfInstruments(new SqlConditions(), query.Tenant, query.Instruments);
        Between(where, "event_time", query.From, query.Until);
        where.AndIf(
                query.Source is not null, "source IN (SELECT number FROM tick_source_rows WHERE name = ?)", s => s.Bind(query.Source))
            .AndIf(query.Flags != QualityFlags.None, "flags & ? = ?", s => s.Bind((int)query.Flags), s => s.Bind((int)query.Flags))
            .AndIf(query.AsOf is not null, "known_at <= ?", s => s.Bind(query.AsOf));
        (byTime ? (Action<SqlConditions, string?>)TickCursor.AfterTick : TickCursor.AfterToken)(where, query.After);
        var order = byTime ? "event_time, frame, index" : "frame, index";
        var text = $"""
            SELECT t.frame, t.index, i.name, i.market, s.name, t.event_time, t.ingested_at, t.sequence, t.price, t.volume, t.bid, t.ask,
              i.currency, i.unit, t.flags, c.commodity, c.region, t.known_at
            FROM (SELECT * FROM tick_rows WHERE {where} ORDER BY {order} {Limited(query.Limit)}) AS t
            JOIN tick_instrument_rows i ON i.number = t.instrument JOIN tick_source_rows s ON s.number = t.source
            LEFT JOIN tick_classification_rows c ON c.number = t.classification
            ORDER BY {order}
            """;
        return new(
            text, where, TickColumns, query.Limit, byTime ? static (rows, row) => TickCursor.OfTick(rows, row, 5) : TickCursor.OfToken);
    }

    public static TickQuerySql Of(BarQuery query)
    {
        var byTime = query.Order == TickOrder.Time;
        var where = OfInstruments(new SqlConditions(), query.Tenant, query.Instruments);
        Between(where, "start_utc", query.From, query.Until);
        where.AndIf(query.Interval is not null, "interval = ?", s => s.Bind((int?)query.Interval))
            .AndIf(query.AsOf is not null, "known_at <= ?", s => s.Bind(query.AsOf));
        var rows = query.AllRevisions
            ? $"SELECT * FROM bar_rows WHERE {where}"
            : Newest("bar_rows", where, "instrument, interval, start_utc", "revision DESC");
        var last = where.Further();
        (byTime ? (Action<SqlConditions, string?>)TickCursor.AfterBar : TickCursor.AfterToken)(last, query.After);
        var text = $"""
            SELECT frame, index, name, interval, start_utc, end_utc, open, high, low, close, volume, vwap, twap, count, revision, marks,
              known_at
            FROM ({rows}) AS b JOIN tick_instrument_rows i ON i.number = b.instrument
            WHERE {last}
            ORDER BY {(byTime ? "start_utc, name, interval, revision" : "frame, index")} {Limited(query.Limit)}
            """;
        return new(
            text,
            last,
            BarColumns,
            query.Limit,
            byTime ? static (rows, row) => TickCursor.OfBar(rows, row, (4, 2, 3, 14)) : TickCursor.OfToken);
    }

    public static TickQuerySql OfLatest(string tenant, IReadOnlyList<string> instruments, long afterFrame)
    {
        var where = OfInstruments(new SqlConditions(), tenant, instruments)
            .AndIf(afterFrame > 0, "frame > ?", s => s.Bind(afterFrame));
        var text = $"""
            SELECT i.name, i.market, p.event_time, p.sequence, p.price, p.volume, p.bid, p.ask, i.currency, i.unit, s.name,
              p.flags, p.known_at
            FROM latest_price_rows p JOIN tick_instrument_rows i ON i.number = p.instrument
            JOIN tick_source_rows s ON s.number = p.source
            WHERE {where} ORDER BY i.name, i.number
            """;
        return new(text, where, LatestColumns, MostRows, null);
    }

    public static TickQuerySql Of(CurvePointQuery query)
    {
        if (query is { LatestOnly: true, After: not null })
        {
            throw new ArgumentException("the last quotes of curves have no pages: expected no cursor", nameof(query));
        }

        var where = new SqlConditions()
            .And("curve IN (SELECT number FROM tick_curve_rows WHERE tenant_id = ?)", s => s.Bind(query.Tenant));
        where.AndIf(
                query.Curves.Count > 0,
                $"curve IN (SELECT number FROM tick_curve_rows WHERE curve_id IN ({Marks(query.Curves)}))",
                [.. Texts(query.Curves)])
            .AndIf(query.QuotedBy is not null, "quoted_at <= ?", s => s.Bind(query.QuotedBy))
            .AndIf(query.AsOf is not null, "known_at <= ?", s => s.Bind(query.AsOf));
        TickCursor.AfterToken(where, query.After);
        var points = query.LatestOnly
            ? Newest("curve_point_rows", where, "curve, contract_month", "quoted_at DESC, frame DESC, index DESC")
            : $"SELECT * FROM curve_point_rows WHERE {where}";
        var text = $"""
            SELECT p.frame, p.index, c.curve_id, i.name, p.contract_month, p.quoted_at, p.price, p.volume, i.currency, i.unit, p.known_at
            FROM ({points}) AS p JOIN tick_curve_rows c ON c.number = p.curve
            JOIN tick_instrument_rows i ON i.number = p.instrument
            ORDER BY {(query.LatestOnly ? "c.curve_id, p.contract_month" : "p.frame, p.index")} {Limited(query.Limit)}
            """;
        return new(text, where, PointColumns, query.Limit, query.LatestOnly ? null : TickCursor.OfToken);
    }

    /// <summary>The newest row of each group.</summary>
    private static string Newest(string table, SqlConditions where, string group, string order) => $"""
        SELECT * FROM (
          SELECT *, row_number() OVER (PARTITION BY {group} ORDER BY {order}) AS place FROM {table} WHERE {where}) n
        WHERE place = 1
        """;

    private static SqlConditions OfInstruments(SqlConditions where, string tenant, IReadOnlyList<string> names) => where.And(
        "instrument IN (SELECT number FROM tick_instrument_rows WHERE tenant_id = ?"
            + (names.Count == 0 ? ")" : $" AND name IN ({Marks(names)}))"),
        [s => s.Bind(tenant), .. Texts(names)]);

    private static void Between(SqlConditions where, string column, Instant? from, Instant? until) => where
        .AndIf(from is not null, $"{column} >= ?", s => s.Bind(from))
        .AndIf(until is not null, $"{column} < ?", s => s.Bind(until));

    private static string Marks(IReadOnlyList<string> texts) => string.Join(", ", texts.Select(_ => "?"));

    private static IEnumerable<Action<EngineStatement>> Texts(IReadOnlyList<string> texts) =>
        texts.Select(text => (Action<EngineStatement>)(s => s.Bind(text)));

    /// <summary>One row more than asked for, which tells whether there are more.</summary>
    private static string Limited(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostRows);
        return string.Create(CultureInfo.InvariantCulture, $"LIMIT {limit + 1L}");
    }

    /// <summary>Columns by name and kind: text, number, whole number, instant.</summary>
    internal static IReadOnlyList<ResultColumn> Named(string columns) =>
    [
        .. columns.Split(' ').Select(c => new ResultColumn(
            c[..^2],
            c[^1] switch { 't' => ResultKind.Text, 'n' => ResultKind.Number, 'w' => ResultKind.Whole, _ => ResultKind.Instant })),
    ];
}
