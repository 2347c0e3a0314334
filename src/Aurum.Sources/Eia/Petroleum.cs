using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA petroleum and natural gas series. Asks for daily spot prices, and reads every route whose rows carry a series id:
/// prices, stocks, supply, by day, week, month or year.</summary>
/// <remarks>
/// <para>Source: EIA v2 route petroleum/pri/spt, frequency daily; other petroleum and natural-gas routes as files.</para>
/// <para>Shape: 10 to 20 spot prices a business day; none on weekends and holidays.</para>
/// <para>Units: as each row states them: $/BBL, $/GAL, MBBL, MBBL/D, %.</para>
/// <para>Time: calendar days, months and years, midnight to midnight UTC; a weekly date is the last day of its week.</para>
/// <para>Revisions: monthly and annual values for years, daily prices rarely.</para>
/// </remarks>
public static class Petroleum
{
    private const string Route = "petroleum/pri/spt";

    internal static readonly EiaSeriesShape Shape = new("petroleum", ["series"], ["value"], ["series-description"]);

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("eia/petroleum"),
        Title = "EIA petroleum spot prices and other petroleum series",
        Facts = new FeedFacts(
            "EIA v2, petroleum/pri/spt daily; files of other petroleum and natural-gas routes are read too",
            "10 to 20 spot prices a business day, none on weekends and holidays",
            "as the row states: $/BBL, $/GAL, MBBL, MBBL/D, %",
            "calendar periods from midnight to midnight UTC; a weekly date ends its week",
            "daily prices rarely, monthly and annual values for years"),
        Zone = MarketZones.Utc,
        Schedule = new Schedule(
            FirstAt: Duration.FromDays(1),
            CompleteAt: Duration.FromDays(8),
            RefreshEvery: Duration.FromHours(12),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = EiaHourly.Suite,
        RowsLieInDay = false,
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => [EiaRequests.First(Route, "daily", Shape, day.ToString(), day.ToString())],
        NextPage = EiaRequests.Next,
        EchoedSecrets = EiaApiKeyEcho.In,
        Recognizes = static head => EiaHourly.IsJson(head) && head.Has("\"duoarea\"") && head.Has("\"series\""),
        Parse = static (file, output) => EiaReader.Parse(file, Shape, output),
    };
}
