using System.Collections.Frozen;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Market.Power;

/// <summary>Reference data of one place.</summary>
/// <param name="Iso">ISO code.</param>
/// <param name="LocationId">Id in rows.</param>
/// <param name="Type">What kind of place it is.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Zone">Zone that it lies in, or that it is; null where unknown.</param>
/// <param name="Hub">Hub that it belongs to, or that it is; null where unknown.</param>
/// <param name="Timezone">IANA name of its clock; null where it is the ISO's.</param>
/// <param name="EffectiveFrom">First operating day; null where unknown.</param>
/// <param name="EffectiveTo">Last operating day; null where there is none, or unknown.</param>
public sealed record KnownLocation(
    string Iso,
    string LocationId,
    LocationType Type,
    string Name,
    string? Zone,
    string? Hub,
    string? Timezone,
    LocalDate? EffectiveFrom,
    LocalDate? EffectiveTo);

/// <summary>The hubs, zones, interfaces and areas of all markets that the reference data knows: <c>known-locations.csv</c>, whose header
/// and comments say the rest.</summary>
public static class KnownLocations
{
    private const string Header = "iso,location_id,type,name,zone,hub,timezone,effective_from,effective_to";
    private const int Columns = 9;

    private static readonly FrozenDictionary<(string Iso, string Id), KnownLocation> Places =
        Load().ToFrozenDictionary(p => (p.Iso, p.LocationId));

    public static IEnumerable<KnownLocation> All => Places.Values;

    public static KnownLocation? Find(string iso, string locationId) => Places.GetValueOrDefault((iso, locationId));

    /// <exception cref="InvalidDataException">A line is not what the header says.</exception>
    internal static List<KnownLocation> Read(TextReader reader)
    {
        List<KnownLocation> places = [];
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0 && line[0] != '#' && line != Header)
            {
                places.Add(Place(line.Split(','), $"known-locations.csv:{number}"));
            }
        }

        return places;
    }

    private static List<KnownLocation> Load()
    {
        using var stream = typeof(KnownLocations).Assembly.GetManifestResourceStream("known-locations.csv")!;
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    private static KnownLocation Place(string[] cells, string place)
    {
        if (cells.Length != Columns)
        {
            throw new InvalidDataException($"{place}: expected {Columns} cells, found {cells.Length}");
        }

        var type = Enum.GetValues<LocationType>().Cast<LocationType?>().FirstOrDefault(t => t!.Value.ToText() == cells[2])
            ?? throw new InvalidDataException($"{place}: expected a type like HUB, found '{cells[2]}'");
        return new KnownLocation(
            cells[0], cells[1], type, cells[3], OrNull(cells[4]), OrNull(cells[5]), OrNull(cells[6]), Date(cells[7], place),
            Date(cells[8], place));
    }

    private static string? OrNull(string cell) => cell.Length == 0 ? null : cell;

    private static LocalDate? Date(string cell, string place) => cell.Length == 0 ? null
        : LocalDatePattern.Iso.Parse(cell).TryGetValue(default, out var date) ? date
        : throw new InvalidDataException($"{place}: expected a date like 2026-04-01, found '{cell}'");
}
