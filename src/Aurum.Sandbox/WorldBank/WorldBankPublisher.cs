using System.Globalization;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.WorldBank;

/// <summary>The sandbox's World Bank: indicators by country, in pages, with numbers as text here and there, and errors with status
/// 200.</summary>
public sealed class WorldBankPublisher(World world) : SandboxPublisher(world)
{
    private const string Root = "/v2/country/";
    private const string Middle = "/indicator/";
    private const int MostRows = 32_500;

    private static readonly RowForm Form = new("{", "}", ",", ",\"scale\":\"\"");

    private readonly WorldBankBook _book = new(world);

    public override string Name => "worldbank";

    public override int DefaultPort => 8014;

    public override IReadOnlyList<string> Hosts { get; } = ["api.worldbank.org"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. WorldBankBook.Asked.Select(id => new SandboxSeries($"{id}.USA", WorldBankBook.NameOf(id), 86_400, (start, now) =>
        {
            var at = Instant.FromUnixTimeSeconds(start);
            var year = at.InUtc().Year;
            return at > now ? null : _book.Cells(id, WorldBankBook.Countries.Take(1), year - 2, year, at)
                .Select(c => c.Value).FirstOrDefault(v => v is not null);
        })),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var query = Query.Of(request);
        if (query["format"] != "json")
        {
            return SandboxResponse.Text(200, "text/xml", "<wb:error xmlns:wb=\"http://www.worldbank.org\"/>");
        }

        if (WorldBankCatalog.Answer(request.Path, query, moment) is { } list)
        {
            return list;
        }

        var at = request.Path.IndexOf(Middle, StringComparison.Ordinal);
        if (!request.Path.StartsWith(Root, StringComparison.Ordinal) || at < 0)
        {
            return Error("The provided parameter value is not valid");
        }

        var indicator = request.Path[(at + Middle.Length)..];
        var codes = request.Path[Root.Length..at].Split(';');
        var countries = WorldBankBook.Countries.Where(c => codes.Contains(c.Iso3) || codes.Contains(c.Iso2)).ToList();
        if (!WorldBankBook.Has(indicator) || countries.Count != codes.Length)
        {
            return Error("The provided parameter value is not valid");
        }

        var years = (query["date"] ?? "2000:2100").Split(':').Select(y => int.Parse(y, CultureInfo.InvariantCulture)).ToList();
        var rows = _book.Cells(indicator, countries, years[0], years[^1], moment.Now).ToList();
        var perPage = Math.Clamp(Number(query["per_page"], 50), 1, MostRows);
        return SandboxResponse.Of(
            200, "application/json;charset=utf-8", Write(rows, Math.Max(1, Number(query["page"], 1)), perPage, moment));
    }

    private static SandboxResponse Error(string words) => SandboxResponse.Text(
        200, "application/json", $$"""[{"message":[{"id":"120","key":"Invalid value","value":"{{words}}"}]}]""");

    private static byte[] Write(List<WorldBankCell> rows, int page, int perPage, Moment moment)
    {
        var value = "value";
        if (moment.Tampering.RenamesColumn)
        {
            value = "values";
            moment.Tampering.Note("value is called values");
        }

        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        var pages = (rows.Count + perPage - 1) / perPage;
        var loaded = moment.Now.InUtc().Date;
        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"[{{\"page\":{page},\"pages\":{pages},\"per_page\":\"{perPage}\",\"total\":{rows.Count},\"sourceid\":\"2\","
            + $"\"lastupdated\":\"{loaded:uuuu-MM-dd}\"}},["));
        foreach (var row in rows.Skip((page - 1) * perPage).Take(perPage))
        {
            writer.Begin(Instant.FromUtc(row.Year, 1, 1, 0, 0).ToUnixTimeSeconds());
            writer.Text($"\"indicator\":{{\"id\":\"{row.Indicator}\",\"value\":\"{WorldBankBook.NameOf(row.Indicator)}\"}},");
            writer.Text($"\"country\":{{\"id\":\"{row.Country.Iso2}\",\"value\":\"{row.Country.Name}\"}},");
            writer.Text(string.Create(CultureInfo.InvariantCulture,
                $"\"countryiso3code\":\"{row.Country.Iso3}\",\"date\":\"{row.Year}\",\"{value}\":"));
            if (row.Value is not null)
            {
                writer.Value();
            }

            writer.Text(row.Value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "null");
            writer.Text(",\"unit\":\"\",\"obs_status\":\"\",\"decimal\":0"u8);
            writer.End();
        }

        writer.Text("]]"u8);
        writer.Flush();
        return body.ToArray();
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
