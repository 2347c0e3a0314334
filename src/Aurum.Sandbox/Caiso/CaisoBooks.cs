using Aurum.Market.Power;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>Everything that the sandbox's CAISO knows.</summary>
internal sealed class CaisoBooks
{
    private readonly Dice _dice;

    public CaisoBooks(World world)
    {
        _dice = world.Dice.For("caiso books");
        var mended = new Corrections(_dice.For("price corrections"), 0.05, 6);
        PriceBook Prices(string name, bool isRealTime, int minutes, Release release, PriceChecks? checks = null) => new(
            new PriceMarket(world.California, _dice.For(name), 5, isRealTime), world.CaisoPlaces, minutes, 1, release, mended, checks);

        // Twenty minutes: who looks every quarter of an hour sees each provisional price.
        var checks = world.Options.HasPriceChecks ? new PriceChecks(_dice.For("price checks"), 6, delayMinutes: 20) : null;

        DayAhead = Prices("day ahead", false, 60, Release.DayBefore(13));
        RealTime = Prices("real time", true, 5, Release.AfterEnd(Duration.FromMinutes(2)), checks);
        FifteenMinute = Prices("fifteen minute", true, 15, Release.AfterEnd(Duration.FromMinutes(2)));
        HourAhead = Prices("hour ahead", true, 15, Release.AfterEnd(Duration.Zero));

        var loads = new CaisoLoads(world.California, _dice.For("loads"));
        var mendedLoad = new Corrections(_dice.For("load corrections"), 0.06, 0.01);
        LoadActual = new(loads.Actual("ACTUAL", "Total Actual Hourly Integrated Load", "SYS_FCST_ACT_MW"), 3600, 0,
            Release.AfterEnd(Duration.FromMinutes(70)), mendedLoad);
        LoadDayAhead = new(loads.Forecast("DAM", "Demand Forecast Day Ahead", "SYS_FCST_DA_MW", 0.012, 3600), 3600, 2,
            Release.DayBefore(9, 10), Corrections.None);
        LoadTwoDay = new(loads.Forecast("2DA", "Demand Forecast 2-Day Ahead", "SYS_FCST_2DA_MW", 0.018, 3600), 3600, 2,
            Release.DaysBefore(2, 9, 10), Corrections.None);
        LoadSevenDay = new(loads.Forecast("7DA", "Demand Forecast 7-Day Ahead", "SYS_FCST_7DA_MW", 0.04, 3600), 3600, 2,
            Release.DaysBefore(7, 9, 10), Corrections.None);
        LoadRealTime = new(loads.Forecast("RTPD", "RTM 15Min Load Forecast", "SYS_FCST_15MIN_MW", 0.006, 900), 900, 2,
            Release.AfterEnd(Duration.FromMinutes(-20)), Corrections.None);
        LoadFiveMinute = new(loads.Forecast("RTD", "RTM 5Min Load Forecast", "SYS_FCST_5MIN_MW", 0.004, 300), 300, 2,
            Release.AfterEnd(Duration.FromMinutes(-5)), Corrections.None);

        var others = new CaisoSchedules(world.California, _dice.For("schedules"));
        RenewableDayAhead = new(others.Renewables("Renewable Forecast Day Ahead", "RENEW_FCST_DA_MW", 0.08), 3600, 2,
            Release.DayBefore(9, 10), Corrections.None);
        RenewableActual = new(others.Renewables("Renewable Actual", "RENEW_FCST_ACT_MW", 0), 3600, 2,
            Release.AfterEnd(Duration.FromMinutes(70)), new Corrections(_dice.For("renewable corrections"), 0.1, 0.02));
        RenewableHourAhead = new(others.Renewables("Renewable Forecast HASP", "RENEW_FCST_HASP_MW", 0.06), 3600, 2,
            Release.AfterEnd(Duration.FromMinutes(-75)), Corrections.None);
        RenewableFifteenMinute = new(others.Renewables("Renewable Forecast 15Min", "RENEW_FCST_15MIN_MW", 0.04), 900, 2,
            Release.AfterEnd(Duration.FromMinutes(-20)), Corrections.None);
        RenewableFiveMinute = new(others.Renewables("Renewable Forecast 5Min", "RENEW_FCST_5MIN_MW", 0.03), 300, 2,
            Release.AfterEnd(Duration.FromMinutes(-5)), Corrections.None);
        Schedules = new(others.Schedules(), 3600, 2, Release.DayBefore(13), Corrections.None);
        Reserves = new(others.Reserves(), 3600, 2, Release.DayBefore(13), new Corrections(_dice.For("reserve corrections"), 0.03, 0.1));
        var capacity = new CaisoCapacity(world.California, _dice.For("capacity"));
        var mendedReserves = new Corrections(_dice.For("later reserve corrections"), 0.03, 0.1);
        ReservesHourAhead = new(others.Reserves("reserves hour ahead", isRealTime: true), 3600, 2,
            Release.AfterEnd(Duration.FromMinutes(-30)), mendedReserves);
        ReservesFifteenMinute = new(others.Reserves("reserves fifteen minute", isRealTime: true), 900, 2,
            Release.AfterEnd(Duration.FromMinutes(2)), mendedReserves);
        ReserveRequirements = new(capacity.Requirements(), 3600, 2, Release.DayBefore(13), Corrections.None);
        ReserveResults = new(capacity.Results(), 3600, 2, Release.DayBefore(13), mendedReserves);
        TransmissionUsage = new(capacity.Transmission(), 3600, 2, Release.DayBefore(13), Corrections.None);
        Bids = [new CaisoBids("DAM", _dice.For("bids")), new CaisoBids("RTM", _dice.For("real-time bids"))];
        Outlook = new CaisoOutlook(world.California, _dice.For("outlook"));
        FuelPrices = new(capacity.Fuels(), 3600, 2, Release.DayBefore(20), Corrections.None);
        GhgAllowance = new(capacity.Allowance(), 3600, 2, Release.DayBefore(20), Corrections.None);
    }

    public PriceBook DayAhead { get; }

    public PriceBook RealTime { get; }

    public PriceBook FifteenMinute { get; }

    public PriceBook HourAhead { get; }

    public CaisoQuantities LoadActual { get; }

    public CaisoQuantities LoadDayAhead { get; }

    public CaisoQuantities LoadTwoDay { get; }

    public CaisoQuantities LoadSevenDay { get; }

    public CaisoQuantities LoadRealTime { get; }

    public CaisoQuantities LoadFiveMinute { get; }

    public CaisoQuantities RenewableDayAhead { get; }

    public CaisoQuantities RenewableActual { get; }

    public CaisoQuantities Schedules { get; }

    public CaisoQuantities Reserves { get; }

    public CaisoQuantities RenewableHourAhead { get; }

    public CaisoQuantities RenewableFifteenMinute { get; }

    public CaisoQuantities RenewableFiveMinute { get; }

    public CaisoQuantities ReservesHourAhead { get; }

    public CaisoQuantities ReservesFifteenMinute { get; }

    public CaisoQuantities ReserveRequirements { get; }

    public CaisoQuantities ReserveResults { get; }

    public CaisoQuantities TransmissionUsage { get; }

    /// <summary>Public bids of the day-ahead and of the real-time market.</summary>
    public IReadOnlyList<CaisoBids> Bids { get; }

    public CaisoOutlook Outlook { get; }

    public CaisoQuantities FuelPrices { get; }

    public CaisoQuantities GhgAllowance { get; }
}

/// <summary>Loads of the ISO's own areas and of its western neighbours, metered and forecast.</summary>
internal sealed class CaisoLoads(Grid california, Dice dice)
{
    /// <summary>Areas in the order of the report, with their share of the ISO's load (or their own mean load) and their POS.</summary>
    private static readonly (string Name, double Share, double LoadMw, string Position)[] Areas =
    [
        ("AVA", 0, 1400, "0.8"), ("AZPS", 0, 4200, "0.8"), ("BANC", 0, 2100, "0.8"), ("BPAT", 0, 6800, "0.8"), ("CA ISO-TAC", 1, 0, "0"),
        ("IPCO", 0, 2100, "0.8"), ("LADWP", 0, 3200, "0.8"), ("MWD-TAC", 0.006, 0, "0.3"), ("NEVP", 0, 4300, "0.8"),
        ("PACE", 0, 5800, "0.8"),
        ("PACW", 0, 2500, "0.8"), ("PGE", 0, 2400, "0.8"), ("PGE-TAC", 0.432, 0, "0.1"), ("PSEI", 0, 3300, "0.8"),
        ("SCE-TAC", 0.466, 0, "0.2"),
        ("SDGE-TAC", 0.092, 0, "0.4"), ("SRP", 0, 3900, "0.8"), ("VEA-TAC", 0.004, 0, "0.5"),
    ];

    public IReadOnlyList<CaisoQuantity> Actual(string run, string label, string item) =>
        [.. Areas.Select(a => Quantity(a.Name, "7" + a.Position[1..], run, label, item, Load(a.Name, a.Share, a.LoadMw)))];

    /// <param name="run">Execution type.</param>
    /// <param name="label">Label for people.</param>
    /// <param name="item">Data item.</param>
    /// <param name="error">Typical error of the forecast, as a share.</param>
    /// <param name="seconds">Length of an interval.</param>
    public IReadOnlyList<CaisoQuantity> Forecast(string run, string label, string item, double error, int seconds) =>
    [
        .. Areas.Select(a =>
        {
            var load = Load(a.Name, a.Share, a.LoadMw);
            var own = dice.For(run).For(a.Name);
            return Quantity(a.Name, a.Position, run, label, item, at =>
                load(at + (seconds / 2) - 1800) * (1 + (error * own.Smooth(at / 18_000.0))));
        }),
    ];

    private static CaisoQuantity Quantity(
        string area, string position, string run, string label, string item, Func<long, double> load) => new(
        new Location(area, area == "CA ISO-TAC" ? LocationType.System : LocationType.Zone), "", item,
        new Dictionary<string, string>
        {
            ["LOAD_TYPE"] = "0",
            ["TAC_AREA_NAME"] = area,
            ["LABEL"] = label,
            ["POS"] = position,
            ["EXECUTION_TYPE"] = run,
        },
        load);

    private Func<long, double> Load(string area, double share, double loadMw)
    {
        var own = dice.For(area);
        var grid = share > 0 ? california : new Grid(own, GridShape.California with { BaseLoadMw = loadMw });
        var part = share > 0 ? share : 1;
        var wobble = share is 1 or 0 ? 0 : 0.01;
        return at => grid.At(at + 1800).LoadMw * part * (1 + (wobble * own.Smooth(at / 9000.0)));
    }
}

/// <summary>Day-ahead schedules, wind and sun by hub, and reserve prices.</summary>
internal sealed class CaisoSchedules(Grid california, Dice dice)
{
    private static readonly (string Zone, double Share)[] Zones =
        [("TAC_ECNTR", 0.46), ("TAC_NCNTR", 0.01), ("TAC_NORTH", 0.43), ("TAC_SOUTH", 0.1)];

    /// <summary>Service, data item, share of the energy price.</summary>
    private static readonly (string Service, string Item, double Level)[] Services =
    [
        ("NR", "NS_CLR_PRC", 0.02), ("RD", "RD_CLR_PRC", 0.14), ("RMD", "RMD_CLR_PRC", 0.004), ("RMU", "RMU_CLR_PRC", 0.005),
        ("RU", "RU_CLR_PRC", 0.16), ("SR", "SP_CLR_PRC", 0.09),
    ];

    private static readonly string[] Regions = ["AS_CAISO", "AS_CAISO_EXP", "AS_NP26", "AS_NP26_EXP", "AS_SP26", "AS_SP26_EXP"];

    /// <param name="label">Label for people.</param>
    /// <param name="item">Data item.</param>
    /// <param name="error">Typical error, as a share; 0 for what was metered.</param>
    public IReadOnlyList<CaisoQuantity> Renewables(string label, string item, double error)
    {
        CaisoQuantity Of(string hub, string type, double share, string position)
        {
            var own = dice.For(hub + type);
            return new CaisoQuantity(
                new Location(hub, LocationType.Hub), type, item,
                new Dictionary<string, string>
                {
                    ["TRADING_HUB"] = hub,
                    ["RENEWABLE_TYPE"] = type,
                    ["LABEL"] = label,
                    ["MARKET_RUN_ID_POS"] = error > 0 ? "1" : "4",
                    ["RENEW_POS"] = position,
                },
                at =>
                {
                    var state = california.At(at + 1800);
                    var mw = (type == "Solar" ? state.SolarMw : state.WindMw) * share * (1 + (0.1 * own.Smooth(at / 30_000.0)));
                    return type == "Solar" && mw < 0.01 ? -0.4 * own.Unit(at / 3600)
                        : mw * (1 + (error * own.For(9).Smooth(at / 14_400.0)));
                });
        }

        return
        [
            Of("NP15", "Solar", 0.24, "1"), Of("NP15", "Wind", 0.36, "2"), Of("SP15", "Solar", 0.6, "3"),
            Of("SP15", "Wind", 0.64, "4"), Of("ZP26", "Solar", 0.16, "5"),
        ];
    }

    public IReadOnlyList<CaisoQuantity> Schedules()
    {
        var all = new List<CaisoQuantity>();
        foreach (var (schedule, part) in ((string, string)[])[
            ("Export", "EXP"), ("Generation", "GEN"), ("Import", "IMP"), ("Load", "LOAD")])
        {
            all.Add(Schedule("Caiso_Totals", "ALL", schedule, $"ISO_TOT_{part}_MW",
                Array.IndexOf(["EXP", "IMP", "GEN", "LOAD"], part) + 1, 1));
        }

        all.Add(Schedule("NONTAC", "LOAD", "Load", "TOT_LOAD_MW", 8, 0.004));
        foreach (var (zone, share) in Zones)
        {
            if (zone != "TAC_NCNTR")
            {
                all.Add(Schedule(zone, "ETIE", "Export", "TOT_EXP_MW", 5, share));
            }

            all.Add(Schedule(zone, "GEN", "Generation", "TOT_GEN_MW", 7, share));
            all.Add(Schedule(zone, "ITIE", "Import", "TOT_IMP_MW", 6, share));
            all.Add(Schedule(zone, "LOAD", "Load", "TOT_LOAD_MW", 8, share));
        }

        return all;
    }

    /// <summary>Prices of reserves, USD/MW: a share of what energy is worth, never below zero, higher in the south.</summary>
    public IReadOnlyList<CaisoQuantity> Reserves(string name = "reserves", bool isRealTime = false)
    {
        var market = new PriceMarket(california, dice.For(name), 2, isRealTime);
        return
        [
            .. Regions.SelectMany(region => Services.Select(s =>
            {
                var own = dice.For(region + s.Service);
                var south = region.Contains("SP26", StringComparison.Ordinal) ? 1.12 : 1.0;
                return new CaisoQuantity(
                    new Location(region, region is "AS_CAISO" or "AS_CAISO_EXP" ? LocationType.System : LocationType.Zone),
                    s.Service, s.Item,
                    new Dictionary<string, string> { ["ANC_REGION"] = region, ["ANC_TYPE"] = s.Service, ["POS"] = "1" },
                    at =>
                    {
                        var energyUsd = Math.Max(0, (market.At(at, 3600).Energy / 100.0) + 20);
                        return energyUsd * s.Level * south * (1 + (0.4 * own.Smooth(at / 12_000.0)));
                    });
            })),
        ];
    }

    private CaisoQuantity Schedule(string zone, string type, string schedule, string item, int position, double share)
    {
        var (loads, imports, exports) = (dice.For(zone + "Load"), dice.For(zone + "Import"), dice.For(zone + "Export"));
        return new CaisoQuantity(
            new Location(zone, LocationType.Zone), "", item,
            new Dictionary<string, string>
            {
                ["SLRS_TYPE"] = type,
                ["TAC_ZONE_NAME"] = zone,
                ["SCHEDULE"] = schedule,
                ["POS"] = $"{position}",
            },
            at =>
            {
                var load = california.At(at + 1800).LoadMw * (1 + (0.006 * loads.Smooth(at / 20_000.0)));
                var import = 5200 + (1500 * imports.For(1).Smooth(at / 25_000.0));
                var export = 900 + (500 * exports.For(2).Smooth(at / 25_000.0));
                return share * schedule switch
                {
                    "Load" => load,
                    "Import" => import,
                    "Export" => export,
                    _ => load - import + export,
                };
            });
    }
}
