using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>When dashboards have a day: from its beginning, and whole until the end of the next day, when it goes.</summary>
internal static class ErcotSchedules
{
    public static readonly Schedule Dashboard = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 2);
}
