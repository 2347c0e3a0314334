namespace Aurum.Store.Rows;

/// <summary>A set of hours (counted from 1970 UTC), kept as ranges: the hours in which a feed has rows.</summary>
internal sealed class HourRanges
{
    private readonly List<(long From, long Through)> _ranges = [];

    public IReadOnlyList<(long From, long Through)> Ranges => _ranges;

    public void Clear() => _ranges.Clear();

    public bool Contains(long hour)
    {
        var index = IndexAtOrBefore(hour);
        return index >= 0 && _ranges[index].Through >= hour;
    }

    /// <summary>Whether one of the hours of a stretch is among them.</summary>
    public bool Meets(long from, long through)
    {
        var index = IndexAtOrBefore(through);
        return index >= 0 && _ranges[index].Through >= from;
    }

    /// <summary>Adds an hour. False where it was there.</summary>
    public bool Add(long hour)
    {
        var before = IndexAtOrBefore(hour);
        if (before >= 0 && _ranges[before].Through >= hour)
        {
            return false;
        }

        var touchesBefore = before >= 0 && _ranges[before].Through == hour - 1;
        var touchesAfter = before + 1 < _ranges.Count && _ranges[before + 1].From == hour + 1;
        if (touchesBefore && touchesAfter)
        {
            _ranges[before] = (_ranges[before].From, _ranges[before + 1].Through);
            _ranges.RemoveAt(before + 1);
        }
        else if (touchesBefore)
        {
            _ranges[before] = (_ranges[before].From, hour);
        }
        else if (touchesAfter)
        {
            _ranges[before + 1] = (hour, _ranges[before + 1].Through);
        }
        else
        {
            _ranges.Insert(before + 1, (hour, hour));
        }

        return true;
    }

    /// <summary>This set and more hours, as another one.</summary>
    public HourRanges With(IEnumerable<long> hours)
    {
        var larger = new HourRanges();
        larger._ranges.AddRange(_ranges);
        foreach (var hour in hours)
        {
            larger.Add(hour);
        }

        return larger;
    }

    /// <summary>Adds a range that lies after all others, as it was stored.</summary>
    public void Append(long from, long through) => _ranges.Add((from, through));

    private int IndexAtOrBefore(long hour)
    {
        var low = 0;
        var high = _ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].From <= hour)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
