using System.Globalization;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Text;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>Reads EIA's metadata of a route, the codes of a facet, and rows of hourly routes as what they say of their series.</summary>
internal static class RouteReader
{
    private static readonly Symbol Series = new("series");

    /// <summary>Balancing authorities that are market operators.</summary>
    private static readonly IReadOnlyDictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["CISO"] = "CAISO", ["ERCO"] = "ERCOT", ["ISNE"] = "ISONE", ["MISO"] = "MISO", ["NYIS"] = "NYISO", ["PJM"] = "PJM",
        ["SWPP"] = "SPP",
    };

    /// <exception cref="FeedFormatException">Not what EIA documents.</exception>
    public static ParseResult Parse(FeedFile file, IRowOutput<SeriesListing> output)
    {
        using var body = JsonBody.Read(file, EiaRequests.MaxAnswerBytes);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        using var document = Document(body, file.Name);
        if (!document.RootElement.TryGetProperty("response", out var response) || response.ValueKind != JsonValueKind.Object
            || (response.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array))
        {
            return Rows(file, document.RootElement, output);
        }

        var rows = new RowBuffer<SeriesListing>(output);
        var result = response.TryGetProperty("totalFacets", out var total)
            ? Facets(file, CommandOf(document.RootElement), response, total, rows)
            : Route(file, CommandOf(document.RootElement), response, rows);
        rows.Flush();
        return result;
    }

    private static JsonDocument Document(JsonBody body, string file)
    {
        try
        {
            var document = JsonDocument.Parse(body.Bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document
                : throw new FeedFormatException(file, "1", "an object", $"{document.RootElement.ValueKind}");
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(file, e);
        }
    }

    /// <summary>Path that was asked for, as the answer repeats it, without <c>/v2/</c>; empty where it does not.</summary>
    private static string CommandOf(JsonElement root) =>
        root.TryGetProperty("request", out var request) && request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("command", out var command)
            ? command.ToString().Trim('/') is var path && path.StartsWith("v2/", StringComparison.Ordinal) ? path[3..] : path
            : "";

    private static ParseResult Route(FeedFile file, string command, JsonElement response, RowBuffer<SeriesListing> rows)
    {
        var route = command.Length > 0 ? command
            : throw new FeedFormatException(file.Name, "request.command", "the route that was asked for", "none");
        var frequency = Required(file, response, "response", "defaultFrequency");
        var facets = response.TryGetProperty("facets", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(", ", list.EnumerateArray().Select(f => Required(file, f, "response.facets", "id")))
            : throw new FeedFormatException(file.Name, "response", "an array facets", "none");
        var units = response.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? data.EnumerateObject().Select(value => Optional(value.Value, "units")).Where(u => u.Length > 0).Distinct().ToList()
            : [];
        rows.Add(new SeriesListing(
            new Symbol($"route/{route}"), new Symbol(Required(file, response, "response", "name")), new Symbol("route"))
        {
            Dataset = new Symbol(route),
            Description = SeriesListing.Cell(OneLine(Optional(response, "description"))),
            Frequency = SeriesListing.Cell(FrequencyCode(frequency)),
            SourceUrl = new Symbol($"https://www.eia.gov/opendata/browser/{route}"),
            StartDate = PeriodDate(file, response, "startPeriod"),
            EndDate = PeriodDate(file, response, "endPeriod"),
            LastObservationDate = PeriodDate(file, response, "endPeriod"),
            Metadata = ListingText.Metadata(("facets", facets)),
        }.WithUnit(units.Count == 1 ? units[0] : null));
        return ParseResult.Data;
    }

    private static ParseResult Facets(
        FeedFile file, string command, JsonElement response, JsonElement total, RowBuffer<SeriesListing> rows)
    {
        if (!response.TryGetProperty("facets", out var facets) || facets.ValueKind != JsonValueKind.Array)
        {
            throw new FeedFormatException(file.Name, "response", "an array facets", "none");
        }

        var announced = long.TryParse(total.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw new FeedFormatException(file.Name, "response.totalFacets", "a whole number", $"'{total}'");
        if (file.IsAnswer && facets.GetArrayLength() < announced)
        {
            throw new FeedFormatException(
                file.Name, "response.facets", $"{announced} codes as totalFacets says", $"{facets.GetArrayLength()}");
        }

        var parts = command.Split("/facet/");
        if (parts.Length != 2)
        {
            throw new FeedFormatException(file.Name, "request.command", "the route and its facet", $"'{command}'");
        }

        var isSeries = parts[1] == "series";
        var at = 0;
        foreach (var code in facets.EnumerateArray())
        {
            var place = $"response.facets[{at++}]";
            var id = Required(file, code, place, "id");
            var title = Optional(code, "name") is { Length: > 0 } name && name != id ? name : Optional(code, "alias");
            title = title.Length > 0 ? OneLine(title) : id;
            rows.Add(new SeriesListing(
                new Symbol(isSeries ? $"{parts[0].Split('/')[0]}/{id}" : $"facet/{parts[0]}/{parts[1]}/{id}"), new Symbol(title),
                isSeries ? Series : new Symbol("facet"))
            {
                Dataset = new Symbol(parts[0]),
            }.WithUnit(isSeries ? ListingText.InBrackets(title) : null));
        }

        return at == 0 ? ParseResult.ProvenEmpty($"EIA has no codes of {command}") : ParseResult.Data;
    }

    /// <summary>Rows of an hourly route: each series once.</summary>
    private static ParseResult Rows(FeedFile file, JsonElement root, IRowOutput<SeriesListing> output)
    {
        var command = CommandOf(root).Split('/');
        var route = RouteCatalog.Hourly.Keys.FirstOrDefault(command.Contains);
        var points = new RowList<SeriesPoint>();
        var result = EiaReader.Parse(file, RouteCatalog.Hourly[route ?? "region-data"], points);
        if (result.Outcome == Outcome.Data && route is null)
        {
            throw new FeedFormatException(
                file.Name, "request.command", $"one of the routes {string.Join(", ", RouteCatalog.Hourly.Keys)}",
                $"'{string.Join('/', command)}'");
        }

        var rows = new RowBuffer<SeriesListing>(output);
        foreach (var series in points.Rows.Select(p => p.Series).Distinct())
        {
            var respondent = series.Id.Split('/')[2];
            rows.Add(new SeriesListing(new Symbol(series.Id), new Symbol(series.Title.Length > 0 ? series.Title : series.Id), Series)
            {
                Dataset = new Symbol($"electricity/rto/{route}"),
                Frequency = new Symbol("H"),
                Geo = new Symbol(respondent),
                IsoCode = Operators.TryGetValue(respondent, out var iso) ? new Symbol(iso) : null,
            }.WithUnit(series.Unit));
        }

        rows.Flush();
        return result;
    }

    /// <summary>The date of <c>2019-01-01T00</c>, <c>2024-12</c> or <c>2024</c>.</summary>
    private static Symbol? PeriodDate(FeedFile file, JsonElement response, string name)
    {
        var text = Optional(response, name);
        var date = text.Length switch { 0 => "", 4 => text + "-01-01", 7 => text + "-01", _ => text[..Math.Min(10, text.Length)] };
        return date.Length == 0 || date.Contains('Q', StringComparison.Ordinal) ? null
            : NodaTime.Text.LocalDatePattern.Iso.Parse(date).Success ? new Symbol(date)
            : throw new FeedFormatException(file.Name, $"response.{name}", "a period such as 2026-10-01T16 or 2026-10", $"'{text}'");
    }

    private static string FrequencyCode(string name) => name switch
    {
        "hourly" or "local-hourly" => "H",
        "daily" => "D",
        "weekly" => "W",
        "monthly" => "M",
        "quarterly" => "Q",
        "annual" => "A",
        _ => name,
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Optional(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";

    private static string Required(FeedFile file, JsonElement parent, string place, string name)
    {
        if (Optional(parent, name) is { Length: > 0 } text)
        {
            return text;
        }

        var nearest = parent.ValueKind == JsonValueKind.Object
            ? NearestName.To(name, parent.EnumerateObject().Select(p => p.Name).Where(p => p != name))
            : null;
        throw new FeedFormatException(
            file.Name, place, $"a field {name}", nearest is null ? "none" : $"none (nearest: {nearest})");
    }
}
