using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>A value column of ERCOT's wind or solar report.</summary>
/// <param name="Index">Position in the file.</param>
/// <param name="Area">All of ERCOT, or a region.</param>
/// <param name="Measure">What the value is: empty for what was generated, else a limit or a forecast by its name in the
/// report, <c>STWPF</c>.</param>
/// <param name="IsForecast">Whether the value was issued with the posting, rather than metered.</param>
internal sealed record RenewableColumn(int Index, Location Area, string Measure, bool IsForecast);

/// <summary>Finds the value columns by their names, which join a measure and an area in either order: <c>SYSTEM_WIDE_GEN</c>,
/// <c>genSystemWide</c>, <c>STWPF_LZ_SOUTH_HOUSTON</c>, <c>STWPFLoadZoneSouthHouston</c>, <c>STWPFPanhandle</c>. Geographical
/// regions, which share names with load zones, begin with <c>GEO_</c> here.</summary>
/// <remarks>Measures: GEN (ACTUAL in older files) is generation; HSL what could have been generated; COP_HSL what the operators
/// plan to offer; STWPF and STPPF the forecast in use, WGRPP and PVGRPP the one exceeded in 80 % of cases.</remarks>
internal static class RenewableColumns
{
    private static readonly (string Text, string Name, bool IsForecast)[] Measures =
    [
        ("COPHSL", "COP_HSL", true), ("HSL", "HSL", false), ("GEN", "", false), ("ACTUAL", "", false),
        ("STWPF", "STWPF", true), ("WGRPP", "WGRPP", true), ("STPPF", "STPPF", true), ("PVGRPP", "PVGRPP", true),
    ];

    private static readonly (string Text, Location Area)[] Areas =
    [
        ("SYSTEMWIDE", ErcotHeads.System),
        ("LZSOUTHHOUSTON", new Location("LZ_SOUTH_HOUSTON", LocationType.Zone)),
        ("LZNORTH", new Location("LZ_NORTH", LocationType.Zone)),
        ("LZWEST", new Location("LZ_WEST", LocationType.Zone)),
        .. ((string[])[
            "PANHANDLE", "COASTAL", "SOUTH", "WEST", "NORTH", "CENTERWEST", "NORTHWEST", "FARWEST", "FAREAST", "SOUTHEAST",
            "CENTEREAST"]).Select(region => (region, new Location("GEO_" + region, LocationType.Zone))),
    ];

    /// <exception cref="FeedFormatException">The file has no column of generation in all of ERCOT.</exception>
    public static IReadOnlyList<RenewableColumn> Of(CsvHeader header)
    {
        header.Required("genSystemWide", "systemWideGen", "actualSystemWide");
        var columns = new List<RenewableColumn>();
        for (var i = 0; i < header.Names.Count; i++)
        {
            var key = Key(header.Names[i]);
            foreach (var (areaText, area) in Areas)
            {
                var measureText = key.Replace(areaText, "", StringComparison.Ordinal);
                var measure = Array.Find(Measures, m => m.Text == measureText);
                if (measureText.Length < key.Length && measure.Text is not null)
                {
                    header.Ignore(header.Names[i]);
                    columns.Add(new RenewableColumn(i, area, measure.Name, measure.IsForecast));
                }
            }
        }

        return columns;
    }

    private static string Key(string name) => name
        .Replace("_", "", StringComparison.Ordinal)
        .ToUpperInvariant()
        .Replace("LOADZONE", "LZ", StringComparison.Ordinal);
}
