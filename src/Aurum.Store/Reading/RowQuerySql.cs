using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A row query as SQL with its arguments.</summary>
internal sealed class RowQuerySql
{
    private const int MaxLimit = 100_000_000;
    private const int MaxFilterValues = 10_000;

    private readonly TableShape _shape;
    private readonly RowTableSql _sql;
    private readonly RowQuery _query;
    private readonly List<Action<EngineStatement>> _arguments = [];
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
            .. query.AllRevisions ? [new ColumnShape("revision", CellKind.Whole, ColumnRole.Feed)] : Array.Empty<ColumnShape>(),
        ];
        Columns = ColumnsOf(_shape);
        Text = Build();
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>All columns of a row table, as readers see them.</summary>
    public static IReadOnlyList<ResultColumn> ColumnsOf(TableShape shape) =>
    [
        .. shape.Columns.Select(c => new ResultColumn(c.Name, KindOf(c.Kind))),
        new("feed", ResultKind.Text),
        new("known_at", ResultKind.Instant),
        new("revision", ResultKind.Whole),
        new("file_id", ResultKind.Whole),
    ];

    public string Text { get; }

    public void Bind(EngineStatement statement)
    {
        foreach (var argument in _arguments)
        {
            argument(statement);
        }
    }

    /// <summary>The cursor of a row of the result; null for an order that has none.</summary>
    public string? CursorOf(RowReader reader, int row) =>
        _query.OrderBy is null ? RowCursor.Write([.. _order.Select(column => CursorCell(reader, column, row))]) : null;

    private string CursorCell(RowReader reader, ColumnShape column, int row)
    {
        var index = IndexOf(column.Name);
        return column.Kind switch
        {
            CellKind.Text => RowCursor.Text(reader.Text(index, row)),
            CellKind.Whole => RowCursor.Number(reader.Whole(index, row)),
            _ => RowCursor.Number(reader.IsNull(index, row) ? 0 : reader.InstantMicros(index, row)),
        };
    }

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
        conditions.AddRange(_query.Filters.Select(Condition));
        if (_shape.HasTime)
        {
            AddInstant(conditions, $"t.{TableShape.Start} >= ", _query.Start);
            AddInstant(conditions, $"t.{TableShape.Start} < ", _query.End);
        }
        else if (_query.Start is not null || _query.End is not null)
        {
            throw new ArgumentException($"rows of {_shape.Name} are not of a time: no start and no end");
        }

        AddInstant(conditions, "t.known_at <= ", _query.AsOf);
        List<string> outer = ["true"];
        outer.AddRange(_query.Below.Select(b => $"r.{NumberColumn(b.Column)} < {Argument(s => s.Bind(b.LessThan))}"));
        outer.AddRange(_query.Having.Select(f => $"r.{TextColumn(f.Column)} IN ({Arguments(f.Values)})"));
        outer.AddRange(Search());
        if (_query.After is { } cursor)
        {
            outer.Add(After(cursor, conditions));
        }

        var condition = string.Join(" AND ", conditions);
        var rows = _query.AllRevisions ? _sql.All(condition) : _sql.Latest(condition);
        var direction = _query.Descending ? " DESC" : "";
        var first = _query.OrderBy is { } column ? $"r.{NumberColumn(column)}, " : "";
        return $"""
            SELECT {string.Join(", ", Columns.Select(c => "r." + c.Name))}
            FROM ({rows}) r
            WHERE {string.Join(" AND ", outer)}
            ORDER BY {first}{string.Join(", ", _order.Select(c => Cell(c) + direction))}
            LIMIT {((long)_query.Limit + 1).ToString(CultureInfo.InvariantCulture)}
            """;
    }

    private string NumberColumn(string name) => _shape.Columns.Any(c => c.Name == name && c.Kind == CellKind.Number)
        ? name
        : throw new ArgumentException($"table {_shape.Name} has no number column '{name}'");

    private string TextColumn(string name) => _shape.Columns.Any(c => c.Name == name && c.Kind == CellKind.Text)
        ? name
        : throw new ArgumentException($"table {_shape.Name} has no text column '{name}'");

    private IEnumerable<string> Search()
    {
        if (_query.Search is not { } search)
        {
            return [];
        }

        if (search.Words.Count > MaxFilterValues)
        {
            throw new ArgumentException($"{search.Words.Count} words, at most {MaxFilterValues}");
        }

        var text = $"lower(concat_ws(' ', {string.Join(", ", search.Columns.Select(c => "r." + TextColumn(c)))}))";
        return search.Words.Select(word => $"position(lower({Argument(s => s.Bind(word))}) IN {text}) > 0");
    }

    private string Arguments(IEnumerable<string> values) => string.Join(", ", values.Select(v => Argument(s => s.Bind(v))));

    private string Condition(ColumnFilter filter)
    {
        var known = filter.Column == "feed"
            || _shape.Columns.Any(c => c.Name == filter.Column && c.Kind == CellKind.Text && c.Role != ColumnRole.Value);
        if (!known)
        {
            var columns = _shape.Columns.Where(c => c.Kind == CellKind.Text && c.Role != ColumnRole.Value).Select(c => c.Name);
            throw new ArgumentException(
                $"table {_shape.Name} cannot be filtered by '{filter.Column}'; by feed, {string.Join(", ", columns)}");
        }

        if (filter.Values.Count > MaxFilterValues)
        {
            throw new ArgumentException($"{filter.Values.Count} values for {filter.Column}, at most {MaxFilterValues}");
        }

        return filter.Values.Count == 0
            ? "false"
            : $"{_sql.Reference(filter.Column)} IN ({Arguments(filter.Values)})";
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
        if (_query.OrderBy is not null)
        {
            throw new ArgumentException("a query that is ordered by a number has no cursor");
        }

        var cells = RowCursor.Read(cursor, _order.Count);
        List<string> arguments = [.. cells.Select((cell, i) => Argument(BindCell(_order[i].Kind, cell, cursor)))];
        var sign = _query.Descending ? "<" : ">";
        if (_shape.HasTime)
        {
            conditions.Add($"t.{TableShape.Start} {sign}= {arguments[0]}");
        }

        return $"({string.Join(", ", _order.Select(Cell))}) {sign} ({string.Join(", ", arguments)})";
    }

    private static Action<EngineStatement> BindCell(CellKind kind, string cell, string cursor)
    {
        if (kind == CellKind.Text)
        {
            return s => s.Bind(cell);
        }

        if (!long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new ArgumentException($"'{cursor}' is not a cursor of this query");
        }

        return kind == CellKind.Whole ? s => s.Bind((int)number) : s => s.Bind(EngineTimes.FromMicros(number));
    }

    private static string Cell(ColumnShape column) => RowTableSql.KeyCell("r", column);

    private string Argument(Action<EngineStatement> bind)
    {
        _arguments.Add(bind);
        return $"${_arguments.Count.ToString(CultureInfo.InvariantCulture)}";
    }
}
