using System.Runtime.Intrinsics;
using Aurum.Market.Text;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_price_within_market_limits</c>: the price lies between the floor and the cap that the feed's market had
/// when the interval began. Unknown prices are not judged.</summary>
internal static class PriceLimits
{
    private const string AnyMarket = "*";

    public static readonly ExpectationType Type = new(
        "expect_price_within_market_limits",
        [new("column", ParameterKind.Column, IsRequired: true), new("limits", ParameterKind.Text, IsRequired: true)],
        Compile);

    private static CheckFactory Compile(ExpectationScope scope)
    {
        var column = scope.Slot("column", ColumnKind.Number);
        var start = scope.Plan.Slot(GridShape.StartColumn, scope.Expectation.Place, ColumnKind.Instant);
        var name = scope["limits"].Texts[0];
        var table = scope.Suite.Limits.FirstOrDefault(t => t.Name == name)
            ?? throw new SuiteFormatException(
                scope["limits"].Place, "a table of limits of this suite", $"'{name}'",
                NearestName.To(name, scope.Suite.Limits.Select(static t => t.Name)));
        var (code, market) = (scope.Plan.ConstantOf("iso_code"), scope.Plan.ConstantOf("iso_market"));
        var limits = table.Limits.Where(l => l.IsoCode == code && l.IsoMarket == market).ToList();
        limits = limits.Count > 0 ? limits : [.. table.Limits.Where(l => l.IsoCode == code && l.IsoMarket == AnyMarket)];
        if (limits.Count == 0 && scope.Applies)
        {
            throw new SuiteFormatException(
                table.Place, $"a limit for {code} {market} in {name} ({scope.Plan.Feed.Id} needs it)", "none");
        }

        Period[] periods = [.. PeriodsOf(limits, scope.Plan.Feed.Zone)];
        return batch => new LimitCheck(scope.Expectation, batch, column, start, periods);
    }

    private static IEnumerable<Period> PeriodsOf(List<MarketLimit> limits, DateTimeZone zone)
    {
        var ordered = limits.OrderBy(static l => l.From ?? LocalDate.MinIsoValue).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            yield return new Period(
                Midnight(ordered[i].From, long.MinValue),
                i + 1 < ordered.Count ? Midnight(ordered[i + 1].From, long.MinValue) - 1 : long.MaxValue,
                ordered[i]);
        }

        long Midnight(LocalDate? date, long otherwise) =>
            date is { } day ? zone.AtStartOfDay(day).ToInstant().ToUnixTimeSeconds() : otherwise;
    }

    /// <summary>When a limit holds: first and last second at which an interval may begin.</summary>
    private sealed record Period(long First, long Last, MarketLimit Limit);

    private sealed class LimitCheck(Expectation expectation, Batch batch, int column, int start, Period[] periods)
        : Check(expectation, batch)
    {
        private readonly NumberData _price = batch.Number(column);
        private readonly InstantData _start = batch.Instant(start);

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            Bits.And(scope, _price.Known);
            var starts = _start.Values.AsSpan(0, Batch.Count);
            foreach (var period in periods)
            {
                if (starts.ContainsAnyInRange(period.First, period.Last))
                {
                    Mark(period, failing);
                }
            }
        }

        public override string Explain(int row)
        {
            var limit = Array.Find(periods, p => _start.Values[row] >= p.First && _start.Values[row] <= p.Last)!.Limit;
            var (side, bound) = _price.Values[row] < limit.Floor
                ? ("below the floor", limit.Floor)
                : ("above the cap", limit.Cap);
            return $"{_price.Name} {_price.Show(row)} is {side} of {limit.IsoCode} {limit.IsoMarket}, {Text.Of(bound)}";
        }

        private void Mark(Period period, Span<ulong> failing)
        {
            var (floor, cap) = (Vector256.Create(period.Limit.Floor), Vector256.Create(period.Limit.Cap));
            var (first, last) = (Vector256.Create(period.First), Vector256.Create(period.Last));
            for (var word = 0; word < failing.Length; word++)
            {
                var bits = 0UL;
                for (var i = 0; i < 16; i++)
                {
                    var at = (word << 6) + (i << 2);
                    var isOutside = Loops.Outside(Vector256.Create(_price.Values, at), floor, cap);
                    var isOther = Loops.Outside(Vector256.Create(_start.Values, at), first, last);
                    bits |= (ulong)(isOutside.AsInt64() & ~isOther).ExtractMostSignificantBits() << (i << 2);
                }

                failing[word] |= bits;
            }
        }
    }
}
