using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.App.Output;

/// <summary>The first rows as an aligned table for people, numbers to the right, with a line that says how many follow.</summary>
internal sealed class RowTableView<TRow>(RowTable<TRow> columns, Feed? feed, int maxRows) : IRowOutput<TRow>
    where TRow : struct
{
    public const int DefaultRows = 40;

    private readonly List<string[]> _cells = [];
    private long _total;

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        _total += rows.Length;
        foreach (ref readonly var row in rows)
        {
            if (_cells.Count == maxRows)
            {
                return;
            }

            _cells.Add(Cells(row));
        }
    }

    public override string ToString()
    {
        var table = new TextTable([.. columns.Columns.Select(c => (c.Name, c is NumberColumn<TRow>))]);
        foreach (var cells in _cells)
        {
            table.Add(cells);
        }

        var text = new StringBuilder(table.ToString());
        if (_total > _cells.Count)
        {
            text.Append("... ").Append(_total - _cells.Count).AppendLine(" more rows (--format csv prints all of them)");
        }

        return text.ToString();
    }

    private string[] Cells(in TRow row)
    {
        var cells = new string[columns.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = columns.Columns[i] switch
            {
                FeedColumn<TRow> constant => constant.Of(feed!),
                TextColumn<TRow> text => Encoding.UTF8.GetString(text.Of(row)),
                NumberColumn<TRow> number when !double.IsNaN(number.Of(row)) => number.Of(row).ToString("R", null),
                InstantColumn<TRow> instant when instant.Of(row) != InstantColumn.Unknown =>
                    NodaTime.Instant.FromUnixTimeSeconds(instant.Of(row)).ToString("uuuu-MM-dd HH:mm'Z'", null),
                _ => "",
            };
        }

        return cells;
    }
}
