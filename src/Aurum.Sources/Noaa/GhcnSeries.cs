using System.Text;
using Aurum.Market.Series;

namespace Aurum.Sources.Noaa;

/// <summary>A series of a file: station and element.</summary>
internal sealed class GhcnSeries
{
    private GhcnSeries(string id, GhcnElement element)
    {
        Key = new SeriesKey(id, element.Unit);
        Divisor = element.Divisor;
    }

    public SeriesKey Key { get; }

    public int Divisor { get; }

    /// <param name="station">As the publisher writes it: <c>GHCND:USW00094728</c>, or without the dataset.</param>
    /// <param name="element">Code such as <c>TMAX</c>.</param>
    public static GhcnSeries Of(ReadOnlySpan<byte> station, ReadOnlySpan<byte> element)
    {
        var name = Encoding.UTF8.GetString(station);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var dataset = colon < 0 ? "ghcnd" : name[..colon].ToLowerInvariant();
        var code = Encoding.UTF8.GetString(element);
        return new GhcnSeries($"{dataset}/{name[(colon + 1)..]}/{code}", GhcnElement.Of(code));
    }

    /// <summary>The first three of the attributes: flags of measurement, quality and source. What follows is the hour of
    /// observation.</summary>
    public static ReadOnlySpan<byte> Flags(ReadOnlySpan<byte> attributes)
    {
        var commas = 0;
        for (var i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] == ',' && ++commas == 3)
            {
                return attributes[..i];
            }
        }

        return attributes;
    }
}
