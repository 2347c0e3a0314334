using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Which rows of a file belong to a feed.</summary>
internal sealed class OasisFilter(OasisReport report)
{
    private readonly byte[] _market = Encoding.UTF8.GetBytes(report.MarketRun);
    private readonly int _lengthSeconds = report.IntervalMinutes * 60;
    private long _otherMarkets;

    public IReadOnlyList<string> Notes => _otherMarkets == 0
        ? []
        : [$"{_otherMarkets} rows of market runs other than {report.MarketRun} left out"];

    public bool IsOfMarket(IOasisRows rows)
    {
        if (_market.Length == 0 || rows[OasisField.MarketRun].SequenceEqual(_market))
        {
            return true;
        }

        _otherMarkets++;
        return false;
    }

    /// <exception cref="FeedFormatException">The interval has another length than all of the report have.</exception>
    public void CheckLength(IOasisRows rows, DeliveryInterval delivery)
    {
        if (delivery.LengthSeconds != _lengthSeconds && !report.HasOtherIntervals)
        {
            throw rows.Unexpected(OasisField.End, $"an interval of {report.IntervalMinutes} minutes");
        }
    }

    /// <summary>The number of a row; NaN where it is blank.</summary>
    public static double Value(IOasisRows rows)
    {
        var text = rows[OasisField.Value];
        if (Numbers.TryParseDecimal(text, out var value))
        {
            return value;
        }

        return text.Trim((byte)' ').IsEmpty ? double.NaN : throw rows.Unexpected(OasisField.Value, "a decimal");
    }
}
