using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>Solar power behind the meter, estimated afterwards or forecast: what it is, the daily file that shows it, the true
/// rows.</summary>
/// <param name="grid">New York's sun.</param>
/// <param name="zones">Zones with load, in the order of the file.</param>
/// <param name="dice">Its own chance.</param>
/// <param name="isForecast">Shown at 7:55 on the day before; else eight hours after the day's end.</param>
internal sealed class NyisoRooftops(Grid grid, IReadOnlyList<NyisoArea> zones, Dice dice, bool isForecast)
{
    private readonly Corrections _mended = isForecast ? Corrections.None : new Corrections(dice.For("corrections"), 0.05, 0.02);

    public NyisoFile File => new(
        isForecast ? "btmdaforecast" : "btmactualforecast",
        isForecast ? "btmdaforecast" : "BTMEstimatedActual",
        ["Time Stamp", "Time Zone", "Zone Name", "Zone PTID", "MW Value"],
        true,
        RowForm.CsvCrLf,
        IsThere,
        Write);

    public TruthSource Truth(string feed) => new TruthSource<GenerationRow>(
        new FeedId(feed),
        Rows,
        day => zones.SelectMany(z => _mended.Moments(z.Dice.Seed, day).Select(at => new TruthRevision(at, z.Name))));

    private bool IsThere(OperatingDay day, Instant now) => now >= (isForecast
        ? (day.Date.PlusDays(-1) + new LocalTime(7, 55)).InZoneLeniently(day.Zone).ToInstant()
        : day.End + Duration.FromHours(8));

    private static IEnumerable<long> Starts(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += 3600)
        {
            yield return at;
        }
    }

    /// <summary>Hundredths of a MW: panels on roofs follow the sun that the grid's own panels see.</summary>
    private long Power(NyisoArea zone, long at, OperatingDay day, Instant now)
    {
        var error = isForecast ? 0.15 * dice.Smooth(at / 14_400.0) : _mended.At(zone.Dice.Seed, day, now);
        return (long)Math.Round(100 * 4.0 * grid.At(at + 1800).SolarMw * zone.Share * (1 + error));
    }

    private void Write(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in Starts(day))
        {
            var sum = 0L;
            foreach (var zone in zones)
            {
                var power = Power(zone, at, day, now);
                sum += power;
                WriteRow(writer, at, zone.Name, zone.Ptid, power);
            }

            WriteRow(writer, at, "SYSTEM", "0", sum);
        }
    }

    private static void WriteRow(RowWriter writer, long at, string name, string ptid, long power)
    {
        writer.Begin(at);
        NyisoCells.Stamp(writer, at, hasSeconds: true, isQuoted: true);
        NyisoCells.ZoneWord(writer, at, isQuoted: true);
        NyisoCells.Word(writer, name, isQuoted: true);
        writer.Text($",{ptid},");
        writer.Value();
        writer.Fixed(power, 2, cutZeros: true);
        writer.End();
    }

    private IEnumerable<GenerationRow> Rows(OperatingDay day, Instant knownAt)
    {
        if (!IsThere(day, knownAt))
        {
            yield break;
        }

        var fuel = new Symbol("Solar behind the meter");
        var places = zones.Select(z => new Location(z.Name, LocationType.Zone, publisherId: z.Ptid)).ToArray();
        foreach (var at in Starts(day))
        {
            var hour = DeliveryInterval.FromUnixSeconds(at, 3600);
            var sum = 0L;
            for (var i = 0; i < places.Length; i++)
            {
                var power = Power(zones[i], at, day, knownAt);
                sum += power;
                yield return new GenerationRow(places[i], fuel, hour, power / 100.0);
            }

            yield return new GenerationRow(NyisoTruth.ControlArea, fuel, hour, sum / 100.0);
        }
    }
}
