using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Prices with their parts, out of the rows of PRC_LMP and its sisters.</summary>
internal sealed class LmpTarget : IOasisTarget
{
    private readonly OasisIntervals _intervals = new();
    private readonly OasisFilter _filter;
    private readonly LmpPivot _pivot;
    private readonly NameTable<LmpNode> _nodes;
    private readonly string _file;
    private int _nodeCount;

    public LmpTarget(FeedFile file, OasisReport report, IRowOutput<LmpRow> output)
    {
        _file = file.Name;
        _filter = new OasisFilter(report);
        _pivot = new LmpPivot(_intervals, output);
        _nodes = new NameTable<LmpNode>(file.Name, name => new LmpNode(new Location(name, CaisoPlaces.OfPrice(name)), _nodeCount++));
    }

    public long Rows => _pivot.Rows;

    public IReadOnlyList<string> Notes =>
        _pivot.Repeated == 0 ? _filter.Notes : [.. _filter.Notes, $"{_pivot.Repeated} rows repeat another with the same value"];

    public void Take(IOasisRows rows)
    {
        var lastInterval = -1;
        while (rows.Read())
        {
            if (!_filter.IsOfMarket(rows))
            {
                continue;
            }

            var interval = _intervals.NumberOf(rows);
            if (interval != lastInterval)
            {
                _filter.CheckLength(rows, _intervals[interval]);
                lastInterval = interval;
            }

            var part = LmpParts.Of(rows[OasisField.Kind], rows[OasisField.Item]);
            if (part == LmpPart.Count)
            {
                throw rows.Unexpected(
                    rows[OasisField.Kind].IsEmpty ? OasisField.Item : OasisField.Kind, "LMP, MCE, MCC, MCL or MGHG, or "
                        + "their data items,");
            }

            _pivot.Add(rows, OasisNames.Of(_nodes, rows, OasisField.Place), interval, part, OasisFilter.Value(rows));
        }

        _pivot.EndFile(rows);
    }

    public void Finish() => _pivot.Finish(_file);
}
