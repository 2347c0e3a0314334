using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>What the feeds of Today's Outlook share.</summary>
internal static class OutlookFeeds
{
    public const string Time =
        "five minutes from HH:mm on the Pacific clock; empty cells in the hour that spring skips, the repeated autumn hour stands there "
        + "once and is left out";

    public const string Revisions = "The file of a past day may still change for a day.";

    /// <summary>All of the ISO, as the page shows it.</summary>
    public static readonly Location System = new("CAISO", LocationType.System);

    public static readonly Schedule Schedule = new(
        FirstAt: Duration.FromMinutes(15),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
        RefreshEvery: Duration.FromMinutes(15),
        CorrectionsFor: Duration.FromDays(1),
        CorrectionChecks: Duration.FromDays(1));
}
