using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A row query as SQL with its arguments.</summary>
internal sealed class RowQuerySql
{
    private const int MaxLimit = 100_000_000;

    private readonly TableShape _shape;
    private readonly RowTableSql _sql;
    private readonly RowQuery _query;
    private readonly List<Action<DuckDbStatement>> _arguments = [];
    private readonly IReadOnlyList<ColumnShape> _order;

    /// <exception cref="ArgumentException">Unknown table or column, a cursor of another query, a limit out of range.</exception>
    public RowQuerySql(RowQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        _query = query;
        _shape = TableShape.Find(query.Table);
        _sql = new RowTableSql(_shape);
        _order =
        [
            .. _shape.Keys.Where(c => c.Name == TableShape.Start),
            .. _shape.Keys.Where(c => c.Name != TableShape.Start),
            new ColumnShape("feed", CellKind.Text, ColumnRole.Feed),
        ];
        Columns =
        [
            .. _shape.Columns.Select(c => new ResultColumn(c.Name, KindOf(c.Kind))),
            new("feed", ResultKind.Text), new("known_at", ResultKind.Instant), new("revision", ResultKind.Whole), new("file_id", ResultKind.Whole),
        ];
        Text = Build();
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    public string Text { get; }

    public void Bind(DuckDbStatement statement)
    {
        foreach (var argument in _arguments)
        {
            argument(statement);
        }
    }

    /// <summary>The cursor of a row of the result.</summary>
    public string CursorOf(RowReader reader, int row) => RowCursor.Write([.. _order.Select(column =>
    {
        var index = IndexOf(column.Name);
        return column.Kind == CellKind.Text
            ? RowCursor.Text(reader.Text(index, row))
            : RowCursor.Instant(reader.IsNull(index, row) ? 0 : reader.InstantMicros(index, row));
    })]);

    private static ResultKind KindOf(CellKind kind) => kind switch
    {
        CellKind.Text => ResultKind.Text,
        CellKind.Number => ResultKind.Number,
        _ => ResultKind.Instant,
    };

    private int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"the result has no column {name}");
    }

    private string Build()
    {
        List<string> conditions = ["true"];
        foreach (var filter in _query.Filters)
        {
            conditions.Add(Condition(filter));
        }

        AddInstant(conditions, $"t.{TableShape.Start} >= ", _query.Start);
        AddInstant(conditions, $"t.{TableShape.Start} < ", _query.End);
        AddInstant(conditions, "t.known_at <= ", _query.AsOf);
        var after = _query.After is { } cursor ? After(cursor, conditions) : "";
        var direction = _query.Descending ? " DESC" : "";
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"SELECT {string.Join(", ", Columns.Select(c => "r." + c.Name))}\n")
            .Append(CultureInfo.InvariantCulture, $"FROM ({_sql.Latest(string.Join(" AND ", conditions))}) r\n{after}")
            .Append(CultureInfo.InvariantCulture, $"ORDER BY {string.Join(", ", _order.Select(c => Cell(c) + direction))}\n")
            .Append(CultureInfo.InvariantCulture, $"LIMIT {(long)_query.Limit + 1}")
            .ToString();
    }

    private string Condition(ColumnFilter filter)
    {
        var known = filter.Column == "feed"
            || _shape.Columns.Any(c => c.Name == filter.Column && c.Kind == CellKind.Text && c.Role != ColumnRole.Value);
        if (!known)
        {
            var columns = _shape.Columns.Where(c => c.Kind == CellKind.Text && c.Role != ColumnRole.Value).Select(c => c.Name);
            throw new ArgumentException($"table {_shape.Name} cannot be filtered by '{filter.Column}'; by feed, {string.Join(", ", columns)}");
        }

        return filter.Values.Count == 0
            ? "false"
            : $"t.{filter.Column} IN ({string.Join(", ", filter.Values.Select(v => Argument(s => s.Bind(v))))})";
    }

    private void AddInstant(List<string> conditions, string comparison, Instant? instant)
    {
        if (instant is not null)
        {
            conditions.Add(comparison + Argument(s => s.Bind(instant)));
        }
    }

    /// <summary>Rows behind the cursor. The bare condition on the start lets the engine skip what lies before it.</summary>
    private string After(string cursor, List<string> conditions)
    {
        var cells = RowCursor.Read(cursor, _order.Count);
        var sign = _query.Descending ? "<" : ">";
        List<string> arguments = [];
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            if (_order[i].Kind == CellKind.Text)
            {
                arguments.Add(Argument(s => s.Bind(cell)));
            }
            else if (long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros))
            {
                arguments.Add(Argument(s => s.Bind(DuckDbTimes.FromMicros(micros))));
            }
            else
            {
                throw new ArgumentException($"'{cursor}' is not a cursor of this query");
            }
        }

        conditions.Add($"t.{TableShape.Start} {sign}= {arguments[0]}");
        return $"WHERE ({string.Join(", ", _order.Select(Cell))}) {sign} ({string.Join(", ", arguments)})\n";
    }

    private static string Cell(ColumnShape column) => RowTableSql.KeyCell("r", column);

    private string Argument(Action<DuckDbStatement> bind)
    {
        _arguments.Add(bind);
        return $"${_arguments.Count.ToString(CultureInfo.InvariantCulture)}";
    }
}
