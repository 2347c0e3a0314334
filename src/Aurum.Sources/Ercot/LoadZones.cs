using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>The zone columns of ERCOT's load reports. Two divisions of Texas share names: the four forecast zones (NORTH, SOUTH,
/// WEST, HOUSTON) and the eight weather zones, which here begin with <c>WZ_</c>. The total is ERCOT.</summary>
internal static class LoadZones
{
    private static readonly string[][] Forecast = [["North"], ["South"], ["West"], ["Houston"]];

    private static readonly string[][] Weather =
    [
        ["Coast"], ["East"], ["FarWest"], ["North"],
        ["NorthC", "NorthCentral"], ["Southern"], ["SouthC", "SouthCentral"], ["West"],
    ];

    private static readonly string[] WeatherIds =
        ["WZ_COAST", "WZ_EAST", "WZ_FAR_WEST", "WZ_NORTH", "WZ_NORTH_C", "WZ_SOUTHERN", "WZ_SOUTH_C", "WZ_WEST"];

    /// <summary>The columns of a report with their areas.</summary>
    /// <exception cref="FeedFormatException">A zone or the total is missing.</exception>
    public static IReadOnlyList<(int Column, Location Area)> Columns(CsvHeader header)
    {
        var isWeather = header.Has("Coast");
        var zones = isWeather ? Weather : Forecast;
        var columns = new List<(int, Location)>();
        for (var i = 0; i < zones.Length; i++)
        {
            var id = isWeather ? WeatherIds[i] : zones[i][0].ToUpperInvariant();
            columns.Add((header.Required(zones[i]), new Location(id, LocationType.Zone)));
        }

        columns.Add((header.Required("SystemTotal", "Total"), ErcotHeads.System));
        return columns;
    }
}
