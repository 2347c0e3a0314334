using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>When feeds of one market appear.</summary>
internal static class PjmSchedules
{
    /// <summary>With the results of the day-ahead market, in the early afternoon before. A day without a row counts as empty only when
    /// it begins: results may be late.</summary>
    public static readonly Schedule DayAhead = new(
        FirstAt: Duration.FromHours(-11),
        CompleteAt: Duration.Zero,
        RefreshEvery: Duration.FromHours(3),
        CorrectionsFor: Duration.FromDays(3),
        CorrectionChecks: Duration.FromDays(1));
}
