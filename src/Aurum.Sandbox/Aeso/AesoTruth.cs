using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Aeso;

/// <summary>True rows of the AESO feeds.</summary>
internal static class AesoTruth
{
    private static readonly Location Alberta = new("AESO_SYSTEM", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new AesoBooks(world);
        return
        [
            Source("aeso/pool-price", (day, now) => AesoBooks.Hours(day).Where(h => AesoBooks.IsOver(h, now))
                .Select(h => Price(Hour(h), books.Price(h, day, now))), books.PriceMoments),
            Source("aeso/pool-price-forecast", (day, now) => AesoBooks.Hours(day).Where(h => AesoBooks.HasForecastPrice(h, now))
                .Select(h => Price(Hour(h), books.ForecastPrice(h)))),
            Source("aeso/system-marginal-price", (day, now) => books.PriceChanges(day, now)
                .Select(at => Price(DeliveryInterval.FromUnixSeconds(at, 0), books.MarginalPrice(at)))),
            Source("aeso/load", (day, now) => AesoBooks.Hours(day).Where(h => AesoBooks.IsOver(h, now))
                .Select(h => new LoadRow(Alberta, Hour(h), books.Load(h, day, now))), books.LoadMoments),
            Source("aeso/load-forecast", (day, now) => AesoBooks.Hours(day).Where(_ => AesoBooks.HasLoadForecast(day, now))
                .Select(h => new LoadRow(Alberta, Hour(h), books.LoadForecast(h)))),
            Source("aeso/fuel-mix", (day, now) => Fuels(books, day, now)),
            Source("aeso/supply-demand", (day, now) => Summary(books, day, now)),
            Source("aeso/wind-forecast", (_, now) => Forecast(books, isWind: true, now)),
            Source("aeso/solar-forecast", (_, now) => Forecast(books, isWind: false, now)),
            Source("aeso/wind-outlook", (_, now) => Outlook(books, isWind: true, now)),
            Source("aeso/solar-outlook", (_, now) => Outlook(books, isWind: false, now)),
        ];
    }

    private static TruthSource<TRow> Source<TRow>(
        string feed, Func<OperatingDay, Instant, IEnumerable<TRow>> rows, Func<OperatingDay, IReadOnlyList<Instant>>? moments = null)
        where TRow : struct => new(
        new FeedId(feed), rows, day => (moments?.Invoke(day) ?? []).Select(at => new TruthRevision(at, Alberta.Id)));

    private static DeliveryInterval Hour(long start) => DeliveryInterval.FromUnixSeconds(start, 3600);

    private static LmpRow Price(DeliveryInterval delivery, long cents) =>
        new(Alberta, delivery, cents / 100.0, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The reading's instant where it is of the day; null where it is of another.</summary>
    private static long? ReadingOf(OperatingDay day, Instant now) =>
        AesoBooks.Reading(now) is var at && OperatingDay.Of(at, day.Zone) == day ? at.ToUnixTimeSeconds() : null;

    private static IEnumerable<GenerationRow> Fuels(AesoBooks books, OperatingDay day, Instant now)
    {
        if (ReadingOf(day, now) is not { } at)
        {
            yield break;
        }

        foreach (var (fuel, mw) in AesoBooks.Fuels)
        {
            var instant = DeliveryInterval.FromUnixSeconds(at, 0);
            yield return new GenerationRow(Alberta, new Symbol(fuel), instant, books.Generation(fuel, mw, at));
        }
    }

    private static IEnumerable<SeriesPoint> Summary(AesoBooks books, OperatingDay day, Instant now)
    {
        if (ReadingOf(day, now) is not { } at)
        {
            yield break;
        }

        var load = books.LoadAt(at);
        yield return Point("Alberta Internal Load (AIL)", load);
        yield return Point("Alberta Total Net Generation", load - 216);
        yield return Point("Contingency Reserve Required", 477);
        foreach (var (fuel, mw) in AesoBooks.Fuels)
        {
            yield return Point($"fuel/{fuel}/MC", mw);
            yield return Point($"fuel/{fuel}/TNG", books.Generation(fuel, mw, at));
            yield return Point($"fuel/{fuel}/DCR", 0);
        }

        foreach (var neighbour in AesoBooks.Neighbours)
        {
            yield return Point($"interchange/{neighbour}", books.Flow(neighbour, at));
        }

        SeriesPoint Point(string name, long mw) =>
            new(new SeriesKey("supply-demand/" + name, "MW"), DeliveryInterval.FromUnixSeconds(at, 0), mw);
    }

    private static IEnumerable<GenerationRow> Forecast(AesoBooks books, bool isWind, Instant now)
    {
        var fuel = new Symbol(isWind ? "WIND" : "SOLAR");
        return AesoBooks.ForecastHours(now).Select(
            start => new GenerationRow(Alberta, fuel, Hour(start), books.Likely(isWind, start, now) / 100.0));
    }

    private static IEnumerable<SeriesPoint> Outlook(AesoBooks books, bool isWind, Instant now)
    {
        SeriesKey Key(string quantity) => new($"{(isWind ? "wind" : "solar")}-outlook/{quantity}", "MW");
        SeriesKey least = Key("min"), most = Key("max"), made = Key("actual"), capability = Key("capability");
        foreach (var start in AesoBooks.ForecastHours(now))
        {
            var value = books.Likely(isWind, start, now);
            yield return new SeriesPoint(least, Hour(start), (value * 3 / 4) / 100.0);
            yield return new SeriesPoint(most, Hour(start), (value * 5 / 4) / 100.0);
            yield return new SeriesPoint(capability, Hour(start), isWind ? 5_688 : 1_825);
            if (AesoBooks.IsOver(start, now))
            {
                yield return new SeriesPoint(made, Hour(start), books.Made(isWind, start) / 100.0);
            }
        }
    }
}
