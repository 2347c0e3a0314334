using System.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Which rows of a file belong to a feed.</summary>
internal sealed class OasisFilter(OasisReport report)
{
    private readonly byte[] _market = Encoding.UTF8.GetBytes(report.MarketRun);
    private readonly int _lengthSeconds = report.IntervalMinutes * 60;
    private long _otherMarkets;
    private long _otherLengths;

    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            if (_otherMarkets > 0)
            {
                notes.Add($"{_otherMarkets} rows of market runs other than {report.MarketRun} left out");
            }

            if (_otherLengths > 0)
            {
                notes.Add($"{_otherLengths} rows of intervals other than {report.IntervalMinutes} minutes left out");
            }

            return notes;
        }
    }

    public bool IsOfMarket(IOasisRows rows)
    {
        if (rows[OasisField.MarketRun].SequenceEqual(_market))
        {
            return true;
        }

        _otherMarkets++;
        return false;
    }

    public bool HasLength(IOasisRows rows, DeliveryInterval delivery)
    {
        if (delivery.LengthSeconds == _lengthSeconds)
        {
            return true;
        }

        if (!report.OtherIntervalsAreLeftOut)
        {
            throw rows.Unexpected(OasisField.End, $"an interval of {report.IntervalMinutes} minutes");
        }

        _otherLengths++;
        return false;
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
