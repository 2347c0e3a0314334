using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>Morning report and capacity forecast of the sandbox's web service.</summary>
internal static class IsoneDailyReports
{
    /// <summary>Days that the capacity forecast is for: the second to the seventh, counted from the day of making.</summary>
    private const int FirstDay = 2;
    private const int LastDay = 7;

    /// <summary>Quantities of the capacity forecast beside the peak, with their usual size, MW.</summary>
    private static readonly (string Name, int Mw)[] Capacity =
    [
        ("CsoMw", 30_300), ("TotAvailGenMw", 29_500), ("PeakImportMw", 2_988), ("TotAvailGenImportMw", 32_500),
        ("ColdWeatherOutagesMw", 320), ("OtherGenOutagesMw", 2_500), ("DelistMw", 2_170), ("ReqdReserveMw", 2_300),
        ("ReplReserveReqMw", 180), ("ReqdReserveInclReplMw", 2_480), ("TotLoadPlusReqdReserveMw", 19_000),
        ("SurplusDeficiencyMw", 12_500), ("RtdrMw", 200), ("RtegMw", 1),
    ];

    /// <summary>Quantities of the morning report beside the peak.</summary>
    private static readonly (string Name, int Mw)[] Morning =
    [
        ("PeakLoadYesterdayMw", 16_400), ("CsoMw", 30_300), ("CapAdditionsMw", 2_200), ("GenOutagesReductionMW", 1_300),
        ("UncommittedAvailGenMw", 15_200), ("NonCommUnitsCapMw", 10), ("NetCapDeliveryMw", -3_900), ("TotAvailCapMw", 20_000),
        ("CapRequiredMw", 18_000), ("SurplusDeficiencyMw", 2_000), ("LargestFirstContMw", 1_340), ("AmsPeakLoadExpMw", 20_300),
        ("TotalOperReserveReqMw", 2_230), ("TenMinReserveReqMw", 1_600), ("TenMinReserveEstMw", 1_620), ("ThirtyMinReserveReqMw", 620),
        ("ThirtyMinReserveEstMw", 2_630), ("ReplReserveRequiredMw", 180), ("ExpActOp4Mw", 20), ("AddlCapAvailOp4ActMw", 30),
        ("ExcessCommitMw", 1_830), ("UnitCommMinOrrMw", 40),
    ];

    public static IReadOnlyList<IsoneDataset> Datasets(IsoneBooks books) =>
    [
        new("sevendayforecast", "SevenDayForecasts", "MarketDay", "PeakLoadMw", [""], (to, asked, now) =>
        {
            foreach (var (ahead, day) in IsMade(IsoneIssues.Capacity(asked.Day), now) ? CapacityDays(asked.Day) : [])
            {
                to.Begin(day.Start.ToUnixTimeSeconds());
                to.Attribute("Day", $"{ahead}");
                to.Text("MarketDate", IsoneText.Stamp(day));
                Write(to, CapacityOf(books, asked.Day, day));
                to.Text("PowerWatch", "N");
                to.End();
            }
        })
        {
            HasAttribute = true,
            Outer = static day => ("SevenDayForecast",
                [("BeginDate", IsoneText.Stamp(day)), ("CreationDate", IsoneText.Stamp(IsoneIssues.Capacity(day)))]),
        },
        new("morningreport", "MorningReports", "MorningReport", "PeakLoadTodayMw", [""], (to, asked, now) =>
        {
            if (IsMade(IsoneIssues.Morning(asked.Day), now))
            {
                to.Begin(asked.Day.Start.ToUnixTimeSeconds());
                to.Text("BeginDate", IsoneText.Stamp(asked.Day));
                to.Text("CreationDate", IsoneText.Stamp(IsoneIssues.Morning(asked.Day)));
                to.Text("ReportType", "Final");
                Write(to, MorningOf(books, asked.Day));
                to.End();
            }
        }),
    ];

    public static bool IsMade(long created, Instant now) => created <= now.ToUnixTimeSeconds();

    public static IEnumerable<(int Ahead, OperatingDay Day)> CapacityDays(OperatingDay asked) =>
        Enumerable.Range(FirstDay, LastDay - FirstDay + 1)
            .Select(ahead => (ahead, new OperatingDay(asked.Date.PlusDays(ahead - 1), MarketZones.Eastern)));

    /// <summary>What is expected of a day, whole MW, as made on another.</summary>
    public static IEnumerable<(string Name, long Mw)> CapacityOf(IsoneBooks books, OperatingDay made, OperatingDay day) =>
        Capacity.Select(q => (q.Name, books.Quantity(q.Name, q.Mw, day)))
            .Prepend(("PeakLoadMw", books.Peak(day, IsoneIssues.Capacity(made)) * 10));

    public static IEnumerable<(string Name, long Mw)> MorningOf(IsoneBooks books, OperatingDay day) =>
        Morning.Select(q => (q.Name, books.Quantity(q.Name, q.Mw, day)))
            .Prepend(("PeakLoadTodayMw", books.Peak(day, IsoneIssues.Morning(day)) * 10));

    private static void Write(IsoneRecords to, IEnumerable<(string Name, long Mw)> quantities)
    {
        foreach (var (name, mw) in quantities)
        {
            to.Number(name, mw, 0);
        }
    }
}
