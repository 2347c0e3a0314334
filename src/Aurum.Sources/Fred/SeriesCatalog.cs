using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Fred;

/// <summary>FRED's catalog: what it says of the series that are asked for and of those that a search finds, and its releases.</summary>
/// <remarks>
/// <para>Source: FRED API, series, series/search and releases; answers of series/updates and series/release are read too.</para>
/// <para>Shape: a request a series, one a search, one for all releases (about 300); entries <c>series/ID</c> and
/// <c>release/NUMBER</c>.</para>
/// <para>Units: the words of FRED and what they mean.</para>
/// <para>Time: none; an entry has the dates of its first and last observation, and when FRED last changed it.</para>
/// <para>Revisions: an entry that changes; today's state alone can be asked for. Popularity is not kept: it changes daily.</para>
/// </remarks>
public static class SeriesCatalog
{
    /// <summary>What is searched for.</summary>
    public static readonly IReadOnlyList<string> Searches = ["electricity price", "natural gas price"];

    public static readonly Feed<SeriesListing> Feed = Of(FredSeries.Asked);

    /// <summary>The feed for some series.</summary>
    public static Feed<SeriesListing> Of(IReadOnlyList<FredSeries> asked) => new()
    {
        Id = new FeedId("fred/series-catalog"),
        Title = "FRED catalog: series, search results, releases",
        Facts = new FeedFacts(
            "FRED API, series, series/search and releases; answers of series/updates and series/release are read too",
            "an entry a series and a release: a request a series, one a search, one for all releases",
            "in FRED's words, and under one name for all providers",
            "none; entries have the dates of their first and last observation",
            "entries that change; only today's state can be asked for"),
        Zone = MarketZones.Utc,
        Schedule = CatalogSchedules.Daily,
        Suite = CatalogSchedules.Suite,
        RowsLieInDay = false,
        Table = SeriesTables.Catalog,
        Locate = (day, now) => CatalogSchedules.Today(day, now, () =>
        [
            .. asked.Select(s => FredRequests.Single("series", $"&series_id={s.Id}", $"series_{s.Id}")),
            .. Searches.Select(words => FredRequests.List(
                "series/search", $"&search_text={words.Replace(' ', '+')}", $"search_{words.Replace(' ', '-')}")),
            FredRequests.List("releases", "", "releases"),
        ]),
        NextPage = FredRequests.Next,
        Refusal = FredRefusal.Of,
        Recognizes = static head => head.FirstLine is ['{', ..] && head.Has("\"realtime_start\"")
            && (head.Has("\"seriess\"") || head.Has("\"releases\"")),
        Parse = SeriesListReader.Parse,
    };
}
