using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Reads one file of public bids: each row is a step of a bid curve or a self-schedule, with a stretch of time of its
/// own.</summary>
internal sealed class BidReader
{
    private const int MaxNameBytes = 512;
    private const int MaxSeries = 1_000_000;
    private const int LongestSeconds = 25 * 3600;

    private readonly CsvReader _csv;
    private readonly byte[] _marketRun;
    private readonly int _market;
    private readonly int[] _names;
    private readonly int _product;
    private readonly int _selfStart;
    private readonly int _selfEnd;
    private readonly int _selfMw;
    private readonly int _bidStart;
    private readonly int _bidEnd;
    private readonly int _bidMw;
    private readonly int _bidPrice;
    private readonly int _curve;
    private readonly (int Column, string Name)[] _storage;
    private readonly NameTable<Bid> _bids;
    private readonly Dictionary<(Bid Bid, DeliveryInterval Stretch), double> _first = [];
    private readonly Dictionary<(Bid Bid, DeliveryInterval Stretch), List<double>> _further = [];
    private readonly byte[] _name = new byte[MaxNameBytes];
    private int _length;

    public BidReader(CsvReader csv, string marketRun)
    {
        _csv = csv;
        _marketRun = System.Text.Encoding.ASCII.GetBytes(marketRun);
        var header = csv.Header;
        _market = header.Required("MARKET_RUN_ID");
        _names = [header.Required("RESOURCE_TYPE"), header.Required("SCHEDULINGCOORDINATOR_SEQ"), header.Required("RESOURCEBID_SEQ")];
        _product = header.Required("MARKETPRODUCTTYPE");
        _selfStart = header.Required("TIMEINTERVALSTART_GMT");
        _selfEnd = header.Required("TIMEINTERVALEND_GMT");
        _selfMw = header.Required("SELFSCHEDMW");
        _bidStart = header.Required("SCH_BID_TIMEINTERVALSTART_GMT");
        _bidEnd = header.Required("SCH_BID_TIMEINTERVALSTOP_GMT");
        _bidMw = header.Required("SCH_BID_XAXISDATA");
        _bidPrice = header.Required("SCH_BID_Y1AXISDATA");
        _curve = header.Required("SCH_BID_CURVETYPE");
        _storage =
        [
            (header.Optional("MINEOHSTATEOFCHARGE"), "MINEOHSTATEOFCHARGE"),
            (header.Optional("MAXEOHSTATEOFCHARGE"), "MAXEOHSTATEOFCHARGE"),
        ];
        header.Ignore(
            "STARTTIME", "STOPTIME", "STARTTIME_GMT", "STOPTIME_GMT", "STARTDATE", "TIMEINTERVALSTART", "TIMEINTERVALEND",
            "PRODUCTBID_DESC", "PRODUCTBID_MRID", "MARKETPRODUCT_DESC", "SCH_BID_TIMEINTERVALSTART", "SCH_BID_TIMEINTERVALSTOP",
            "SCH_BID_Y2AXISDATA");
        _bids = new NameTable<Bid>(csv.File, name => new Bid($"PUB_BID/{marketRun}/{name}"), MaxSeries);
    }

    public void ReadTo(RowBuffer<SeriesPoint> rows)
    {
        while (_csv.Read())
        {
            if (!_csv[_market].SequenceEqual(_marketRun))
            {
                throw _csv.Unexpected(_market, System.Text.Encoding.ASCII.GetString(_marketRun));
            }

            var isCurve = !_csv.IsEmpty(_curve);
            if (isCurve ? !_csv.IsEmpty(_selfMw) || !_csv.IsEmpty(_selfStart) : !_csv.IsEmpty(_bidPrice) || !_csv.IsEmpty(_bidStart))
            {
                throw _csv.Unexpected(_curve, "a curve with a bid, and none with a self-schedule,");
            }

            var stretch = isCurve ? Stretch(_bidStart, _bidEnd) : Stretch(_selfStart, _selfEnd);
            Begin();
            foreach (var (column, name) in _storage)
            {
                if (!_csv.IsEmpty(column))
                {
                    rows.Add(Point(name, stretch, _csv.Number(column)));
                }
            }

            rows.Add(isCurve ? Step(stretch) : Point("SELFSCHEDMW", stretch, _csv.NumberOrNaN(_selfMw)));
        }
    }

    private void Begin()
    {
        _length = 0;
        foreach (var column in _names)
        {
            Append(column);
        }

        Append(_product);
    }

    private SeriesPoint Step(DeliveryInterval stretch)
    {
        var length = _length;
        Append(_curve);
        if (!_csv.IsEmpty(_bidMw))
        {
            _csv.Number(_bidMw);
            Append(_bidMw);
        }

        var point = Known(stretch, _csv.Number(_bidPrice));
        _length = length;
        return point;
    }

    private SeriesPoint Point(string what, DeliveryInterval stretch, double value)
    {
        var length = _length;
        _name[_length++] = (byte)'/';
        _length += System.Text.Encoding.ASCII.GetBytes(what, _name.AsSpan(_length));
        var point = Known(stretch, value);
        _length = length;
        return point;
    }

    /// <summary>The point under its name; under a further one where that has another value for the same stretch.</summary>
    private SeriesPoint Known(DeliveryInterval stretch, double value)
    {
        var name = _name.AsSpan(0, _length);
        var bid = _bids.Find(name) ?? _bids.Add(name, _csv.Line);
        if (_first.TryAdd((bid, stretch), value) || _first[(bid, stretch)].Equals(value))
        {
            return new SeriesPoint(bid[0], stretch, value);
        }

        if (!_further.TryGetValue((bid, stretch), out var values))
        {
            _further.Add((bid, stretch), values = []);
        }

        var number = values.IndexOf(value);
        if (number < 0)
        {
            number = values.Count;
            values.Add(value);
        }

        return new SeriesPoint(bid[number + 1], stretch, value);
    }

    private void Append(int column)
    {
        var text = _csv[column].Trim((byte)' ');
        if (text.IsEmpty || text.Contains((byte)'/') || _length + text.Length > MaxNameBytes - 40)
        {
            throw _csv.Unexpected(column, "a name, without a slash,");
        }

        if (_length > 0)
        {
            _name[_length++] = (byte)'/';
        }

        text.CopyTo(_name.AsSpan(_length));
        _length += text.Length;
    }

    private DeliveryInterval Stretch(int startColumn, int endColumn)
    {
        var start = Stamp(startColumn);
        var end = Stamp(endColumn);
        return end > start && end - start <= LongestSeconds
            ? DeliveryInterval.FromUnixSeconds(start, (int)(end - start))
            : throw _csv.Unexpected(endColumn, "an end after the start, within 25 hours,");
    }

    private long Stamp(int column) => Stamps.TryParseInstant(_csv[column], out var seconds)
        ? seconds
        : throw _csv.Unexpected(column, "a time like 2018-03-11T08:00:00-00:00");

    /// <summary>One named part of a bid; its series beyond the first are for other values under the same name.</summary>
    private sealed class Bid(string id)
    {
        private readonly List<SeriesKey> _keys = [];

        public SeriesKey this[int number]
        {
            get
            {
                while (_keys.Count <= number)
                {
                    var suffix = _keys.Count == 0 ? "" : "#" + (_keys.Count + 1).ToString(CultureInfo.InvariantCulture);
                    _keys.Add(new SeriesKey(id + suffix, Unit));
                }

                return _keys[number];
            }
        }

        private string Unit => id.EndsWith("/SELFSCHEDMW", StringComparison.Ordinal) ? "MW"
            : id.EndsWith("STATEOFCHARGE", StringComparison.Ordinal) ? "MWh"
            : id.Contains("/EN/", StringComparison.Ordinal) ? "USD/MWh"
            : "USD/MW";
    }
}
