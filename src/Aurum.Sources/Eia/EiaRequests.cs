using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>Requests to EIA v2: one route, one span of periods, pages of 5,000 rows in an order that does not change between
/// pages.</summary>
internal static class EiaRequests
{
    /// <summary>Most rows that EIA puts into an answer.</summary>
    public const int RowsPerPage = 5_000;

    /// <summary>Pages that are followed at most: a million rows.</summary>
    public const int MaxPages = 200;

    public const int MaxAnswerBytes = 64 << 20;

    private const string OffsetParameter = "&offset=";

    /// <param name="route">Path below <c>/v2</c>, for example <c>electricity/rto/region-data</c>.</param>
    /// <param name="frequency">As EIA names it: <c>hourly</c>, <c>daily</c>, <c>monthly</c>.</param>
    /// <param name="shape">Key and value fields; the keys also fix the order of rows with one period.</param>
    /// <param name="start">First period, inclusive.</param>
    /// <param name="end">Last period, inclusive.</param>
    /// <param name="name">Beginning of the file's name; null: the prefix of the series.</param>
    public static FeedRequest First(
        string route, string frequency, EiaSeriesShape shape, string start, string end, string? name = null)
    {
        var query = new StringBuilder($"/v2/{route}/data/?frequency={frequency}");
        for (var i = 0; i < shape.Values.Count; i++)
        {
            query.Append(CultureInfo.InvariantCulture, $"&data%5B{i}%5D={shape.Values[i]}");
        }

        query.Append(CultureInfo.InvariantCulture, $"&start={start}&end={end}");
        var sort = 0;
        foreach (var column in (IEnumerable<string>)["period", .. shape.Keys])
        {
            query.Append(CultureInfo.InvariantCulture, $"&sort%5B{sort}%5D%5Bcolumn%5D={column}");
            query.Append(CultureInfo.InvariantCulture, $"&sort%5B{sort}%5D%5Bdirection%5D=asc");
            sort++;
        }

        query.Append(CultureInfo.InvariantCulture, $"&length={RowsPerPage}");
        return Page(query.ToString(), $"{name ?? shape.Prefix.Replace('/', '_')}_{start}_{end}", 0);
    }

    /// <summary>The page after the given one, as long as the answer's total lies beyond it.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(OffsetParameter, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var offset = int.Parse(request.PathAndQuery.AsSpan(at + OffsetParameter.Length), CultureInfo.InvariantCulture);
        var next = offset + RowsPerPage;
        using var body = JsonBody.Read(answer, MaxAnswerBytes);
        var isMore = body.Refusal is null
            && EiaEnvelope.Read(body.Bytes.Span, answer.Name) is { Error: null, Total: { } total }
            && next < Math.Min(total, (long)MaxPages * RowsPerPage);
        var stem = request.FileName.LastIndexOf('_') is var end and > 0 ? request.FileName[..end] : request.FileName;
        return isMore ? Page(request.PathAndQuery[..at], stem, next) : null;
    }

    /// <summary>A request whose answer has no pages: metadata of a route, codes of a facet.</summary>
    public static FeedRequest Single(string path, string name) => new(EiaFeeds.Api.Name, path, name)
    {
        Secrets = [new HeaderSecret("X-Api-Key", "eia-api-key")],
        Headers = [new("Accept", "application/json")],
    };

    private static FeedRequest Page(string query, string stem, int offset) =>
        Single($"{query}{OffsetParameter}{offset}", $"{stem}_{offset}.json");
}
