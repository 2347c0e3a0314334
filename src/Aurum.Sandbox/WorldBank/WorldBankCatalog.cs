using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.WorldBank;

/// <summary>Lists of indicators, countries and databases of the sandbox's World Bank.</summary>
internal static class WorldBankCatalog
{
    private const string Development = "World Development Indicators";

    private static readonly RowForm Form = new("{", "}", ",", ",\"scale\":\"\"");

    private static readonly (string Id, string Name)[] Databases = [("2", Development), ("15", "Global Economic Monitor")];

    /// <summary>The answer of a list; null where the path is none.</summary>
    public static SandboxResponse? Answer(string path, Query query, Moment moment)
    {
        var rows = path switch
        {
            "/v2/indicator" => WorldBankBook.Asked.Select(Indicator),
            "/v2/country" => WorldBankBook.Countries.Select(Country),
            "/v2/source" => Databases.Select(d => JsonForm.Fields(("id", d.Id), ("name", d.Name), ("description", ""), ("url", ""))),
            _ => null,
        };
        return rows is null ? null : Write([.. rows], query, moment);
    }

    public static IEnumerable<SeriesListing> Listings() =>
    [
        .. WorldBankBook.Asked.Select(id => new SeriesListing(
            new Symbol(id), new Symbol(WorldBankBook.NameOf(id)), new Symbol("indicator"))
        {
            Dataset = new Symbol("2"),
            Description = new Symbol(NoteOf(id)),
            Frequency = new Symbol("A"),
            Notes = new Symbol("World Bank"),
            Tags = new Symbol(Development),
        }.WithUnit(WorldBankBook.NameOf(id) is var name && name.EndsWith(')') ? name[(name.LastIndexOf('(') + 1)..^1] : "")),
        .. WorldBankBook.Countries.Select(c => new SeriesListing(
            new Symbol($"country/{c.Iso3}"), new Symbol(c.Name), new Symbol("country"))
        {
            Geo = new Symbol(c.Iso3),
            Metadata = new Symbol(
                $$"""{"iso2":"{{c.Iso2}}","region":"North America","income_level":"High income","lending_type":"Not classified"}"""),
        }),
        .. Databases.Select(d => new SeriesListing(new Symbol($"source/{d.Id}"), new Symbol(d.Name), new Symbol("source"))
        {
            Dataset = new Symbol(d.Id),
        }),
    ];

    private static string NoteOf(string id) => $"{WorldBankBook.NameOf(id)}, as national sources report it.";

    private static string Indicator(string id) =>
        JsonForm.Fields(("id", id), ("name", WorldBankBook.NameOf(id)), ("unit", ""))
        + $",\"source\":{{\"id\":\"2\",\"value\":\"{Development}\"}},"
        + JsonForm.Fields(("sourceNote", NoteOf(id)), ("sourceOrganization", "World Bank"))
        + ",\"topics\":[{\"id\":\"5\",\"value\":\"Energy & Mining\"}]";

    private static string Country(WorldBankCountry country) =>
        JsonForm.Fields(("id", country.Iso3), ("iso2Code", country.Iso2), ("name", country.Name))
        + ",\"region\":{\"id\":\"NAC\",\"iso2code\":\"XU\",\"value\":\"North America\"},"
        + "\"incomeLevel\":{\"id\":\"HIC\",\"iso2code\":\"XD\",\"value\":\"High income\"},"
        + "\"lendingType\":{\"id\":\"LNX\",\"iso2code\":\"XX\",\"value\":\"Not classified\"},"
        + JsonForm.Fields(("capitalCity", ""), ("longitude", ""), ("latitude", ""));

    private static SandboxResponse Write(List<string> rows, Query query, Moment moment)
    {
        var (page, perPage) = (Math.Max(1, Number(query["page"], 1)), Math.Max(1, Number(query["per_page"], 50)));
        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        var pages = (rows.Count + perPage - 1) / perPage;
        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"[{{\"page\":{page},\"pages\":{pages},\"per_page\":\"{perPage}\",\"total\":{rows.Count}}},["));
        foreach (var row in rows.Skip((page - 1) * perPage).Take(perPage))
        {
            writer.Begin(page);
            writer.Text(moment.Tampering.RenamesColumn ? row.Replace("\"name\":", "\"names\":", StringComparison.Ordinal) : row);
            writer.End();
        }

        if (moment.Tampering.RenamesColumn)
        {
            moment.Tampering.Note("name is called names");
        }

        writer.Text("]]"u8);
        writer.Flush();
        return SandboxResponse.Of(200, "application/json;charset=utf-8", body.ToArray());
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
