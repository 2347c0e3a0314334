using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.App.Ingest;

/// <summary>Passes on the rows of one operating day: a file that a person hands over may hold a month of them.</summary>
/// <remarks>Intervals belong to the day that they start in. A reading at the instant of midnight belongs to the day that ends and to
/// the day that begins.</remarks>
internal sealed class DayRows<TRow>(Feed<TRow> feed, OperatingDay day, IRowOutput<TRow> output) : IRowOutput<TRow>
    where TRow : struct
{
    private readonly InstantColumn<TRow> _start = feed.Table.IntervalStart!;
    private readonly InstantColumn<TRow> _end = feed.Table.IntervalEnd!;
    private readonly long _from = day.Start.ToUnixTimeSeconds();
    private readonly long _until = day.End.ToUnixTimeSeconds();

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        var first = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (!IsOfDay(rows[row]))
            {
                Pass(rows[first..row]);
                first = row + 1;
            }
        }

        Pass(rows[first..]);
    }

    private bool IsOfDay(in TRow row)
    {
        var at = _start.Of(row);
        return at >= _from && (at < _until || (at == _until && _end.Of(row) == at));
    }

    private void Pass(ReadOnlySpan<TRow> rows)
    {
        if (rows.Length > 0)
        {
            output.OnRows(rows);
        }
    }
}
