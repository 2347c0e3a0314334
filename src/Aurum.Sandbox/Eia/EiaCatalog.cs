using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>What the sandbox's EIA says of its routes and of the facet <c>series</c> of spot prices, and the entries that a perfect
/// client has.</summary>
internal sealed class EiaCatalog(EiaBooks books, IReadOnlyList<EiaTable> tables)
{
    private static readonly RowForm Form = new("{", "}", ",", ",\"value-note\":\"\"");

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["CISO"] = "CAISO", ["ERCO"] = "ERCOT", ["ISNE"] = "ISONE", ["MISO"] = "MISO", ["NYIS"] = "NYISO", ["PJM"] = "PJM",
        ["SWPP"] = "SPP",
    };

    private IEnumerable<EiaRoute> Routes =>
        [.. tables.DistinctBy(t => t.Route).Select(OfTable), .. books.All.Select(OfBook)];

    /// <summary>The answer of a path without slash at its end; null where it is no route and no facet.</summary>
    public SandboxResponse? Answer(string path, SandboxRequest request, Moment moment)
    {
        const string Facet = "/facet/series";
        if (path.EndsWith(Facet, StringComparison.Ordinal) && tables.Any(t => path == $"/v2/{t.Route}{Facet}" && t.Keys.Contains("series")))
        {
            return Series(request, moment);
        }

        return Routes.FirstOrDefault(r => path == $"/v2/{r.Path}") is { } route ? Metadata(route, request, moment) : null;
    }

    public IEnumerable<SeriesListing> Listings(Instant now)
    {
        var hour = now.InUtc().Date.PlusDays(-3).At(new LocalTime(12, 0)).InUtc().ToInstant().ToUnixTimeSeconds();
        return
        [
            .. Routes.Select(RouteListing),
            .. EiaTables.SpotSeries.Select(s => new SeriesListing(
                new Symbol($"petroleum/{s.Id}"), new Symbol(s.Title), new Symbol("series"))
            {
                Dataset = new Symbol("petroleum/pri/spt"),
            }.WithUnit(s.Title[(s.Title.LastIndexOf('(') + 1)..^1])),
            .. books.All.SelectMany(book => book.Series.Where(s => EiaBook.IsPublished(s, hour - 3600, now))
                .Select(s => SeriesListing(book, s))),
        ];
    }

    private static SeriesListing SeriesListing(EiaBook book, EiaSeries series) => new SeriesListing(
        new Symbol($"rto/{book.Route}/{series.First.Code}/{series.Second.Code}"),
        new Symbol($"{series.First.Name}, {series.Second.Name}"), new Symbol("series"))
    {
        Dataset = new Symbol($"electricity/rto/{book.Route}"),
        Frequency = new Symbol("H"),
        Geo = new Symbol(series.First.Code),
        IsoCode = Operators.TryGetValue(series.First.Code, out var iso) ? new Symbol(iso) : null,
    }.WithUnit("megawatthours");

    private static SeriesListing RouteListing(EiaRoute route) =>
        new SeriesListing(new Symbol($"route/{route.Path}"), new Symbol(route.Name), new Symbol("route"))
        {
            Dataset = new Symbol(route.Path),
            Description = new Symbol(string.Join(' ', route.Description.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))),
            Frequency = new Symbol(route.Frequency[..1].ToUpperInvariant()),
            SourceUrl = new Symbol($"https://www.eia.gov/opendata/browser/{route.Path}"),
            StartDate = new Symbol("2019-01-01"),
            Metadata = new Symbol($$"""{"facets":"{{string.Join(", ", route.Facets)}}"}"""),
        }.WithUnit(route.Unit);

    private static EiaRoute OfBook(EiaBook book) => new(
        $"electricity/rto/{book.Route}", book.Route, book.Description, "hourly", [book.Facets.First, book.Facets.Second], "megawatthours");

    private static EiaRoute OfTable(EiaTable table) => new(
        table.Route, table.Feed, table.Description, table.Frequency, table.Keys, table.Feed == "facility-fuel" ? "megawatthours" : "");

    private static SandboxResponse Metadata(EiaRoute route, SandboxRequest request, Moment moment)
    {
        var name = moment.Tampering.RenamesColumn ? "names" : "name";
        if (moment.Tampering.RenamesColumn)
        {
            moment.Tampering.Note("name is called names");
        }

        var facets = string.Join(',', route.Facets.Select(f => "{" + JsonForm.Fields(("id", f), ("description", f)) + "}"));
        var units = route.Unit.Length == 0 ? "" : "," + JsonForm.Fields(("units", route.Unit));
        return SandboxResponse.Text(200, "application/json", "{\"response\":{"
            + JsonForm.Fields(("id", route.Path.Split('/')[^1]), (name, route.Name), ("description", route.Description))
            + ",\"frequency\":[{" + JsonForm.Fields(("id", route.Frequency)) + "}],\"facets\":[" + facets + "],"
            + "\"data\":{\"value\":{" + JsonForm.Fields(("alias", route.Name)) + units + "}},"
            + JsonForm.Fields(("startPeriod", "2019-01-01"), ("defaultFrequency", route.Frequency)) + "}," + Tail(request));
    }

    private static SandboxResponse Series(SandboxRequest request, Moment moment)
    {
        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        var id = moment.Tampering.RenamesColumn ? "ids" : "id";
        if (moment.Tampering.RenamesColumn)
        {
            moment.Tampering.Note("id is called ids");
        }

        writer.Text($$"""{"response":{"totalFacets":{{EiaTables.SpotSeries.Count}},"facets":[""");
        foreach (var (series, title) in EiaTables.SpotSeries)
        {
            writer.Begin(0);
            writer.Text(JsonForm.Fields((id, series), ("name", title)));
            writer.End();
        }

        writer.Text("]}," + Tail(request));
        writer.Flush();
        return SandboxResponse.Of(200, "application/json", body.ToArray());
    }

    private static string Tail(SandboxRequest request) =>
        "\"request\":{" + JsonForm.Fields(("command", request.Path)) + ",\"params\":[]},\"apiVersion\":\"2.1.8\"}";

    /// <summary>What EIA says of a route.</summary>
    private sealed record EiaRoute(
        string Path, string Name, string Description, string Frequency, IReadOnlyList<string> Facets, string Unit);
}
