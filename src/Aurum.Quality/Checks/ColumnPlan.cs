using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    Number,
    Instant,
    Text,
}

/// <summary>Which columns of a feed's table a suite needs: each gets one slot, however many expectations look at it.</summary>
internal abstract class ColumnPlan(Feed feed)
{
    public Feed Feed { get; } = feed;

    /// <summary>What the series grid needs; null until an expectation asks for it.</summary>
    public GridShape? Grid { get; private set; }

    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Slot of a column, found by an argument of an expectation.</summary>
    /// <exception cref="SuiteFormatException">There is no such column, or it is of another kind.</exception>
    public int Slot(Argument column, params ReadOnlySpan<ColumnKind> kinds) => Slot(column.Texts[0], column.Place, kinds);

    public int Slot(string name, SuitePlace place, params ReadOnlySpan<ColumnKind> kinds)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw new SuiteFormatException(place, $"a column of {Feed.TableName}", $"'{name}'", NearestName.To(name, Names));
        }

        var kind = KindOf(name);
        if (!kinds.IsEmpty && !kinds.Contains(kind))
        {
            var wanted = string.Join(" or ", kinds.ToArray()).ToLowerInvariant();
            throw new SuiteFormatException(place, $"a column of kind {wanted}", $"'{name}' of kind {kind}".ToLowerInvariant());
        }

        return SlotOf(name);
    }

    public abstract ColumnKind KindOf(string name);

    /// <summary>The value that a column has in every row of the feed; null where rows differ.</summary>
    public abstract string? ConstantOf(string name);

    /// <summary>The names of the columns that identify a row within its feed.</summary>
    public abstract IReadOnlyList<string> KeyColumns { get; }

    public abstract IReadOnlyList<string> ValueColumns { get; }

    /// <summary>Asks for the series grid.</summary>
    public void RequireGrid(Expectation expectation) => Grid ??= GridShape.Of(this, expectation.Place);

    protected abstract int SlotOf(string name);
}

/// <summary>Reads the columns that a suite needs from rows.</summary>
internal sealed class ColumnPlan<TRow>(Feed<TRow> feed) : ColumnPlan(feed)
    where TRow : struct
{
    private readonly List<RowColumn<TRow>> _columns = [];

    public override IReadOnlyList<string> Names { get; } = [.. feed.Table.Columns.Select(static c => c.Name)];

    public override IReadOnlyList<string> KeyColumns { get; } =
        [.. feed.Table.Columns.Where(static c => c.Role == ColumnRole.Key).Select(static c => c.Name)];

    public override IReadOnlyList<string> ValueColumns { get; } =
        [.. feed.Table.Columns.Where(static c => c.Role == ColumnRole.Value).Select(static c => c.Name)];

    public override ColumnKind KindOf(string name) => feed.Table[name] switch
    {
        NumberColumn<TRow> => ColumnKind.Number,
        InstantColumn<TRow> => ColumnKind.Instant,
        _ => ColumnKind.Text,
    };

    public override string? ConstantOf(string name) => (feed.Table[name] as FeedColumn<TRow>)?.Of(feed);

    public IReadOnlyList<ColumnData> NewData() =>
        [.. _columns.Select(static c => c switch
        {
            NumberColumn<TRow> => (ColumnData)new NumberData(c.Name),
            InstantColumn<TRow> => new InstantData(c.Name),
            _ => new TextData(c.Name),
        })];

    public void Fill(ReadOnlySpan<TRow> rows, Batch batch)
    {
        for (var slot = 0; slot < _columns.Count; slot++)
        {
            switch (_columns[slot])
            {
                case NumberColumn<TRow> numbers:
                    Fill(rows, numbers.Of, batch.Number(slot).Values);
                    break;
                case InstantColumn<TRow> instants:
                    Fill(rows, instants.Of, batch.Instant(slot).Values);
                    break;
                case TextColumn<TRow> texts:
                    Fill(rows, texts.Of, batch.Text(slot));
                    break;
                case FeedColumn<TRow> constant:
                    var data = batch.Text(slot);
                    data.Codes.AsSpan(0, rows.Length)
                        .Fill(data.Pool.CodeOf(System.Text.Encoding.UTF8.GetBytes(constant.Of(feed))));
                    break;
                default:
                    throw new InvalidOperationException($"column {_columns[slot].Name} is of an unknown kind");
            }
        }
    }

    /// <summary>The key of a row in words, for messages.</summary>
    public string KeyOf(in TRow row)
    {
        if (feed.Table.Place is { } name)
        {
            return name(in row);
        }

        var parts = new List<string>();
        foreach (var column in feed.Table.Columns)
        {
            if (column.Role == ColumnRole.Key && column.Name != GridShape.EndColumn
                && KeyPart(column, in row) is { Length: > 0 } part)
            {
                parts.Add(part);
            }
        }

        return string.Join(' ', parts);
    }

    protected override int SlotOf(string name)
    {
        var column = feed.Table[name];
        var slot = _columns.IndexOf(column);
        if (slot < 0)
        {
            slot = _columns.Count;
            _columns.Add(column);
        }

        return slot;
    }

    private static string KeyPart(RowColumn<TRow> column, in TRow row) => column switch
    {
        TextColumn<TRow> texts => System.Text.Encoding.UTF8.GetString(texts.Of(in row)),
        InstantColumn<TRow> instants => instants.Of(in row) is var at && at == InstantColumn.Unknown ? "" : Text.OfInstant(at),
        NumberColumn<TRow> numbers => Text.Of(numbers.Of(in row)),
        _ => "",
    };

    private static void Fill(ReadOnlySpan<TRow> rows, NumberOf<TRow> of, Span<double> values)
    {
        values = values[..rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            values[row] = of(in rows[row]);
        }
    }

    private static void Fill(ReadOnlySpan<TRow> rows, SecondsOf<TRow> of, Span<long> values)
    {
        values = values[..rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            values[row] = of(in rows[row]);
        }
    }

    private static void Fill(ReadOnlySpan<TRow> rows, TextOf<TRow> of, TextData data)
    {
        var codes = data.Codes.AsSpan(0, rows.Length);
        ReadOnlySpan<byte> last = default;
        var lastCode = -1;
        for (var row = 0; row < rows.Length; row++)
        {
            var text = of(in rows[row]);
            if (lastCode < 0 || text != last)
            {
                lastCode = data.Pool.CodeOf(text);
                last = text;
            }

            codes[row] = lastCode;
        }
    }
}
