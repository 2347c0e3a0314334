using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>What EIA's feeds share: table, suite, paging, and the form of the requests for a UTC day.</summary>
internal static class EiaHourly
{
    public const string Suite = "timeseries_observation";

    /// <summary>A feed of an hourly rto route: 24 hour ends, from 01 of the day to 00 of the next.</summary>
    /// <param name="id">Feed id; its dataset is the last part of the route.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="facts">The five facts.</param>
    /// <param name="shape">Key and value fields.</param>
    /// <param name="hasFields">Whether rows of a file have this route's fields.</param>
    /// <param name="description">Words of the answer's own description, which an answer without rows still has.</param>
    public static Feed<SeriesPoint> Feed(
        string id, string title, FeedFacts facts, EiaSeriesShape shape, Func<FileHead, bool> hasFields, string description)
    {
        var feedId = new FeedId(id);
        var route = $"electricity/rto/{feedId.Dataset}";
        return new Feed<SeriesPoint>
        {
            Id = feedId,
            Title = title,
            Facts = facts,
            Zone = MarketZones.Utc,
            Schedule = new Schedule(
                FirstAt: Duration.FromHours(2),
                CompleteAt: Duration.FromHours(50),
                RefreshEvery: Duration.FromHours(1),
                CorrectionsFor: Duration.FromDays(14),
                CorrectionChecks: Duration.FromDays(1)),
            Suite = Suite,
            IntervalMinutes = 60,
            Table = SeriesTables.Observation,
            Locate = (day, _) => [EiaRequests.First(route, "hourly", shape, $"{day}T01", $"{day.Next}T00")],
            NextPage = EiaRequests.Next,
            EchoedSecrets = EiaApiKeyEcho.In,
            Refusal = EiaRefusal.Of,
            Recognizes = head => IsJson(head) && (hasFields(head) || Echoes(head, route) || head.Has(description)),
            Parse = (file, output) => EiaReader.Parse(file, shape, output),
        };
    }

    public static bool IsJson(FileHead head) => head.FirstLine is ['{' or '[', ..];

    /// <summary>Whether the answer repeats a request for the route, with plain or escaped slashes.</summary>
    private static bool Echoes(FileHead head, string route) =>
        head.Has($"/v2/{route}/") || head.Has($"\\/v2\\/{route.Replace("/", "\\/", StringComparison.Ordinal)}\\/");
}
