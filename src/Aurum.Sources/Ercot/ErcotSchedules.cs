using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>When kinds of reports have a day.</summary>
internal static class ErcotSchedules
{
    /// <summary>Reports of dispatch runs: within minutes of each run, whole half an hour after the day's end at its longest.</summary>
    public static readonly Schedule Dispatch = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
        RefreshEvery: Duration.FromMinutes(15),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null);

    /// <summary>Dashboards: from the day's beginning, and whole until the end of the next day, when it goes.</summary>
    public static readonly Schedule Dashboard = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 2);
}
