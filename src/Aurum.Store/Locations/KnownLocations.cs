using System.Collections.Frozen;

namespace Aurum.Store.Locations;

/// <summary>Reference data of one place.</summary>
internal sealed record KnownLocation(string Iso, string LocationId, string Name, string? Zone, string? Hub, string? Timezone);

/// <summary>The hubs, zones and areas that the reference data knows: <c>known-locations.csv</c>, whose header and comments say
/// the rest.</summary>
internal static class KnownLocations
{
    private const string Header = "iso,location_id,name,zone,hub,timezone";

    private static readonly FrozenDictionary<(string Iso, string Id), KnownLocation> Places =
        Load().ToFrozenDictionary(p => (p.Iso, p.LocationId));

    public static IEnumerable<KnownLocation> All => Places.Values;

    public static KnownLocation? Find(string iso, string locationId) => Places.GetValueOrDefault((iso, locationId));

    private static List<KnownLocation> Load()
    {
        using var stream = typeof(KnownLocations).Assembly.GetManifestResourceStream("known-locations.csv")!;
        using var reader = new StreamReader(stream);
        List<KnownLocation> places = [];
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#' || line == Header)
            {
                continue;
            }

            var cells = line.Split(',');
            if (cells.Length != 6)
            {
                throw new InvalidDataException($"known-locations.csv:{number}: expected 6 cells, found {cells.Length}");
            }

            places.Add(new KnownLocation(cells[0], cells[1], cells[2], OrNull(cells[3]), OrNull(cells[4]), OrNull(cells[5])));
        }

        return places;
    }

    private static string? OrNull(string cell) => cell.Length == 0 ? null : cell;
}
