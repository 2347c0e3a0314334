using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>One series of a CAISO report that is not a price of a node: a load, a schedule, a reserve price.</summary>
/// <param name="Place">Area, zone, hub or region, with its kind as rows name it.</param>
/// <param name="Kind">Renewable type or reserve service; empty where the report has none.</param>
/// <param name="Item">Data item.</param>
/// <param name="Cells">Further cells by column name.</param>
/// <param name="Units">Value of the interval that starts at an instant, in hundredths, before corrections.</param>
internal sealed record CaisoQuantity(
    Location Place, string Kind, string Item, IReadOnlyDictionary<string, string> Cells, Func<long, double> Units)
{
    public ulong Key { get; } = Dice.Hash($"{Place.Id}/{Kind}/{Item}");
}

/// <summary>The series of one report and market run, when they appear and what is mended.</summary>
/// <param name="Series">In the order of the report's groups.</param>
/// <param name="Seconds">Length of an interval.</param>
/// <param name="Decimals">Decimals printed, zeros at the end cut: 0 or 2.</param>
/// <param name="Release">When an interval is shown first.</param>
/// <param name="Corrections">What is mended afterwards, as a share of the value.</param>
internal sealed record CaisoQuantities(
    IReadOnlyList<CaisoQuantity> Series, int Seconds, int Decimals, Release Release, Corrections Corrections)
{
    /// <summary>Value in units of the last printed decimal.</summary>
    public long Value(CaisoQuantity series, long start, OperatingDay day, Instant now)
    {
        var value = series.Units(start) * (1 + Corrections.At(series.Key, day, now));
        return (long)Math.Round(Decimals == 0 ? value : value * 100, MidpointRounding.AwayFromZero);
    }

    public double Scale => Decimals == 0 ? 1 : 100;
}
