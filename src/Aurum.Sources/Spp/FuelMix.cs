using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP generation by fuel, every 5 minutes, for each balancing authority.</summary>
/// <remarks>
/// <para>Source: portal, generation-mix-historical: the last two hours (GenMix2Hour) while a day runs, the last 365 days (GenMix365)
/// when it is over.</para>
/// <para>Shape: one row an instant, one or two columns a fuel: offered to the market and self-scheduled (<c>Coal Market</c>,
/// <c>Coal Self</c>, but <c>Natural Gas Market</c>, <c>Gas Self</c>), which are added up here; before 2018 one column a fuel. Names
/// are padded with blanks. Load stands beside them and is not taken.</para>
/// <para>Units: MW.</para>
/// <para>Time: GMT, at the instant in the file. Whether that begins or ends five minutes the publisher does not say.</para>
/// <para>Revisions: not documented; a day is looked at again for three days.</para>
/// </remarks>
public static class FuelMix
{
    /// <summary>First day on which the western authority ran its part of the market.</summary>
    public static readonly LocalDate WestBegins = new(2026, 4, 1);

    /// <summary>Time after a day's end from which the file of the year is asked for.</summary>
    public static readonly Duration YearFileAfter = Duration.FromMinutes(30);

    private static readonly string[] Fuels =
    [
        "Coal", "Diesel Fuel Oil", "Hydro", "Natural Gas", "Nuclear", "Solar", "Waste Disposal Services", "Wind", "Waste Heat", "Other",
    ];

    public static readonly Feed<GenerationRow> Spp = Of("spp/fuel-mix", SppPlaces.East, static _ => true);

    public static readonly Feed<GenerationRow> West = Of("spp/fuel-mix-west", SppPlaces.West, static date => date >= WestBegins);

    private static Feed<GenerationRow> Of(string id, string authority, Func<LocalDate, bool> runs) => new()
    {
        Id = new FeedId(id),
        Title = $"SPP generation by fuel in {authority}, 5 minutes",
        Facts = new FeedFacts(
            "SPP portal, generation-mix-historical",
            "about 10 fuels × 276, 288 or 300 readings; market and self-scheduled parts added up",
            "MW",
            "readings at an instant, GMT",
            "not documented"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(10),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(45),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(3),
            KeptDays: 365),
        Contract = IsoContract.Of("SPP", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Central, 0),
        Suite = "iso_genmix",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 0),
        MayBeEmpty = authority == SppPlaces.West,
        Table = PowerTables.Generation,
        Locate = (day, now) => runs(day.Date) ? Locate(authority, day, now) : [],
        Recognizes = head => IsGenMix(head) && IsOf(head, authority),
        Parse = (file, output) => SppFiles.Parse<GenerationRow>(
            file, output, (csv, answer, rows) => Read(csv, answer, rows, SppPlaces.Authority(authority))),
    };

    private static IReadOnlyList<FeedRequest> Locate(string authority, OperatingDay day, Instant now)
    {
        const string Report = "generation-mix-historical";
        return now < day.End + YearFileAfter
            ? [SppFiles.Download(Report, $"/{authority}/GenMix2Hour_{authority}.csv")]
            : [SppFiles.Download(Report, $"/{authority}/GenMix365_{authority}.csv") with { SharedFor = SppFiles.SharedFor }];
    }

    private static bool IsGenMix(FileHead head) =>
        (head.HeaderHas("GMT MKT Interval") || head.HeaderHas("GMTTime")) && head.HeaderHas("Coal", "Hydro", "Wind");

    private static bool IsOf(FileHead head, string authority) =>
        head.Name.Contains(SppPlaces.West, StringComparison.OrdinalIgnoreCase) == (authority == SppPlaces.West);

    private static IReadOnlyList<string> Read(CsvReader csv, FeedFile file, RowBuffer<GenerationRow> rows, Location authority)
    {
        var (from, to) = SppFiles.Stretch(file);
        var times = new StampColumn(
            csv, csv.Header.Required("GMT MKT Interval", "GMTTime"), TryParseGmt, "a time like 2026-04-01T16:55:00Z");
        csv.Header.Ignore("BAA", "Load", "Short Term Load Forecast", "Average Actual Load");
        var columns = ColumnsOf(csv.Header);
        if (columns.Count == 0)
        {
            csv.Header.Required("Coal Market", "Coal");
        }

        while (csv.Read())
        {
            var at = times.Read();
            if (at < from || at >= to)
            {
                continue;
            }

            foreach (var (fuel, market, self) in columns)
            {
                var mw = csv.NumberOrNaN(market) + (self >= 0 ? csv.NumberOrNaN(self) : 0);
                rows.Add(new GenerationRow(authority, fuel, DeliveryInterval.FromUnixSeconds(at, 0), Math.Round(mw, 6)));
            }
        }

        return [];
    }

    /// <summary>Position of each fuel's columns; the second is -1 where the file has one column a fuel.</summary>
    private static List<(Symbol Fuel, int Market, int Self)> ColumnsOf(CsvHeader header)
    {
        var columns = new List<(Symbol Fuel, int Market, int Self)>();
        foreach (var fuel in Fuels)
        {
            var isGas = fuel == "Natural Gas";
            var market = header.Optional($"{fuel} Market", fuel);
            var self = isGas ? header.Optional("Gas Self", "Natural Gas Self") : header.Optional($"{fuel} Self");
            if (market >= 0)
            {
                if (self < 0 && header.Has($"{fuel} Market"))
                {
                    // Half of a fuel is not the fuel.
                    header.Required(isGas ? "Gas Self" : $"{fuel} Self");
                }

                columns.Add((new Symbol(fuel), market, self));
            }
            else if (self >= 0)
            {
                header.Required($"{fuel} Market");
            }
        }

        return columns;
    }

    private static bool TryParseGmt(ReadOnlySpan<byte> text, out long unixSeconds) =>
        Stamps.TryParseInstant(text, out unixSeconds) || Stamps.TryParseLocal(text, out unixSeconds);
}
