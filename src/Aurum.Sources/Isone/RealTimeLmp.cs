using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England 5-minute real-time prices: preliminary ones at once, final ones days later.</summary>
/// <remarks>
/// <para>Source: web service fiveminutelmp/prelim, from five days after the day's end on fiveminutelmp/final; an answer an hour of
/// the local clock. On the day that has an hour twice, that hour is asked for once and both are expected in the answer; where one
/// is not, the gate counts it as missing.</para>
/// <para>Shape: about 1,200 places × 12 intervals × 23, 24 or 25 hours.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; energy, congestion and loss add up to the price.</para>
/// <para>Time: beginning of the interval with offset.</para>
/// <para>Revisions: final prices are revisions of the preliminary ones.</para>
/// </remarks>
public static class RealTimeLmp
{
    private const int SecondsPerHour = 3600;

    /// <summary>After how much of an hour it is asked for: its first prices are there. So long after its end its last ones are.</summary>
    private static readonly Duration FirstPrices = Duration.FromMinutes(10);

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("isone/real-time-lmp"),
        Title = "ISO New England real-time prices, 5 minutes",
        Facts = new FeedFacts(
            "ISO New England web service, fiveminutelmp/prelim, then fiveminutelmp/final, hour by hour",
            "about 1,200 places × 276, 288 or 300 intervals",
            "USD/MWh, two decimals, with energy, congestion and loss",
            "beginning of the interval, with offset",
            "preliminary for five days after the day's end, then final"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(15),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: RealTimeState.LooksFor,
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ISONE", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Eastern, 5),
        Suite = "iso_lmp",
        IntervalMinutes = 5,
        Table = PowerTables.Lmp,
        Locate = Locate,
        Recognizes = static head => IsoneHeads.IsAnswer(head, Lmp.FiveMinutes),
        Parse = Lmp.ParseFiveMinutes,
    };

    /// <summary>The hours of the day that have begun, each name of the clock once. Those that are over are asked for once while the day
    /// runs, and again when it is over.</summary>
    private static IReadOnlyList<FeedRequest> Locate(OperatingDay day, Instant now)
    {
        var state = RealTimeState.Of(day, now);
        var requests = new List<FeedRequest>();
        var last = -1;
        for (var start = day.Start.ToUnixTimeSeconds(); start < day.End.ToUnixTimeSeconds(); start += SecondsPerHour)
        {
            var hour = Instant.FromUnixTimeSeconds(start);
            if (requests.Count > 0 && hour + FirstPrices > now)
            {
                break;
            }

            var label = hour.InZone(day.Zone).Hour;
            if (label == last)
            {
                // The second of two hours of one name: it comes with the first, which is over when both are.
                requests.RemoveAt(requests.Count - 1);
            }

            var isOver = now < day.End && hour + Duration.FromHours(1) + FirstPrices <= now;
            requests.Add(IsoneRequests.Day($"fiveminutelmp/{state}", day, $"/starthour/{label:00}") with { IsPiece = isOver });
            last = label;
        }

        return requests;
    }
}
