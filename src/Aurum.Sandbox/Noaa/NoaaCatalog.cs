using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.Noaa;
using NodaTime;

namespace Aurum.Sandbox.Noaa;

/// <summary>Stations, datasets and datatypes of the sandbox's NOAA, as they are printed and as a perfect client has them.</summary>
internal sealed class NoaaCatalog(World world)
{
    private static readonly LocalDate First = new(1938, 1, 1);

    private static readonly (string Id, string Name, string Unit)[] Datatypes =
    [
        ("AWND", "Average wind speed", "m/s"), ("PRCP", "Precipitation", "mm"), ("SNOW", "Snowfall", "mm"),
        ("TAVG", "Average Temperature.", "degC"), ("TMAX", "Maximum temperature", "degC"), ("TMIN", "Minimum temperature", "degC"),
    ];

    private static readonly (string Id, string Uid, string Name)[] Datasets =
        [("GHCND", "gov.noaa.ncdc:C00861", "Daily Summaries"), ("GSOM", "gov.noaa.ncdc:C00946", "Global Summary of the Month")];

    private readonly Dice _dice = world.Dice.For("noaa stations");

    public static bool Has(string station) => NoaaStations.Asked.Any(s => s.Id == station);

    /// <summary>Last day that the catalog knows of: the day before yesterday.</summary>
    private static LocalDate Last(Instant now) => now.InUtc().Date.PlusDays(-2);

    /// <summary>The object of one station, without braces.</summary>
    public string Station(string id, Instant now)
    {
        var (latitude, longitude, elevation) = Where(id);
        return $"\"elevation\":{elevation},\"mindate\":\"{First:uuuu-MM-dd}\",\"maxdate\":\"{Last(now):uuuu-MM-dd}\","
            + $"\"latitude\":{latitude},\"name\":{JsonForm.Quoted(NameOf(id))},\"datacoverage\":1,\"id\":\"GHCND:{id}\","
            + $"\"elevationUnit\":\"METERS\",\"longitude\":{longitude}";
    }

    /// <summary>Objects of a list without braces; null where there is no such list.</summary>
    public static IReadOnlyList<string>? List(string path, string? station, Instant now) => path switch
    {
        "datasets" =>
        [
            .. Datasets.Select(d =>
                $"\"uid\":\"{d.Uid}\",{Days(now)},\"name\":{JsonForm.Quoted(d.Name)},\"datacoverage\":1,\"id\":\"{d.Id}\""),
        ],
        "datatypes" when station is null || Has(station) =>
            [.. Datatypes.Select(d => $"{Days(now)},\"name\":{JsonForm.Quoted(d.Name)},\"datacoverage\":1,\"id\":\"{d.Id}\"")],
        "datatypes" => [],
        _ => null,
    };

    public IEnumerable<SeriesListing> Listings(Instant now) =>
    [
        .. Datasets.Select(d => Dated("dataset", d.Id, d.Name, now) with
        {
            Dataset = new Symbol(d.Id), Metadata = new Symbol($$"""{"data_coverage":"1","uid":"{{d.Uid}}"}"""),
        }),
        .. Datatypes.Select(d => (Dated("datatype", d.Id, d.Name, now) with { Metadata = new Symbol("{\"data_coverage\":\"1\"}") })
            .WithUnit(d.Unit)),
        .. NoaaStations.Asked.Select(s => StationListing(s.Id, now)),
        .. NoaaStations.Asked.SelectMany(s => Datatypes.Select(d => new SeriesListing(
            new Symbol($"ghcnd/{s.Id}/{d.Id}"), new Symbol($"{d.Name} at {s.Id}"), new Symbol("series"))
        {
            Dataset = new Symbol("GHCND"), Frequency = new Symbol("D"), Geo = new Symbol($"GHCND:{s.Id}"),
        }.WithUnit(d.Unit))),
    ];

    private SeriesListing StationListing(string id, Instant now)
    {
        var (latitude, longitude, elevation) = Where(id);
        return Dated("station", $"GHCND:{id}", NameOf(id), now) with
        {
            Dataset = new Symbol("GHCND"),
            Geo = new Symbol($"GHCND:{id}"),
            Metadata = new Symbol(
                $$"""{"latitude":"{{latitude}}","longitude":"{{longitude}}","elevation_m":"{{elevation}}","data_coverage":"1"}"""),
        };
    }

    private static SeriesListing Dated(string kind, string id, string name, Instant now) =>
        new(new Symbol($"{kind}/{id}"), new Symbol(name), new Symbol(kind))
        {
            StartDate = new Symbol($"{First:uuuu-MM-dd}"),
            EndDate = new Symbol($"{Last(now):uuuu-MM-dd}"),
            LastObservationDate = new Symbol($"{Last(now):uuuu-MM-dd}"),
        };

    private static string Days(Instant now) => $"\"mindate\":\"{First:uuuu-MM-dd}\",\"maxdate\":\"{Last(now):uuuu-MM-dd}\"";

    private static string NameOf(string id) => NoaaStations.Asked.First(s => s.Id == id).Place.ToUpperInvariant() + ", US";

    private (string Latitude, string Longitude, string Elevation) Where(string id)
    {
        var own = _dice.For(id);
        return (Number(26 + (20 * own.Unit(1)), "0.####"), Number(-70 - (52 * own.Unit(2)), "0.####"), Number(600 * own.Unit(3), "0.#"));
    }

    private static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
}
