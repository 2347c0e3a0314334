using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>EIA's catalog: what it says of its routes, the petroleum spot prices, and the hourly series of the electric grid
/// monitor.</summary>
/// <remarks>
/// <para>Source: EIA v2, metadata of a route, its facet <c>series</c>, and one hour of rows of the hourly routes.</para>
/// <para>Shape: an entry a route (<c>route/petroleum/pri/spt</c>), a code of a facet, a series (<c>petroleum/RWTC</c>,
/// <c>rto/region-data/CISO/D</c>).</para>
/// <para>Units: as rows and metadata state them; of a spot price the words in the brackets that end its name.</para>
/// <para>Time: none; a route has its first and last period.</para>
/// <para>Revisions: entries that change; only today's state can be asked for.</para>
/// </remarks>
public static class RouteCatalog
{
    private const string Spot = "petroleum/pri/spt";

    /// <summary>The hourly routes, by the last part of their names.</summary>
    internal static readonly IReadOnlyDictionary<string, EiaSeriesShape> Hourly = new Dictionary<string, EiaSeriesShape>
    {
        ["region-data"] = RegionData.Shape,
        ["fuel-type-data"] = FuelTypeData.Shape,
        ["interchange-data"] = InterchangeData.Shape,
    };

    public static readonly Feed<SeriesListing> Feed = new()
    {
        Id = new FeedId("eia/route-catalog"),
        Title = "EIA catalog: routes, petroleum spot prices, hourly series of the grid monitor",
        Facts = new FeedFacts(
            "EIA v2: metadata of routes, the facet series of petroleum/pri/spt, one hour of rows of the hourly routes",
            "an entry a route, facet code and series; about 900",
            "as rows and metadata state them, or in the brackets that end a name",
            "none; a route has its first and last period",
            "entries that change; only today's state can be asked for"),
        Zone = MarketZones.Utc,
        Schedule = CatalogSchedules.Daily,
        Suite = CatalogSchedules.Suite,
        RowsLieInDay = false,
        Table = SeriesTables.Catalog,
        Locate = static (day, now) => CatalogSchedules.Today(day, now, () =>
        [
            .. EiaRoute.All.Select(r => r.Path).Concat(Hourly.Keys.Select(r => $"electricity/rto/{r}")).Distinct().Select(route =>
                EiaRequests.Single($"/v2/{route}/", $"eia_route_{route.Replace('/', '_')}.json")),
            EiaRequests.Single($"/v2/{Spot}/facet/series/", "eia_facet_petroleum_pri_spt_series.json"),
            .. Hourly.Select(route => EiaRequests.First($"electricity/rto/{route.Key}", "hourly", route.Value, HourOf(day), HourOf(day))),
        ]),
        NextPage = EiaRequests.Next,
        EchoedSecrets = EiaApiKeyEcho.In,
        Refusal = EiaRefusal.Of,
        Recognizes = static head => EiaHourly.IsJson(head) && head.Has("\"response\"")
            && (head.Has("\"totalFacets\"") || (head.Has("\"defaultFrequency\"") && head.Has("\"facets\""))),
        Parse = RouteReader.Parse,
    };

    /// <summary>Noon of the third day before: by then every balancing authority has reported.</summary>
    private static string HourOf(OperatingDay day) => $"{day.Date.PlusDays(-3):uuuu-MM-dd}T12";
}
