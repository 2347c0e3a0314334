using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>The reports of the sandbox's public API, written out.</summary>
/// <remarks>Fields of np4-190-cd as recorded; of the others as public clients of the API name them.</remarks>
internal sealed class ErcotReports(ErcotBooks books)
{
    /// <summary>The model of the forecast by forecast zone.</summary>
    public const string ZoneModel = "Z";

    /// <summary>The models of the forecast by weather zone, and which of them is in use.</summary>
    public static readonly IReadOnlyList<(string Name, bool IsUsed)> Models = [("A3", false), ("E", true)];

    /// <summary>Types under which places with two types stand a second time in real-time prices, with the same price.</summary>
    public static string? SecondType(Place place) => place.TypeText switch
    {
        "LZ" => "LZEW",
        "LZ_DC" => "LZ_DCEW",
        _ => null,
    };

    public IReadOnlyList<ErcotReport> All { get; } = Make(books);

    private static ErcotReport[] Make(ErcotBooks books) =>
    [
        new("np4-190-cd", "dam_stlmnt_pnt_prices", "DAM Settlement Point Prices", "12331", "deliveryDate",
            "deliveryDate: DESC,hourEnding: ASC,settlementPoint: ASC", "settlementPointPrice",
            [
                new("deliveryDate", "Delivery Date", "DATE"), new("hourEnding", "Hour Ending", "VARCHAR"),
                new("settlementPoint", "Settlement Point", "VARCHAR"), new("settlementPointPrice", "Settlement Point Price", "DOUBLE"),
                new("DSTFlag", "DST Flag", "BOOLEAN"),
            ],
            (page, query, day, now) => WriteDayAhead(books.DayAhead, page, query, day, now)),
        new("np6-905-cd", "spp_node_zone_hub", "Settlement Point Prices at Resource Nodes, Hubs and Load Zones", "12301", "deliveryDate",
            "deliveryDate: DESC,deliveryHour: ASC,deliveryInterval: ASC,settlementPoint: ASC", "settlementPointPrice",
            [
                new("deliveryDate", "Delivery Date", "DATE"), new("deliveryHour", "Delivery Hour", "INTEGER"),
                new("deliveryInterval", "Delivery Interval", "INTEGER"), new("settlementPoint", "Settlement Point", "VARCHAR"),
                new("settlementPointType", "Settlement Point Type", "VARCHAR"),
                new("settlementPointPrice", "Settlement Point Price", "DOUBLE"),
                new("DSTFlag", "DST Flag", "BOOLEAN"),
            ],
            (page, query, day, now) => WriteRealTime(books.RealTime, page, query, day, now)),
        new("np6-788-cd", "lmp_node_zone_hub", "LMPs by Resource Nodes, Load Zones and Trading Hubs", "12300", "SCEDTimestamp",
            "SCEDTimestamp: DESC,settlementPoint: ASC", "LMP",
            [
                new("SCEDTimestamp", "SCED Timestamp", "TIMESTAMP"), new("repeatHourFlag", "Repeat Hour Flag", "BOOLEAN"),
                new("settlementPoint", "Settlement Point", "VARCHAR"), new("LMP", "LMP", "DOUBLE"),
            ],
            (page, query, day, now) => WriteDispatch(books, page, query, day, now), IsSparse: true),
        Load("np6-346-cd", "act_sys_load_by_fzn", "Actual System Load by Forecast Zone", "14836", books.ForecastZones,
            ["north", "south", "west", "houston"], books),
        Load("np6-345-cd", "act_sys_load_by_wzn", "Actual System Load by Weather Zone", "13101", books.WeatherZones,
            ["coast", "east", "farWest", "north", "northC", "southern", "southC", "west"], books),
        LoadForecast(books),
        Renewable("np4-732-cd", "wpp_hrly_avrg_actl_fcast", "Wind Power Production - Hourly Averaged Actual and Forecasted Values", "13028",
            isWind: true, books.Regions(isWind: true), books),
        Renewable("np4-737-cd", "spp_hrly_avrg_actl_fcast",
            "Solar Power Production - Hourly Averaged Actual and Forecasted Values", "13483",
            isWind: false, books.Regions(isWind: false), books),
        Renewable("np4-742-cd", "wpp_hrly_actual_fcast_geo",
            "Wind Power Production - Hourly Averaged Actual and Forecasted Values by Geographical Region", "14787",
            isWind: true, books.Geography(isWind: true), books),
        Renewable("np4-745-cd", "spp_hrly_actual_fcast_geo",
            "Solar Power Production - Hourly Averaged Actual and Forecasted Values by Geographical Region", "21809",
            isWind: false, books.Geography(isWind: false), books),
        ZoneForecast(books),
    ];

    private static bool IsAsked(Place place, string type, Query query) =>
        (query["settlementPoint"] is not { } point || point == place.Id)
            && (query["settlementPointType"] is not { } wanted || wanted == type);

    private static void WriteDayAhead(PriceBook book, ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        foreach (var starts in ErcotHour.Labels(book.Starts(day, now)))
        {
            var states = starts.Select(book.States).ToArray();
            foreach (var (place, correction) in book.Corrected(day, now))
            {
                for (var i = 0; IsAsked(place, place.TypeText, query) && i < starts.Count; i++)
                {
                    if (page.Begin(starts[i], place))
                    {
                        var hour = ErcotHour.Of(starts[i]);
                        page.Date(hour);
                        page.HourEnding(hour);
                        page.Quoted(place.Id);
                        page.Value(book.Price(states[i], place, correction).Lmp);
                        page.Flag(hour.IsRepeated);
                        page.End();
                    }
                }
            }
        }
    }

    private static void WriteRealTime(PriceBook book, ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        var dayStart = day.Start.ToUnixTimeSeconds();
        foreach (var start in book.Starts(day, now))
        {
            var hour = ErcotHour.Of(start - ((start - dayStart) % 3600));
            var part = ((start - dayStart) % 3600 / 900) + 1;
            var states = book.States(start);
            foreach (var (place, correction) in book.Corrected(day, now))
            {
                var price = book.Price(states, place, correction).Lmp;
                Row(place, place.TypeText);
                if (SecondType(place) is { } second)
                {
                    Row(place, second);
                }

                void Row(Place point, string type)
                {
                    if (IsAsked(point, type, query) && page.Begin(start, point))
                    {
                        page.Date(hour);
                        page.Whole(hour.Ending);
                        page.Whole(part);
                        page.Quoted(point.Id);
                        page.Quoted(type);
                        page.Value(price);
                        page.Flag(hour.IsRepeated);
                        page.End();
                    }
                }
            }
        }
    }

    private static void WriteDispatch(ErcotBooks books, ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        var book = books.Dispatch;
        foreach (var (slot, run) in books.Runs(day, now).OrderByDescending(r => r.Run))
        {
            var states = book.States(slot);
            var isRepeated = ErcotHour.Of(run).IsRepeated;
            foreach (var (place, correction) in book.Corrected(day, now))
            {
                if (IsAsked(place, place.TypeText, query) && page.Begin(slot, place))
                {
                    page.Stamp(run);
                    page.Flag(isRepeated);
                    page.Quoted(place.Id);
                    page.Value(book.Price(states, place, correction).Lmp);
                    page.End();
                }
            }
        }
    }

    private static ErcotReport Load(
        string emil, string endpoint, string title, string typeId, IReadOnlyList<ErcotZone> zones, string[] columns,
        ErcotBooks books) => new(
        emil, endpoint, title, typeId, "operatingDay", "operatingDay: DESC,hourEnding: ASC", "total",
        [
            new("operatingDay", "Operating Day", "DATE"), new("hourEnding", "Hour Ending", "VARCHAR"),
            .. columns.Select(c => new ErcotField(c, c, "DOUBLE")), new("total", "Total", "DOUBLE"), new("DSTFlag", "DST Flag", "BOOLEAN"),
        ],
        (page, _, day, now) =>
        {
            // Shown an hour after the hour's end.
            var starts = ErcotPostings.Hours(day).Where(start => start + 7200 <= now.ToUnixTimeSeconds());
            foreach (var start in ErcotHour.Labels(starts).SelectMany(s => s))
            {
                if (page.Begin(start))
                {
                    var hour = ErcotHour.Of(start);
                    page.Date(hour);
                    page.HourEnding(hour);
                    var sum = 0L;
                    foreach (var zone in zones)
                    {
                        var load = books.Load(zone, start, day, now);
                        sum += load;
                        page.Value(load);
                    }

                    page.Value(sum);
                    page.Flag(hour.IsRepeated);
                    page.End();
                }
            }
        });

    private static ErcotReport LoadForecast(ErcotBooks books) => new(
        "np3-565-cd", "lf_by_model_weather_zone", "Seven-Day Load Forecast by Model and Weather Zone", "14837", "deliveryDate",
        "postedDatetime: DESC,deliveryDate: ASC,hourEnding: ASC", "systemTotal",
        [
            new("postedDatetime", "Posted Datetime", "TIMESTAMP"), new("deliveryDate", "Delivery Date", "DATE"),
            new("hourEnding", "Hour Ending", "VARCHAR"),
            .. ((string[])["coast", "east", "farWest", "north", "northCentral", "southern", "southCentral", "west", "systemTotal"])
                .Select(c => new ErcotField(c, c, "DOUBLE")),
            new("model", "Model", "VARCHAR"), new("inUseFlag", "In Use Flag", "BOOLEAN"), new("DSTFlag", "DST Flag", "BOOLEAN"),
        ],
        (page, query, day, now) =>
        {
            foreach (var posted in ErcotPostings.Of(day, now).Reverse())
            {
                foreach (var start in ErcotHour.Labels(ErcotPostings.Hours(day)).SelectMany(s => s).Where(s => IsForecast(posted, s)))
                {
                    WriteForecast(books, page, query, posted, start);
                }
            }
        });

    /// <summary>A load forecast posting holds the hours that have not begun, for seven days.</summary>
    public static bool IsForecast(long posted, long start) => start >= posted && ErcotPostings.Holds(posted, start);

    private static void WriteForecast(ErcotBooks books, ErcotPage page, Query query, long posted, long start)
    {
        foreach (var (model, isUsed) in Models)
        {
            if ((query["inUseFlag"] is { } used && used != (isUsed ? "true" : "false")) || (query["model"] is { } wanted && wanted != model)
                || !page.Begin(start))
            {
                continue;
            }

            var hour = ErcotHour.Of(start);
            page.Stamp(posted);
            page.Date(hour);
            page.HourEnding(hour);
            var sum = 0L;
            foreach (var zone in books.WeatherZones)
            {
                var load = books.LoadForecast(zone, start, posted, model);
                sum += load;
                page.Value(load);
            }

            page.Value(sum);
            page.Quoted(model);
            page.Flag(isUsed);
            page.Flag(hour.IsRepeated);
            page.End();
        }
    }

    private static ErcotReport ZoneForecast(ErcotBooks books) => new(
        "np3-560-cd", "7d_load_fcast_by_fzn", "Seven-Day Load Forecast by Forecast Zone", "12311", "deliveryDate",
        "postedDatetime: DESC,deliveryDate: ASC,hourEnding: ASC", "systemTotal",
        [
            new("postedDatetime", "Posted Datetime", "TIMESTAMP"), new("deliveryDate", "Delivery Date", "DATE"),
            new("hourEnding", "Hour Ending", "VARCHAR"),
            .. ((string[])["north", "south", "west", "houston", "systemTotal"]).Select(c => new ErcotField(c, c, "DOUBLE")),
            new("DSTFlag", "DST Flag", "BOOLEAN"),
        ],
        (page, _, day, now) =>
        {
            foreach (var posted in ErcotPostings.Of(day, now).Reverse())
            {
                foreach (var start in ErcotHour.Labels(ErcotPostings.Hours(day)).SelectMany(s => s)
                    .Where(s => IsForecast(posted, s) && page.Begin(s)))
                {
                    var hour = ErcotHour.Of(start);
                    page.Stamp(posted);
                    page.Date(hour);
                    page.HourEnding(hour);
                    var sum = 0L;
                    foreach (var zone in books.ForecastZones)
                    {
                        var load = books.LoadForecast(zone, start, posted, ZoneModel);
                        sum += load;
                        page.Value(load);
                    }

                    page.Value(sum);
                    page.Flag(hour.IsRepeated);
                    page.End();
                }
            }
        });

    private static ErcotReport Renewable(
        string emil, string endpoint, string title, string typeId, bool isWind, IReadOnlyList<ErcotRegion> regions, ErcotBooks books)
    {
        return new ErcotReport(
            emil, endpoint, title, typeId, "deliveryDate", "postedDatetime: DESC,deliveryDate: ASC,hourEnding: ASC", "genSystemWide",
            [
                new("postedDatetime", "Posted Datetime", "TIMESTAMP"), new("deliveryDate", "Delivery Date", "DATE"),
                new("hourEnding", "Hour Ending", "INTEGER"),
                .. regions.SelectMany(r =>
                    Measures(isWind).Select(m => new ErcotField((m == "GEN" ? "gen" : m) + r.Column, $"{m} {r.Column}", "DOUBLE"))),
                new("HSLSystemWide", "HSL System Wide", "DOUBLE"), new("DSTFlag", "DST Flag", "BOOLEAN"),
            ],
            (page, _, day, now) =>
            {
                foreach (var posted in ErcotPostings.Of(day, now).Reverse())
                {
                    var starts = ErcotHour.Labels(ErcotPostings.Hours(day)).SelectMany(s => s);
                    foreach (var start in starts.Where(s => ErcotPostings.Holds(posted, s)))
                    {
                        WriteRenewable(books, page, regions, isWind, posted, start);
                    }
                }
            });
    }

    /// <summary>The measures of each region; what could have been generated (HSL) stands once, for all of Texas.</summary>
    public static string[] Measures(bool isWind) => isWind ? ["GEN", "COPHSL", "STWPF", "WGRPP"] : ["GEN", "COPHSL", "STPPF", "PVGRPP"];

    private static void WriteRenewable(
        ErcotBooks books, ErcotPage page, IReadOnlyList<ErcotRegion> regions, bool isWind, long posted, long start)
    {
        if (!page.Begin(start))
        {
            return;
        }

        var hour = ErcotHour.Of(start);
        page.Stamp(posted);
        page.Date(hour);
        page.Whole(hour.Ending);
        foreach (var region in regions)
        {
            foreach (var measure in Measures(isWind))
            {
                Cell(region, measure, measure == "GEN");
            }
        }

        Cell(regions[0], "HSL", isMetered: true);
        page.Flag(hour.IsRepeated);
        page.End();

        void Cell(ErcotRegion region, string measure, bool isMetered)
        {
            if (isMetered && !ErcotPostings.IsMetered(posted, start))
            {
                page.Null();
            }
            else
            {
                page.Value(books.Renewable(region, isWind, measure, start, posted));
            }
        }
    }
}
