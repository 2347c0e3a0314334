using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Noaa;

/// <summary>NOAA's catalog: the stations that are asked for and what each measures, datasets, datatypes.</summary>
/// <remarks>
/// <para>Source: Climate Data Online v2, stations, datasets and datatypes; answers of locations and datacategories are read
/// too.</para>
/// <para>Shape: an entry a station (<c>station/GHCND:ID</c>), dataset, datatype, location and category of data; where a file's name
/// says its station, an entry a series of it (<c>ghcnd/ID/TMAX</c>).</para>
/// <para>Units: those in which observations are kept.</para>
/// <para>Time: none; entries have their first and last day.</para>
/// <para>Revisions: entries that change; only today's state can be asked for.</para>
/// </remarks>
public static class ReferenceCatalog
{
    private const string Dataset = "GHCND";
    private const int Id = 0;
    private const int Name = 1;
    private const int First = 2;
    private const int Last = 3;
    private const int Latitude = 4;
    private const int Longitude = 5;
    private const int Elevation = 6;
    private const int Coverage = 7;
    private const int Uid = 8;

    /// <summary>Beginning of the names of answers with what a station measures.</summary>
    private const string OfStation = "noaa_datatypes_GHCND_";

    public static readonly Feed<SeriesListing> Feed = Of([.. NoaaStations.Asked.Select(s => s.Id)]);

    /// <summary>The feed for some stations.</summary>
    public static Feed<SeriesListing> Of(IReadOnlyList<string> stations) => new()
    {
        Id = new FeedId("noaa/reference-catalog"),
        Title = "NOAA catalog: stations and what they measure, datasets, datatypes",
        Facts = new FeedFacts(
            "NOAA Climate Data Online v2: stations, datasets, datatypes; answers of locations and datacategories are read too",
            "an entry a station, series of a station, dataset, datatype, location and category of data",
            "those in which observations are kept",
            "none; entries have their first and last day",
            "entries that change; only today's state can be asked for"),
        Zone = MarketZones.Utc,
        Schedule = CatalogSchedules.Daily,
        Suite = CatalogSchedules.Suite,
        RowsLieInDay = false,
        Table = SeriesTables.Catalog,
        Locate = (day, now) => CatalogSchedules.Today(day, now, () =>
        [
            CdoAnswer.Page($"/datasets?limit={CdoAnswer.RowsPerPage}", "noaa_datasets", 1),
            CdoAnswer.Page($"/datatypes?datasetid={Dataset}&limit={CdoAnswer.RowsPerPage}", "noaa_datatypes", 1),
            .. stations.Select(id => CdoAnswer.Single($"/stations/{Dataset}:{id}", $"noaa_station_{id}.json")),
            .. stations.Select(id => CdoAnswer.Page(
                $"/datatypes?datasetid={Dataset}&stationid={Dataset}:{id}&limit={CdoAnswer.RowsPerPage}", $"{OfStation}{id}", 1)),
        ]),
        NextPage = CdoAnswer.Next,
        Refusal = CdoAnswer.Refusal,
        Recognizes = static head => head.FirstLine is ['{', ..] && head.Has("\"id\"") && head.Has("\"name\"")
            && (head.Has("\"datacoverage\"") || (head.Has("\"resultset\"") && head.Has("\"results\""))) && !head.Has("\"datatype\""),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesListing> output)
    {
        var row = new JsonFields(
            file.Name, "results", "id", "name", "mindate", "maxdate", "latitude", "longitude", "elevation", "datacoverage", "uid");
        var rows = new RowBuffer<SeriesListing>(output);
        var station = StationOf(file.Name);
        var kind = KindOf(file.Name);
        var result = CdoAnswer.ReadListOrOne(file, ReadRow);
        rows.Flush();
        return result ?? ParseResult.DataWith(row.UnknownFieldNotes("elevationUnit"));

        void ReadRow(ref JsonStream json)
        {
            row.Read(ref json);
            rows.Add(station is null ? Listing(row, kind) : SeriesOf(row, station));
        }
    }

    /// <summary>What the entries of an answer are, by the name that it was asked for under; null for another file.</summary>
    private static string? KindOf(string name) => Path.GetFileName(name).Split('_') switch
    {
        ["noaa", "datasets", ..] => "dataset",
        ["noaa", "datatypes", ..] => "datatype",
        ["noaa", "station", ..] => "station",
        _ => null,
    };

    private static string KindOf(JsonFields row, string id) => row.Has(Latitude) ? "station"
        : row.Has(Uid) ? "dataset"
        : !row.Has(First) ? "datacategory"
        : id.Contains(':', StringComparison.Ordinal) ? "location"
        : "datatype";

    private static void Require(JsonFields row, string kind)
    {
        foreach (var field in kind switch
        {
            "station" => (ReadOnlySpan<int>)[First, Last, Latitude, Longitude, Elevation, Coverage],
            "dataset" => [First, Last, Coverage, Uid],
            "datacategory" => [],
            _ => [First, Last, Coverage],
        })
        {
            row.Required(field);
        }
    }

    private static string? StationOf(string name) =>
        Path.GetFileName(name) is var file && file.StartsWith(OfStation, StringComparison.Ordinal)
            && file.LastIndexOf('_') is var end && end > OfStation.Length
            ? file[OfStation.Length..end]
            : null;

    /// <summary>A datatype that a station measures: a series.</summary>
    private static SeriesListing SeriesOf(JsonFields row, string station)
    {
        var code = ListingText.Required(row, Id);
        var element = GhcnElement.Of(code);
        return new SeriesListing(
            new Symbol($"ghcnd/{station}/{code}"), new Symbol($"{ListingText.Required(row, Name)} at {station}"), new Symbol("series"))
        {
            Dataset = new Symbol(Dataset),
            Frequency = new Symbol("D"),
            Geo = new Symbol($"{Dataset}:{station}"),
        }.WithUnit(element.Unit);
    }

    private static SeriesListing Listing(JsonFields row, string? known)
    {
        var id = ListingText.Required(row, Id);
        var last = ListingText.Date(row, Last);
        var kind = known ?? KindOf(row, id);
        Require(row, kind);
        var listing = new SeriesListing(
            new Symbol($"{kind}/{id}"), new Symbol(ListingText.Required(row, Name)), new Symbol(kind))
        {
            Dataset = kind is "station" or "location" && id.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                ? new Symbol(id[..colon])
                : kind == "dataset" ? new Symbol(id) : null,
            Geo = kind is "station" or "location" ? new Symbol(id) : null,
            StartDate = ListingText.Of(ListingText.Date(row, First)),
            EndDate = ListingText.Of(last),
            LastObservationDate = ListingText.Of(last),
            Metadata = ListingText.Metadata(
                ("latitude", row.Text(Latitude)), ("longitude", row.Text(Longitude)), ("elevation_m", row.Text(Elevation)),
                ("data_coverage", row.Text(Coverage)), ("uid", row.Text(Uid))),
        };
        return kind == "datatype" ? listing.WithUnit(GhcnElement.Of(id).Unit) : listing;
    }
}
