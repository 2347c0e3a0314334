using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ecb;

/// <summary>True rows of the ECB feed: the rates of a day, and the quotients between four of them and the euro.</summary>
internal static class EcbTruth
{
    private static readonly string[] Crossed = ["USD", "CAD", "MXN", "GBP"];

    public static IEnumerable<TruthSource> Of(World world)
    {
        var book = new EcbBook(world);
        return [new TruthSource<SeriesPoint>(new FeedId("ecb/reference-rates"), (day, at) => Rows(book, day, at), _ => [])];
    }

    private static IEnumerable<SeriesPoint> Rows(EcbBook book, OperatingDay day, Instant knownAt)
    {
        if (EcbBook.IsClosed(day.Date) || day.Date > EcbBook.Newest(knownAt))
        {
            yield break;
        }

        var period = CalendarPeriods.Of(day.Date, SeriesFrequency.Daily);
        var perEuro = new Dictionary<string, double> { ["EUR"] = 1 };
        foreach (var (code, text) in book.Rates(day.Date))
        {
            perEuro[code] = double.Parse(text, CultureInfo.InvariantCulture);
            yield return new SeriesPoint(new SeriesKey($"EUR/{code}", $"{code} per EUR"), period, perEuro[code]);
        }

        foreach (var from in Crossed)
        {
            foreach (var to in Crossed.Append("EUR").Where(to => to != from))
            {
                yield return new SeriesPoint(
                    new SeriesKey($"{from}/{to}", $"{to} per {from}"), period, perEuro[to] / perEuro[from], Flags: new Symbol("cross"));
            }
        }
    }
}
