using System.Text.RegularExpressions;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>What the feeds of <c>routes.csv</c> share: table, suite, paging, errors, and days that ask for days, weeks or
/// months.</summary>
internal static partial class EiaSeriesFeed
{
    /// <param name="id">Feed id, as in the list.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="facts">The five facts.</param>
    /// <param name="schedule">When the rows of a period appear, counted from the day that names it.</param>
    /// <param name="shape">Key and value fields of all its routes.</param>
    /// <param name="recognizes">Whether JSON is one of its answers.</param>
    /// <param name="months">Months that a monthly answer holds: more than one for an outlook.</param>
    public static Feed<SeriesPoint> Of(
        string id, string title, FeedFacts facts, Schedule schedule, EiaSeriesShape shape, Func<FileHead, bool> recognizes,
        int months = 1) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Utc,
        Schedule = schedule,
        Suite = EiaHourly.Suite,
        RowsLieInDay = false,
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = (day, _) => EiaRoute.Requests(id, shape, day.Date, months),
        NextPage = EiaRequests.Next,
        EchoedSecrets = EiaApiKeyEcho.In,
        Refusal = EiaRefusal.Of,
        Recognizes = head => EiaHourly.IsJson(head) && recognizes(head),
        Parse = (file, output) => EiaReader.Parse(file, shape, output, EiaRoute.HasWeeks(id)),
    };

    /// <summary>A schedule by days: looked at <paramref name="every"/> so often until complete, then for corrections.</summary>
    public static Schedule Days(double first, double complete, Duration every, int correctionsFor = 0, int check = 30) => new(
        FirstAt: Duration.FromDays(first),
        CompleteAt: Duration.FromDays(complete),
        RefreshEvery: every,
        CorrectionsFor: Duration.FromDays(correctionsFor),
        CorrectionChecks: correctionsFor == 0 ? null : Duration.FromDays(check));

    /// <summary>Whether rows of petroleum or natural gas are of a frequency: as the envelope says, or where it was lost, as the
    /// first period looks. Weeks without an envelope look like days, years are kept with the months.</summary>
    public static bool IsSeries(FileHead head, bool isGas, SeriesFrequency frequency) =>
        head.Has("\"duoarea\"") && head.Has("\"series\"")
        && GasProduct().IsMatch(head.Text) == isGas && FrequencyOf(head) == frequency;

    private static SeriesFrequency FrequencyOf(FileHead head) => Frequency().Match(head.Text).Groups[1].Value switch
    {
        "daily" => SeriesFrequency.Daily,
        "weekly" => SeriesFrequency.Weekly,
        "" when Period().Match(head.Text).Groups[1].Length >= "2026-10-02".Length => SeriesFrequency.Daily,
        _ => SeriesFrequency.Monthly,
    };

    [GeneratedRegex("\"frequency\"\\s*:\\s*\"([a-z-]+)\"")]
    private static partial Regex Frequency();

    [GeneratedRegex("\"period\"\\s*:\\s*\"([^\"]*)\"")]
    private static partial Regex Period();

    /// <summary>EPG0 is natural gas in all forms; petroleum products have other codes.</summary>
    [GeneratedRegex("\"product\"\\s*:\\s*\"EPG0\"")]
    private static partial Regex GasProduct();
}
