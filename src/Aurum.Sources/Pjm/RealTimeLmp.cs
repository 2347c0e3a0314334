using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM real-time locational marginal prices every 5 minutes: at first as dispatched, some days later verified.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, rt_unverified_fivemin_lmps until the fourth day after, then rt_fivemin_hrl_lmps.</para>
/// <para>Shape: zones and hubs × 276, 288 or 300 intervals. All nodes would be four million rows a day; prices that PJM has archived
/// come with all nodes, because they can be asked for by time alone.</para>
/// <para>Units: USD/MWh, six decimals, negative allowed. Prices that are not verified have no energy part.</para>
/// <para>Time: beginning of the interval, in UTC.</para>
/// <para>Revisions: the verified price replaces the dispatched one as a revision of it; corrected rows have a higher version_nbr and
/// row_is_current.</para>
/// </remarks>
public static class RealTimeLmp
{
    private const string Verified = "rt_fivemin_hrl_lmps";
    private const string Unverified = "rt_unverified_fivemin_lmps";
    private const int Minutes = 5;

    /// <summary>Days after the operating day until verified prices are asked for. They are posted on the next business day; four days
    /// pass over a weekend with a holiday. Prices that are not verified are kept for 15 days.</summary>
    public const int DaysUntilVerified = 4;

    /// <summary>Zones, with the whole of PJM first, and hubs, by their number.</summary>
    public static IReadOnlyList<string> PricedPlaces { get; } =
    [
        "1", "3", "51291", "51292", "51293", "51295", "51296", "51297", "51298", "51299", "51300", "51301", "7633629", "8394954",
        "8445784", "33092371", "34508503", "34964545", "37737283", "116013753", "124076095", "970242670", "1709725933",
        "51217", "51287", "51288", "4669664", "33092311", "33092313", "33092315", "34497125", "34497127", "34497151", "35010337",
        "116013751",
    ];

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("pjm/real-time-lmp"),
        Title = "PJM real-time locational marginal prices, 5 minutes",
        Facts = new FeedFacts(
            "PJM Data Miner 2, rt_unverified_fivemin_lmps and later rt_fivemin_hrl_lmps",
            "zones and hubs × 276, 288 or 300 intervals, in no promised order",
            "USD/MWh, six decimals, negative allowed; no energy part before prices are verified",
            "beginning of the interval, UTC",
            "verified prices replace those of dispatch from the fourth day on; looked for during two weeks"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(15),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(14),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Eastern, Minutes),
        Suite = "iso_lmp",
        IntervalMinutes = Minutes,
        Table = PowerTables.Lmp,
        Locate = Locate,
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => (PjmHeads.Is(head, Verified, "total_lmp_rt", "pnode_id")
            || PjmHeads.Is(head, Unverified, "total_lmp_rt", "pnode_id")) && IsFiveMinutes(head),
        Parse = static (file, output) =>
            PjmTable.Parse<LmpRow>(file, output, static (table, rows) => LmpFeeds.Read(table, rows, "rt", Minutes)),
    };

    /// <summary>Whether real-time prices are those of 5 minutes: by the file's own words, else by a stamp that is not on the
    /// hour. Hourly and 5-minute files have the same columns.</summary>
    internal static bool IsFiveMinutes(FileHead head) =>
        PjmHeads.IsNamed(head, "fivemin") || head.Has("/api/v1/" + Verified) || head.Has("/api/v1/" + Unverified)
        || (!PjmHeads.IsNamed(head, "rt_hrl_lmps") && !head.Has("/api/v1/rt_hrl_lmps") && head.Has(":05:00"));

    private static IReadOnlyList<FeedRequest> Locate(OperatingDay day, Instant now)
    {
        var filter = $"&pnode_id={string.Join("%3B", PricedPlaces)}";
        return now < day.End + Duration.FromDays(DaysUntilVerified)
            ? PjmRequests.Day(Unverified, day, filter: filter)
            : LmpFeeds.Locate(Verified, "rt", day, now, LmpFeeds.FiveMinuteKeptDays, filter);
    }
}
