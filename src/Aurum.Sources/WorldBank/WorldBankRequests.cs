using System.Globalization;
using Aurum.Market.Feeds;

namespace Aurum.Sources.WorldBank;

/// <summary>Requests to version 2 of the World Bank's API, page by page.</summary>
internal static class WorldBankRequests
{
    public const int RowsPerPage = 1_000;

    /// <summary>Pages that are followed at most.</summary>
    public const int MaxPages = 100;

    private const string PageParameter = "&page=";

    /// <param name="path">Path after <c>/v2</c>, for example <c>/country/USA;CAN/indicator/SP.POP.TOTL</c>.</param>
    /// <param name="parameters">More parameters, each with its ampersand.</param>
    /// <param name="name">Beginning of the answer's name.</param>
    public static FeedRequest First(string path, string parameters, string name) =>
        Page($"{path}?format=json{parameters}&per_page={RowsPerPage}", name, 1);

    /// <summary>The page after the given one, as long as there is one.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(PageParameter, StringComparison.Ordinal);
        if (at < 0 || WorldBankAnswer.Read(answer, static (ref Reading.JsonStream json) => json.Skip(), out var around) is not null)
        {
            return null;
        }

        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return around.Page < Math.Min(around.Pages, MaxPages) ? Page(request.PathAndQuery[..at], stem, around.Page + 1) : null;
    }

    private static FeedRequest Page(string query, string stem, long page) => new(
        WorldBankFeeds.Api.Name,
        string.Create(CultureInfo.InvariantCulture, $"{query}{PageParameter}{page}"),
        string.Create(CultureInfo.InvariantCulture, $"{stem}_{page}.json"));
}
