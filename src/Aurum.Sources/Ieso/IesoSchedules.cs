using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>When IESO's reports appear, and how long they stay.</summary>
/// <remarks>Times: CreatedAt of recorded reports. Days kept: as listings of the public folders showed in 2026.</remarks>
internal static class IesoSchedules
{
    /// <summary>Reports of prices, adequacy and generators.</summary>
    public const int LongKeptDays = 90;

    /// <summary>Totals and forecasts.</summary>
    public const int ShortKeptDays = 30;

    /// <summary>In one piece, about half past twelve on the day before.</summary>
    public static readonly Schedule DayAhead = new(
        FirstAt: Duration.FromMinutes(-11 * 60 - 15),
        CompleteAt: Duration.FromHours(-10),
        RefreshEvery: null,
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1),
        LongKeptDays);

    /// <summary>Hourly demand in the file of a year, rewritten every hour.</summary>
    public static readonly Schedule Demand = new(
        FirstAt: Duration.FromMinutes(95),
        CompleteAt: Duration.FromHours(26),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));

    /// <summary>A file an hour, growing by an interval every 5 minutes.</summary>
    public static Schedule RealTime(Duration refreshEvery, int keptDays = LongKeptDays) => new(
        FirstAt: Duration.FromMinutes(15),
        CompleteAt: Duration.FromHours(24) + Duration.FromMinutes(20),
        RefreshEvery: refreshEvery,
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1),
        keptDays);
}
