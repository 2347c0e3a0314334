using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>Makes a row of an OASIS row and its interval. NaN where the publisher leaves the number out.</summary>
internal delegate TRow OasisRowMaker<TRow>(IOasisRows rows, DeliveryInterval delivery, double value);

/// <summary>One row out for each row in, for reports without price components.</summary>
internal sealed class OasisTarget<TRow>(OasisReport report, IRowOutput<TRow> output, OasisRowMaker<TRow> make) : IOasisTarget
    where TRow : struct
{
    private readonly RowBuffer<TRow> _buffer = new(output);
    private readonly OasisIntervals _intervals = new();
    private readonly OasisFilter _filter = new(report);

    public long Rows => _buffer.Total;

    public IReadOnlyList<string> Notes => _filter.Notes;

    public void Take(IOasisRows rows)
    {
        while (rows.Read())
        {
            if (!_filter.IsOfMarket(rows))
            {
                continue;
            }

            var delivery = _intervals[_intervals.NumberOf(rows)];
            _filter.CheckLength(rows, delivery);
            _buffer.Add(make(rows, delivery, OasisFilter.Value(rows)));
        }
    }

    public void Finish() => _buffer.Flush();
}
