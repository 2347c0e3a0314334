using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;

namespace Aurum.Store.Sql;

/// <summary>Queries of dead letters.</summary>
internal static class LetterSql
{
    private const string Columns =
        "frame, index, tenant_id, stream, reason, field, expected, found, position, length, message, received_at, redriven_at, "
        + "redriven_frame, format, market, source, prelude";

    public const string Find = $"SELECT {Columns} FROM tick_letter_rows WHERE frame = $1 AND index = $2";

    public static string Select(SqlConditions where, int limit) =>
        FormattableString.Invariant($"SELECT {Columns} FROM tick_letter_rows WHERE {where} ORDER BY frame, index LIMIT {limit}");

    public static SqlConditions Of(TickLetterQuery query)
    {
        var where = new SqlConditions()
            .AndIf(query.Tenant is not null, "tenant_id = ?", s => s.Bind(query.Tenant))
            .AndIf(query.Reason is not null, "reason = ?", s => s.Bind((int?)query.Reason))
            .AndIf(query.Stream is not null, "stream = ?", s => s.Bind(query.Stream))
            .AndIf(query.Since is not null, "received_at >= ?", s => s.Bind(query.Since))
            .AndIf(query.PendingOnly, "redriven_at IS NULL");
        TickCursor.AfterToken(where, query.After?.ToString());
        return where;
    }

    public static TickLetter Read(EngineRows rows, int i) => new(
        new TickToken(rows.Int64(0, i), rows.Int32(1, i)),
        rows.String(2, i),
        rows.String(3, i),
        new DeadLetter(
            (DeadLetterReason)rows.Int32(4, i), rows.String(5, i), rows.String(6, i), rows.String(7, i), rows.Int64(8, i),
            rows.Int32(9, i)),
        rows.Utf8(10, i).ToArray(),
        rows.Instant(11, i),
        rows.InstantOrNull(12, i),
        rows.IsNull(13, i) ? 0 : rows.Int64(13, i))
    {
        Form = rows.StringOrNull(14, i) is { } format
            ? new LetterForm(format, rows.String(15, i), rows.String(16, i), rows.Utf8(17, i).ToArray())
            : null,
    };
}
