using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>The reports of the sandbox's OASIS, written out, with the column orders of the real ones.</summary>
/// <remarks>Column orders: recorded files for PRC_LMP, SLD_FCST and ENE_SLRS; the header lists of other collectors for PRC_RTPD_LMP,
/// PRC_INTVL_LMP (OPR_INTERVAL behind the price, which is called PRC and VALUE), AS_RESULTS, TRNS_USAGE and PRC_FUEL; descriptions for
/// the others.</remarks>
internal static class OasisReports
{
    private const int MonthHours = 31 * 24;

    private static readonly string[] PriceColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP");

    private static readonly string[] FifteenMinuteColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,PRC,OPR_INTERVAL,GROUP");

    private static readonly string[] FiveMinuteColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,VALUE,OPR_INTERVAL,GROUP");

    private static readonly string[] LoadColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,LOAD_TYPE,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,TAC_AREA_NAME,LABEL,XML_DATA_ITEM,POS,MW,EXECUTION_TYPE,GROUP");

    private static readonly string[] RenewableColumns = Split(
        "OPR_DT,OPR_HR,OPR_INTERVAL,INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,TRADING_HUB,RENEWABLE_TYPE,LABEL,XML_DATA_ITEM,MARKET_RUN_ID_POS,RENEW_POS,MW,MARKET_RUN_ID,GROUP");

    private static readonly string[] ScheduleColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,SLRS_TYPE,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,TAC_ZONE_NAME,SCHEDULE,XML_DATA_ITEM,POS,MW,GROUP");

    private static readonly string[] ReserveColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,ANC_TYPE,ANC_REGION,XML_DATA_ITEM,POS,MW,GROUP");

    private static readonly string[] RequirementColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,ANC_TYPE,ANC_REGION,MARKET_RUN_ID,XML_DATA_ITEM,POS,MW,GROUP");

    private static readonly string[] ResultColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,ANC_TYPE,ANC_REGION,GRP,MARKET_RUN_ID,RESULT_TYPE,UOM,POS,XML_DATA_ITEM,MW,GROUP");

    private static readonly string[] UsageColumns = Split(
        "OPR_DT,OPR_HR,INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,TI_ID,TI_DIRECTION,MARKET_RUN_ID,TI_CONSTRAINT_ID,TR_TYPE,XML_DATA_ITEM,LABEL,POS,OPR_INTERVAL,MW,GROUP");

    private static readonly string[] FuelColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,FUEL_REGION_ID_XML,FUEL_REGION_ID,PRC,GROUP");

    private static readonly string[] AllowanceColumns = Split(
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,GHG_PRC_IDX,GROUP");

    public static IReadOnlyList<OasisReport> Of(CaisoBooks books) =>
    [
        Prices("PRC_LMP", "DAM", PriceColumns, "MW", MonthHours, books.DayAhead),
        Prices("PRC_INTVL_LMP", "RTM", FiveMinuteColumns, "VALUE", MonthHours, books.RealTime),
        Prices("PRC_RTPD_LMP", "RTPD", FifteenMinuteColumns, "PRC", MonthHours, books.FifteenMinute),
        Prices("PRC_HASP_LMP", "HASP", PriceColumns, "MW", 1, books.HourAhead),
        Quantities("SLD_FCST", "ACTUAL", LoadColumns, books.LoadActual),
        Quantities("SLD_FCST", "DAM", LoadColumns, books.LoadDayAhead),
        Quantities("SLD_FCST", "2DA", LoadColumns, books.LoadTwoDay),
        Quantities("SLD_FCST", "7DA", LoadColumns, books.LoadSevenDay),
        Quantities("SLD_FCST", "RTM", LoadColumns, books.LoadRealTime),
        Quantities("SLD_FCST", "RTM", LoadColumns, books.LoadFiveMinute),
        Quantities("SLD_REN_FCST", "DAM", RenewableColumns, books.RenewableDayAhead),
        Quantities("SLD_REN_FCST", "ACTUAL", RenewableColumns, books.RenewableActual),
        Quantities("ENE_SLRS", "DAM", ScheduleColumns, books.Schedules),
        Quantities("SLD_REN_FCST", "HASP", RenewableColumns, books.RenewableHourAhead),
        Quantities("SLD_REN_FCST", "RTPD", RenewableColumns, books.RenewableFifteenMinute),
        Quantities("SLD_REN_FCST", "RTD", RenewableColumns, books.RenewableFiveMinute),
        Quantities("PRC_AS", "DAM", ReserveColumns, books.Reserves),
        Quantities("PRC_AS", "HASP", ReserveColumns, books.ReservesHourAhead),
        Quantities("PRC_INTVL_AS", "RTM", ReserveColumns, books.ReservesFifteenMinute),
        Quantities("AS_REQ", "DAM", RequirementColumns, books.ReserveRequirements),
        Quantities("AS_RESULTS", "DAM", ResultColumns, books.ReserveResults),
        Quantities("TRNS_USAGE", "DAM", UsageColumns, books.TransmissionUsage),
        Quantities("PRC_FUEL", "", FuelColumns, books.FuelPrices, "PRC"),
        Quantities("PRC_GHG_ALLOWANCE", "", AllowanceColumns, books.GhgAllowance, "GHG_PRC_IDX"),
    ];

    private static string[] Split(string columns) => columns.Split(',');

    private static OasisReport Prices(string query, string run, string[] columns, string valueColumn, int mostHours, PriceBook book) => new(
        query, run, book.Seconds, columns, valueColumn, book.Decimals, mostHours, book.Release,
        (asked, day, now) => PriceBlocks(run, asked, book, day, now));

    private static IEnumerable<OasisBlock> PriceBlocks(string run, Query asked, PriceBook book, OperatingDay day, Instant now)
    {
        var group = asked["grp_type"];
        var names = asked["node"]?.Split(',').ToHashSet();
        MarketState[][]? states = null;
        OasisSpan? known = null;
        foreach (var (place, correction) in book.Corrected(day, now))
        {
            var isAsked = group switch
            {
                "ALL" => true,
                "ALL_APNODES" => place.Id.EndsWith("APND", StringComparison.Ordinal),
                _ => names?.Contains(place.Id) == true,
            };
            if (isAsked)
            {
                yield return new OasisBlock(PriceGroups(run, group ?? "ALL", place), (span, values) =>
                {
                    if (span != known)
                    {
                        known = span;
                        states = [.. span.Starts.Select(book.States)];
                    }

                    Fill(book, place, correction, now, span, states!, values);
                });
            }
        }
    }

    private static void Fill(
        PriceBook book, Place place, double correction, Instant now, OasisSpan span, MarketState[][] states, long[][] values)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var price = book.Price(states[i], place, correction + book.ProvisionalUsd(place, span.Starts[i], now));
            values[0][i] = price.Lmp;
            values[1][i] = price.Congestion;
            values[2][i] = price.Energy;
            values[3][i] = price.Loss;
            values[4][i] = price.Ghg;
        }
    }

    private static OasisGroup[] PriceGroups(string run, string group, Place place) =>
    [
        .. OasisReport.Parts.Select(part => new OasisGroup(
            new Dictionary<string, string>
            {
                ["NODE_ID_XML"] = place.Id,
                ["NODE_ID"] = place.Id,
                ["NODE"] = place.Id,
                ["MARKET_RUN_ID"] = run,
                ["LMP_TYPE"] = part.Type,
                ["XML_DATA_ITEM"] = part.Item,
                ["PNODE_RESMRID"] = place.Id,
                ["GRP_TYPE"] = group,
                ["POS"] = "1",
            },
            part.Item, place.Id, place)),
    ];

    private static OasisReport Quantities(
        string query, string run, string[] columns, CaisoQuantities book, string valueColumn = "MW") => new(
        query, run, book.Seconds, columns, valueColumn, book.Decimals, MonthHours, book.Release,
        (asked, day, now) => book.Series.Where(s => IsAsked(s, asked)).Select(s => new OasisBlock(
            [Group(run, s)],
            (span, values) =>
            {
                for (var i = 0; i < span.Starts.Length; i++)
                {
                    values[0][i] = book.Value(s, span.Starts[i], day, now);
                }
            })));

    /// <summary>Parameters such as <c>anc_type=SR</c> or <c>execution_type=RTPD</c> pick series by the cell of that name.</summary>
    private static bool IsAsked(CaisoQuantity series, Query asked)
    {
        foreach (var (column, value) in series.Cells)
        {
            if (asked[column] is { } wanted and not "ALL" && !wanted.Split(',').Contains(value))
            {
                return false;
            }
        }

        return true;
    }

    private static OasisGroup Group(string run, CaisoQuantity series) => new(
        new Dictionary<string, string>(series.Cells) { ["MARKET_RUN_ID"] = run, ["XML_DATA_ITEM"] = series.Item },
        series.Item, series.Cells.ContainsKey("TRADING_HUB") ? "" : series.Place.Id, null);
}
