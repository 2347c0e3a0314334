using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ecb;

/// <summary>The ECB's euro foreign exchange reference rates, and the rates between dollar, Canadian dollar, peso and pound that
/// follow from them.</summary>
/// <remarks>
/// <para>Source: eurofxref-daily.xml for today, eurofxref-hist-90d.xml for the last weeks, eurofxref-hist.xml for all since
/// 1999.</para>
/// <para>Shape: about 30 currencies a working day, in a list that changes with the years, newest day first; no rates on weekends
/// and holidays of the payment system.</para>
/// <para>Units: units of the currency for one euro, 1 to 6 significant decimals. A rate between two other currencies is the
/// quotient of theirs, flagged <c>cross</c>.</para>
/// <para>Time: the fixing of a day about 14:15, published about 16:00 in Frankfurt; kept as the calendar day, midnight to midnight
/// UTC.</para>
/// <para>Revisions: rare, in place.</para>
/// </remarks>
public static class ReferenceRates
{
    /// <summary>Days for which the file of 90 days is asked: it holds 64 working days.</summary>
    private const int RecentDays = 80;

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("ecb/reference-rates"),
        Title = "ECB euro reference rates, and cross rates of USD, CAD, MXN and GBP",
        Facts = new FeedFacts(
            "ECB eurofxref: daily, 90-day and full history files",
            "about 30 currencies a working day, in a list that changes; none on weekends and TARGET holidays",
            "units of the currency for one euro; quotients of two rates are flagged cross",
            "the fixing of a day, published about 16:00 in Frankfurt; kept as the calendar day, midnight to midnight UTC",
            "rare, in place"),
        Zone = MarketZones.Utc,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes((15 * 60) + 10),
            CompleteAt: Duration.FromHours(18),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Suite = "timeseries_observation",
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = Locate,
        Recognizes = static head => head.Has("eurofxref") && head.Has("<Cube"),
        Parse = static (file, output) => Read(file, file.Day, output),
    };

    /// <summary>Reads the rates of a day; of all days where it is null.</summary>
    internal static ParseResult Read(FeedFile file, OperatingDay? day, IRowOutput<SeriesPoint> output)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "XML", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var xml = new Utf8XmlReader(entry.Content, entry.Name);
        return new ReferenceRateReader(entry.Name, day, output).Read(xml);
    }

    /// <summary>The smallest file that has the day; nothing for a day without a fixing.</summary>
    private static IReadOnlyList<FeedRequest> Locate(OperatingDay day, Instant now)
    {
        if (TargetDays.IsClosed(day.Date))
        {
            return [];
        }

        var today = OperatingDay.Of(now, day.Zone).Date;
        var (file, sharedFor) = day.Date >= today ? ("eurofxref-daily.xml", (Duration?)null)
            : day.Date > today.PlusDays(-RecentDays) ? ("eurofxref-hist-90d.xml", Duration.FromHours(1))
            : ("eurofxref-hist.xml", Duration.FromHours(12));
        return [new FeedRequest(EcbFeeds.Web.Name, $"/{file}", file) { SharedFor = sharedFor }];
    }
}
