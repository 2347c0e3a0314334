using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Load, generation and their forecasts.</summary>
internal static class PjmQuantities
{
    private const string Utc = "datetime_beginning_utc";
    private const string Eastern = "datetime_beginning_ept";

    /// <summary>An hour of generation by fuel is shown half an hour after its end.</summary>
    private const int FuelDelaySeconds = 5400;

    public static IEnumerable<PjmDataset> Datasets(PjmBooks books) =>
    [
        new("hrl_load_metered", [Utc, Eastern, "nerc_region", "mkt_region", "zone", "load_area", "mw", "is_verified"], "mw", Eastern,
            ["load_area"], (page, day, now) => WriteMetered(books, page, day, now)),
        new("inst_load", [Utc, Eastern, "area", "instantaneous_load"], "instantaneous_load", Eastern, ["area"],
            (page, day, now) => WriteReadings(books, page, day, now)),
        new("load_frcstd_7_day",
            [
                "evaluated_at_datetime_utc", "evaluated_at_datetime_ept", "forecast_datetime_beginning_utc",
                "forecast_datetime_beginning_ept", "forecast_datetime_ending_utc", "forecast_datetime_ending_ept", "forecast_area",
                "forecast_load_mw",
            ],
            "forecast_load_mw", "", ["forecast_area"], (page, _, now) => WriteLoadForecast(books, page, now)),
        new("gen_by_fuel", [Utc, Eastern, "fuel_type", "mw"], "mw", Eastern, ["fuel_type"],
            (page, day, now) => WriteFuels(books, page, day, now)),
        Generated("solar_gen", "solar_generation_mw", isWind: false, books),
        Generated("wind_gen", "wind_generation_mw", isWind: true, books),
        Forecast("hourly_solar_power_forecast", ["solar_forecast_mwh", "solar_forecast_btm_mwh"], books),
        Forecast("hourly_wind_power_forecast", ["wind_forecast_mwh"], books),
    ];

    public static bool IsFuelShown(long start, Instant now) => start + FuelDelaySeconds <= now.ToUnixTimeSeconds();

    private static void WriteMetered(PjmBooks books, PjmPage page, OperatingDay day, Instant now)
    {
        if (!PjmBooks.IsShown(day, now))
        {
            return;
        }

        foreach (var start in PjmHours.Of(day))
        {
            foreach (var area in books.LoadAreas)
            {
                Row(start, "RFC", "MIDATL", area.Zone, area.Id, books.MeteredLoad(area, start, day, now));
            }

            Row(start, "RTO", "RTO", "RTO", "RTO", books.MeteredWhole(start, day, now));
        }

        void Row(long start, string region, string market, string zone, string area, long load)
        {
            if (page.Begin(start))
            {
                page.Stamps(start);
                page.Text(region);
                page.Text(market);
                page.Text(zone);
                page.Text(area);
                page.Number(load, 3);
                page.Flag(now >= day.End + Duration.FromDays(60));
                page.End();
            }
        }
    }

    private static void WriteReadings(PjmBooks books, PjmPage page, OperatingDay day, Instant now)
    {
        foreach (var at in PjmHours.Readings(day, now).Reverse())
        {
            foreach (var area in books.ReadAreas)
            {
                if (page.Begin(at))
                {
                    page.Stamps(at);
                    page.Text(area.Id);
                    page.Number(books.InstantLoad(area, at), 6);
                    page.End();
                }
            }
        }
    }

    private static void WriteLoadForecast(PjmBooks books, PjmPage page, Instant now)
    {
        var evaluated = PjmHours.LatestLoadForecast(now);
        foreach (var area in books.ForecastAreas)
        {
            foreach (var start in PjmHours.ForecastHours(evaluated))
            {
                if (page.Begin(start))
                {
                    page.Stamps(evaluated);
                    page.Stamps(start);
                    page.Stamps(start + 3600);
                    page.Text(area.Id);
                    page.Number(books.ForecastLoad(area, start, evaluated), 0);
                    page.End();
                }
            }
        }
    }

    private static void WriteFuels(PjmBooks books, PjmPage page, OperatingDay day, Instant now)
    {
        foreach (var start in PjmHours.Of(day).Where(start => IsFuelShown(start, now)))
        {
            foreach (var fuel in PjmBooks.Fuels)
            {
                if (page.Begin(start))
                {
                    page.Stamps(start);
                    page.Text(fuel);
                    page.Number(books.Generation(fuel, start), 1);
                    page.End();
                }
            }
        }
    }

    private static PjmDataset Generated(string name, string column, bool isWind, PjmBooks books) => new(
        name, [Utc, Eastern, "area", column], column, Eastern, ["area"],
        (page, day, now) =>
        {
            if (!PjmBooks.IsShown(day, now))
            {
                return;
            }

            foreach (var start in PjmHours.Of(day).Reverse())
            {
                foreach (var (area, share) in PjmBooks.Regions)
                {
                    if (page.Begin(start))
                    {
                        page.Stamps(start);
                        page.Text(area);
                        page.Number(books.Renewable(isWind, share, start), 3);
                        page.End();
                    }
                }
            }
        });

    private static PjmDataset Forecast(string name, IReadOnlyList<string> columns, PjmBooks books) => new(
        name,
        ["evaluated_at_utc", "evaluated_at_ept", Utc, Eastern, "datetime_ending_utc", "datetime_ending_ept", .. columns],
        columns[0], Eastern, [],
        (page, day, now) =>
        {
            foreach (var start in PjmHours.Of(day))
            {
                foreach (var evaluated in PjmHours.Evaluations(start, now))
                {
                    if (page.Begin(start))
                    {
                        page.Stamps(evaluated);
                        page.Stamps(start);
                        page.Stamps(start + 3600);
                        foreach (var column in columns)
                        {
                            page.Number(books.Forecast(column, start, evaluated), 3);
                        }

                        page.End();
                    }
                }
            }
        });
}
