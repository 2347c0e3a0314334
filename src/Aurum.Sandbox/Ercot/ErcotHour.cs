using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>An hour as ERCOT labels it: local date, the hour that it ends at, and the flag of the second of two equal hours.</summary>
internal readonly record struct ErcotHour(LocalDate Date, int Ending, bool IsRepeated)
{
    public static ErcotHour Of(long start)
    {
        var label = LocalLabel.Of(start, MarketZones.Central);
        var before = LocalLabel.Of(start - 3600, MarketZones.Central);
        return new ErcotHour(
            new LocalDate(label.Year, label.Month, label.Day), label.Hour + 1, before.Hour == label.Hour && before.Day == label.Day);
    }

    /// <summary>Hour starts of a day in the order of the API: by label, the flagged one of two equal labels first, as recorded.</summary>
    public static IEnumerable<IReadOnlyList<long>> Labels(IEnumerable<long> starts) => starts
        .GroupBy(start => Of(start).Ending)
        .OrderBy(group => group.Key)
        .Select(group => (IReadOnlyList<long>)[.. group.OrderByDescending(start => start)]);
}
