using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.Noaa;
using NodaTime;

namespace Aurum.Sandbox.Noaa;

/// <summary>A reading as it is printed.</summary>
/// <param name="Station">Id without the dataset.</param>
/// <param name="Element">TMAX, PRCP, ...</param>
/// <param name="Value">Tenths where the element is printed in tenths.</param>
/// <param name="Flags">Measurement, quality and source, with commas between.</param>
internal readonly record struct NoaaReading(string Station, string Element, int Value, string Flags);

/// <summary>The weather at the stations that are asked for: seasons, fronts, a station that reports late, readings that are mended
/// when somebody has checked them.</summary>
internal sealed class NoaaBook(World world)
{
    private readonly Dice _dice = world.Dice.For("noaa");
    private readonly Corrections _corrections = new(world.Dice.For("noaa corrections"), 0.05, 0.2);

    public Corrections Corrections => _corrections;

    public IReadOnlyList<(string Id, string Place)> Stations { get; } = NoaaStations.Asked;

    public static ulong KeyOf(string station) => Dice.Hash(station);

    /// <summary>Readings of a day as known at an instant, station by station.</summary>
    public IEnumerable<NoaaReading> Day(LocalDate date, Instant now)
    {
        foreach (var (station, _) in Stations)
        {
            foreach (var element in NoaaStations.Elements)
            {
                if (Reading(station, element, date, now) is { } reading)
                {
                    yield return reading;
                }
            }
        }
    }

    /// <summary>A reading; null where the station has none, or none yet.</summary>
    public NoaaReading? Reading(string station, string element, LocalDate date, Instant now)
    {
        var own = _dice.For(station);
        var number = date.DaysSinceEpoch();
        var day = new OperatingDay(date, DateTimeZone.Utc);
        var late = Duration.FromHours(30 + (own.Unit(number) < 0.1 ? 40 : own.Below(number + 9_000, 5)));
        if (now < day.Start + late || own.For(element).Unit(number) < 0.04)
        {
            return null;
        }

        var change = 1 + _corrections.At(KeyOf(station), day, now);
        var season = -Math.Cos(2 * Math.PI * (date.DayOfYear - 20) / 365.25);
        var warmth = 12 + (15 * season) + (8 * own.Smooth(number / 4.0)) + (10 * own.Unit(-2));
        var rain = Math.Max(0, own.For("rain").Smooth(number / 2.0));
        var value = element switch
        {
            "TMAX" => 10 * (warmth + 5),
            "TMIN" => 10 * (warmth - 5),
            "TAVG" => 10 * warmth,
            "PRCP" => 200 * rain,
            "SNOW" => warmth < 0 ? 60 * rain : 0,
            _ => 10 * (3 + (2 * own.For("wind").Smooth(number))),
        };
        var printed = (int)Math.Round(value * change, MidpointRounding.AwayFromZero);
        var flags = element == "PRCP" && printed == 0 && rain > 0 ? "T,,W" : change == 1 ? ",,W" : ",,7";
        return new NoaaReading(station, element, printed, flags);
    }
}
