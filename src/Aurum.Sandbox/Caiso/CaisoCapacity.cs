using Aurum.Market.Power;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Caiso;

/// <summary>What the sandbox's CAISO says of reserves, interfaces and the fuels that its bids are made of.</summary>
internal sealed class CaisoCapacity(Grid california, Dice dice)
{
    private static readonly string[] Regions = ["AS_CAISO", "AS_CAISO_EXP", "AS_NP26", "AS_NP26_EXP", "AS_SP26", "AS_SP26_EXP"];

    /// <summary>Service, first part of its data items, share of the load that must be held.</summary>
    private static readonly (string Service, string Item, double Share)[] Services =
        [("NR", "NS", 0.03), ("RD", "RD", 0.015), ("RMD", "RMD", 0.04), ("RMU", "RMU", 0.04), ("RU", "RU", 0.015), ("SR", "SP", 0.03)];

    private static readonly (string Name, double Mw)[] Interfaces = [("MALIN500_ISL", 2700), ("PALOVRDE_ITC", 3100), ("CASCADE_ITC", 80)];

    private static readonly string[] UsageItems =
    [
        "TTC_MW", "OTC_MW", "TRM_MW", "TRM_UF_MW", "TRM_FTO_MW", "TRM_SPI_MW", "CBM_MW", "MKT_XFER_CAP_MW", "CONSTRAINT_MW",
        "ENE_IMPORT_MW", "AS_IMPORT_MW", "USEAGE_MW", "ATC_MW",
    ];

    private static readonly string[] FuelRegions = ["FRPGE1", "FRPGE1GHG", "FRSCE1", "FRSCE1GHG", "FRSDG1", "FRSDG1GHG"];

    public IReadOnlyList<CaisoQuantity> Requirements() =>
    [
        .. Regions.SelectMany(region => Services.SelectMany(s => ((string, double)[])[("MAX", 1.5), ("MIN", 1)], (s, bound) =>
            Reserve(region, s.Service, $"{s.Item}_REQ_{bound.Item1}_MW", "", at => bound.Item2 * Held(region, s.Share, at)))),
    ];

    /// <summary>Bought, self-provided, both, and the cost of what was bought.</summary>
    public IReadOnlyList<CaisoQuantity> Results() =>
    [
        .. Regions.SelectMany(region => Services.SelectMany(
            s => ((string, string)[])[("AS_BUY_MW", "PROC_MW"), ("AS_COST", "COST"), ("AS_MW", "TOT_MW"), ("AS_SELF_MW", "SPROC_MW")],
            (s, result) =>
            {
                var own = dice.For(region + s.Service);
                return Reserve(region, s.Service, $"{s.Item}_{result.Item2}", result.Item1, at =>
                {
                    var held = Held(region, s.Share, at);
                    var self = held * (0.2 + (0.1 * own.Smooth(at / 30_000.0)));
                    return result.Item1 switch
                    {
                        "AS_BUY_MW" => held - self,
                        "AS_SELF_MW" => self,
                        "AS_MW" => held,
                        _ => (held - self) * (4 + (3 * own.For(1).Smooth(at / 20_000.0))),
                    };
                });
            })),
    ];

    public IReadOnlyList<CaisoQuantity> Transmission() =>
    [
        .. Interfaces.SelectMany(i => ((string[])["E", "I"]).SelectMany(_ => UsageItems, (direction, item) =>
        {
            var own = dice.For(i.Name + direction);
            return new CaisoQuantity(
                new Location(i.Name, LocationType.Interface), direction, item,
                new Dictionary<string, string>
                {
                    ["TI_ID"] = i.Name,
                    ["TI_DIRECTION"] = direction,
                    ["TI_CONSTRAINT_ID"] = i.Name,
                    ["TR_TYPE"] = "ALL",
                    ["LABEL"] = item,
                    ["POS"] = "1",
                },
                at =>
                {
                    var used = i.Mw * (0.5 + (0.4 * own.Smooth(at / 18_000.0)));
                    return item switch
                    {
                        "TTC_MW" or "OTC_MW" or "MKT_XFER_CAP_MW" => i.Mw,
                        "ENE_IMPORT_MW" or "USEAGE_MW" => used,
                        "ATC_MW" => i.Mw - used,
                        _ => 0,
                    };
                });
        })),
    ];

    /// <summary>Gas by region, USD/MMBtu, one price a day; regions whose names end in GHG add the price of emissions.</summary>
    public IReadOnlyList<CaisoQuantity> Fuels() =>
    [
        .. FuelRegions.Select(region => new CaisoQuantity(
            new Location(region, LocationType.Zone), "", "FUEL_PRC",
            new Dictionary<string, string> { ["FUEL_REGION_ID_XML"] = region, ["FUEL_REGION_ID"] = region },
            at => 3.5 + dice.For(region[..6]).Smooth(Day(at) / 20.0)
                + (region.EndsWith("GHG", StringComparison.Ordinal) ? 0.053 * AllowanceUsd(at) : 0))),
    ];

    public IReadOnlyList<CaisoQuantity> Allowance() =>
    [
        new CaisoQuantity(
            new Location("CAISO", LocationType.System), "", "GHG_PRC_IDX", new Dictionary<string, string>(), AllowanceUsd),
    ];

    private static CaisoQuantity Reserve(string region, string service, string item, string result, Func<long, double> units)
    {
        var cells = new Dictionary<string, string>
        {
            ["ANC_TYPE"] = service,
            ["ANC_REGION"] = region,
            ["GRP"] = "ALL",
            ["UOM"] = result == "AS_COST" ? "US$" : "MW",
            ["POS"] = "1",
        };
        if (result.Length > 0)
        {
            cells["RESULT_TYPE"] = result;
        }

        return new CaisoQuantity(new Location(region, LocationType.Zone), service, item, cells, units);
    }

    /// <summary>The market's days change at 08:00 GMT in winter; a price of the day is the same for all of it to within an hour.</summary>
    private static long Day(long at) => (at - (8 * 3600)) / 86_400;

    private double AllowanceUsd(long at) => 34 + (4 * dice.For("allowance").Smooth(Day(at) / 30.0));

    private double Held(string region, double share, long at) => california.At(at + 1800).LoadMw * share
        * (region.Contains("26", StringComparison.Ordinal) ? 0.4 : 1) * (1 + (0.02 * dice.For(region).Smooth(at / 15_000.0)));
}
