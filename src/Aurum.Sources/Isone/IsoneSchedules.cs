using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>When answers appear that grow through the day.</summary>
internal static class IsoneSchedules
{
    /// <summary>Every few minutes; whole a quarter of an hour after a 25-hour day.</summary>
    public static readonly Schedule Running = new(
        FirstAt: Duration.FromMinutes(15),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.FromDays(3),
        CorrectionChecks: Duration.FromDays(1));
}
