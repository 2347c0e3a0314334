using Aurum.Curves.Building.Strips;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Blocks;

/// <summary>Holds the blocks of a market against each other. Pure.</summary>
public static class BlockBalance
{
    /// <summary>Balances a period of which two or three blocks are quoted.</summary>
    /// <param name="calendar">The market's.</param>
    /// <param name="allHours">Quote of every hour; null where there is none, as for the others.</param>
    /// <param name="onPeak">Quote of the peak.</param>
    /// <param name="offPeak">Quote of the rest.</param>
    /// <returns>A refusal where fewer than two are given, or the period has no hours of a block.</returns>
    /// <exception cref="ArgumentException">The quotes are for different months.</exception>
    public static Built<BlockPrices> Of(PeakCalendar calendar, BuildQuote? allHours, BuildQuote? onPeak, BuildQuote? offPeak)
    {
        BuildQuote[] given = [.. new[] { allHours, onPeak, offPeak }.OfType<BuildQuote>()];
        if (given.Length < 2)
        {
            return Built<BlockPrices>.Refuse(RefusalReason.NoQuotes, $"expected quotes of two blocks or three, found {given.Length}");
        }

        var period = given[0].Tenor;
        if (given.Any(q => (q.Tenor.First, q.Tenor.Last) != (period.First, period.Last)))
        {
            var found = string.Join(", ", given.Select(static q => q.Tenor.Label));
            throw new ArgumentException($"expected quotes for {period.Label}, found {found}");
        }

        var on = StripTenors.MonthsOf(period).Sum(m => calendar.CountHours(Block.OnPeak, m));
        var off = StripTenors.MonthsOf(period).Sum(m => calendar.CountHours(Block.OffPeak, m));
        if (on == 0 || off == 0)
        {
            return Built<BlockPrices>.Refuse(RefusalReason.NoQuotes, $"expected a peak and other hours, found {on} and {off} of them");
        }

        var all = on + off;
        var (a, p, o) = (PriceOf(allHours), PriceOf(onPeak), PriceOf(offPeak));
        Block? derived = allHours is null ? Block.AllHours : onPeak is null ? Block.OnPeak : offPeak is null ? Block.OffPeak : null;
        return new BlockPrices(
            period,
            derived == Block.AllHours ? ((p * on) + (o * off)) / all : a,
            derived == Block.OnPeak ? ((a * all) - (o * off)) / on : p,
            derived == Block.OffPeak ? ((a * all) - (p * on)) / off : o,
            on,
            off,
            derived,
            [.. given.Select(q => new UsedQuote(q.Ref, q.Price, q == allHours ? 1 : (double)(q == onPeak ? on : off) / all))]);
    }

    /// <summary>Balances the months that two or three curves of one market have in common.</summary>
    public static IReadOnlyList<BlockPrices> OfMonths(
        PeakCalendar calendar,
        IReadOnlyList<BuildQuote> allHours,
        IReadOnlyList<BuildQuote> onPeak,
        IReadOnlyList<BuildQuote> offPeak)
    {
        var (all, on, off) = (MonthsOf(allHours), MonthsOf(onPeak), MonthsOf(offPeak));
        return
        [
            .. all.Keys.Union(on.Keys).Union(off.Keys).Order()
                .Select(m => Of(calendar, all.GetValueOrDefault(m), on.GetValueOrDefault(m), off.GetValueOrDefault(m)).Value)
                .OfType<BlockPrices>(),
        ];
    }

    private static double PriceOf(BuildQuote? quote) => quote?.Price ?? double.NaN;

    private static Dictionary<YearMonth, BuildQuote> MonthsOf(IReadOnlyList<BuildQuote> quotes) =>
        quotes.Where(static q => q.IsMonth && double.IsFinite(q.Price)).DistinctBy(static q => q.Tenor.First)
            .ToDictionary(static q => q.Tenor.First);
}
