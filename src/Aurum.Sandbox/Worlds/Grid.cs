using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>The physical side of a sandbox grid: weather, load, sun and wind as smooth functions of time. MW, degrees Celsius.</summary>
public sealed class Grid
{
    private readonly Dice _weather;
    private readonly Dice _wind;
    private readonly Dice _cloud;
    private readonly Dice _load;
    private readonly GridShape _shape;

    public Grid(Dice dice, GridShape shape)
    {
        _shape = shape;
        _weather = dice.For("weather");
        _wind = dice.For("wind");
        _cloud = dice.For("cloud");
        _load = dice.For("load");
    }

    public GridShape Shape => _shape;

    /// <summary>The state of the grid at an instant. Pure.</summary>
    public GridState At(long unixSeconds)
    {
        var offset = _shape.Zone.GetUtcOffset(Instant.FromUnixTimeSeconds(unixSeconds)).Seconds;
        var local = unixSeconds + offset;
        var days = local / 86400.0;
        var hour = (days - Math.Floor(days)) * 24;

        // Sun time: the standard clock at the grid's longitude, whatever the clock on the wall says.
        var sunHour = Wrap((unixSeconds + _shape.SunOffsetSeconds) / 3600.0, 24);
        var season = Math.Cos(2 * Math.PI * (Wrap(days, 365.2425) - 200) / 365.2425);
        var temperature = _shape.MeanCelsius + (_shape.SeasonCelsius * season) + (6 * Math.Cos(2 * Math.PI * (sunHour - 15.5) / 24))
            + (5 * _weather.Smooth(days / 2.7));
        var load = LoadMw(days, hour, temperature);
        var solar = _shape.SolarMw * Sun(sunHour, season) * (0.8 + (0.2 * _cloud.Smooth(days * 6)));
        var breeze = 0.42 + (0.25 * _wind.Smooth(days * 1.7)) + (0.16 * _wind.Smooth((days * 9) + 5000)) - (0.08 * Sun(sunHour, season));
        var wind = _shape.WindMw * Math.Clamp(breeze, 0.03, 0.92);
        return new GridState(load, solar, wind, temperature);
    }

    private static double Wrap(double value, double length) => value - (Math.Floor(value / length) * length);

    /// <summary>Share of the installed sun power: a bell over the light hours, longer in summer.</summary>
    private static double Sun(double sunHour, double season)
    {
        var half = 5.9 + (1.2 * season);
        var distance = Math.Abs(sunHour - 12) / half;
        return distance >= 1 ? 0 : Math.Pow(Math.Cos(distance * Math.PI / 2), 1.3) * (0.82 + (0.1 * season));
    }

    private double LoadMw(double days, double hour, double temperature)
    {
        var weekday = (int)Wrap(Math.Floor(days) + 3, 7);
        var week = weekday >= 5 ? 0.93 : 1.0;
        var day = 1 + (0.13 * Math.Cos(2 * Math.PI * (hour - 18.3) / 24)) + (0.055 * Math.Cos(4 * Math.PI * (hour - 8.2) / 24))
            + (0.012 * Math.Cos(6 * Math.PI * (hour - 19.5) / 24));
        var cooling = 0.019 * Math.Max(0, temperature - 20);
        var heating = 0.008 * Math.Max(0, 12 - temperature);
        var wobble = (0.012 * _load.Smooth(days * 8)) + (0.004 * _load.Smooth((days * 96) + 9000));
        return _shape.BaseLoadMw * week * (day + cooling + heating + wobble);
    }
}

/// <summary>Size, place and climate of a grid.</summary>
/// <param name="Zone">The market's clock.</param>
/// <param name="SunOffsetSeconds">Local sun time less UTC.</param>
/// <param name="BaseLoadMw">Load of a mild weekday, mean over the day.</param>
/// <param name="SolarMw">Installed sun power.</param>
/// <param name="WindMw">Installed wind power.</param>
/// <param name="MeanCelsius">Mean temperature of the year.</param>
/// <param name="SeasonCelsius">Summer less mean.</param>
public sealed record GridShape(
    DateTimeZone Zone, int SunOffsetSeconds, double BaseLoadMw, double SolarMw, double WindMw, double MeanCelsius, double SeasonCelsius)
{
    public static readonly GridShape California = new(MarketZones.Pacific, -8 * 3600, 25_500, 21_000, 6_500, 16, 7);
    public static readonly GridShape NewYork = new(MarketZones.Eastern, -5 * 3600, 16_800, 1_200, 2_300, 10, 13);
    public static readonly GridShape Texas = new(MarketZones.Central, -6 * 3600, 50_000, 24_000, 38_000, 20, 10);
}

/// <summary>A grid at an instant.</summary>
public readonly record struct GridState(double LoadMw, double SolarMw, double WindMw, double Celsius)
{
    /// <summary>What the dispatchable plants have to make.</summary>
    public double NetLoadMw => LoadMw - SolarMw - WindMw;
}
