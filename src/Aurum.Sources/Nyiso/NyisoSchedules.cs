using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>When files appear that grow through the day.</summary>
internal static class NyisoSchedules
{
    /// <summary>Rewritten every 5 minutes; whole a quarter of an hour after a 25-hour day.</summary>
    public static readonly Schedule Running = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.FromDays(2),
        CorrectionChecks: Duration.FromDays(1));

    /// <summary>In one piece about 10:00 on the day before.</summary>
    public static readonly Schedule DayAhead = new(
        FirstAt: Duration.FromHours(-14),
        CompleteAt: Duration.FromHours(-12),
        RefreshEvery: null,
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));
}
