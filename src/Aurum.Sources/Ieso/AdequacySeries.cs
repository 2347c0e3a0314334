using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>Reads the tree of the adequacy report. Whatever holds a DeliveryHour and a value is a point; the elements around it, less the
/// innermost, name its series. A FuelType or a ZoneName stands in the name in place of the element that it is in.</summary>
internal sealed class AdequacySeries
{
    private const int MaxPathBytes = 512;

    private readonly IesoXml _xml;
    private readonly RowBuffer<SeriesPoint> _rows;
    private readonly NameTable<SeriesKey> _series;
    private readonly byte[] _path = new byte[MaxPathBytes];
    private string _unit = "MW";

    public AdequacySeries(IesoXml xml, RowBuffer<SeriesPoint> rows)
    {
        _xml = xml;
        _rows = rows;
        _series = new NameTable<SeriesKey>(xml.File, path => new SeriesKey("adequacy/" + path, _unit), limit: 1_000);
    }

    public void Read()
    {
        var body = _xml.Depth;
        bool hasSupply = false, hasDemand = false;
        while (_xml.Next(body))
        {
            var isSupply = _xml.Is("ForecastSupply"u8);
            if (isSupply || _xml.Is("ForecastDemand"u8))
            {
                var length = Append(0, _xml.ElementName);
                var before = _rows.Total;
                ReadElement(0, length);
                hasSupply |= isSupply && _rows.Total > before;
                hasDemand |= !isSupply && _rows.Total > before;
            }
            else if (!ZonalPrices.TryReadLabel(_xml))
            {
                _xml.SkipUnknown();
            }
        }

        _xml.Require(hasSupply, "ForecastSupply with hours");
        _xml.Require(hasDemand, "ForecastDemand with hours");
    }

    /// <summary>Reads the elements of an open one.</summary>
    /// <param name="parentLength">Length of the path without the open element.</param>
    /// <param name="length">Length of the path with it.</param>
    private void ReadElement(int parentLength, int length)
    {
        var depth = _xml.Depth;
        DeliveryInterval? hour = null;
        var hasValue = false;
        while (_xml.NextOrText(depth, out var isText))
        {
            if (isText)
            {
                _xml.RememberUnknown(_path.AsSpan(parentLength, length - parentLength).TrimStart((byte)'/'));
            }
            else if (_xml.Is("DeliveryHour"u8))
            {
                hour = _xml.Hour(_xml.WholeNumber("DeliveryHour"));
            }
            else if (_xml.Is("FuelType"u8) || _xml.Is("ZoneName"u8))
            {
                length = Append(parentLength, _xml.Text());
            }
            else if (hour is { } delivery)
            {
                hasValue |= TryReadValue(parentLength, delivery);
            }
            else
            {
                ReadElement(length, Append(length, _xml.ElementName));
            }
        }

        _xml.Require(hour is null || hasValue, "EnergyMW, EnergyMWhr or Ramp");
    }

    private bool TryReadValue(int pathLength, DeliveryInterval delivery)
    {
        double value;
        if (_xml.Is("EnergyMW"u8) || _xml.Is("EnergyMWhr"u8))
        {
            _unit = _xml.Is("EnergyMWhr"u8) ? "MWh" : "MW";
            value = _xml.NumberOrNaN("EnergyMW");
        }
        else if (_xml.Is("Ramp"u8))
        {
            _unit = "flag";
            var text = _xml.Text();
            value = text.SequenceEqual("Y"u8) ? 1 : text.SequenceEqual("N"u8) ? 0 : double.NaN;
        }
        else
        {
            _xml.SkipUnknown();
            return false;
        }

        _rows.Add(new SeriesPoint(_series.Of(_path.AsSpan(0, pathLength), _xml.Line), delivery, value));
        return true;
    }

    /// <summary>Puts a name behind the first bytes of the path.</summary>
    /// <returns>The length of the path with it.</returns>
    private int Append(int length, ReadOnlySpan<byte> name)
    {
        if (length + 1 + name.Length > MaxPathBytes)
        {
            throw new FeedFormatException(_xml.File, $"{_xml.Line}", $"names of at most {MaxPathBytes} bytes", "longer ones");
        }

        if (length > 0)
        {
            _path[length++] = (byte)'/';
        }

        name.CopyTo(_path.AsSpan(length));
        return length + name.Length;
    }
}
