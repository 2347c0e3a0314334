using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>The files of readings of the sandbox's SPP: generation by fuel every five minutes, flows over ties every minute.</summary>
internal static class SppReadings
{
    /// <summary>Days in the file of generation that the publisher calls after 365: the sandbox's year is shorter.</summary>
    public const int YearDays = 40;

    private const int FuelSeconds = 300;
    private const int FlowSeconds = 60;
    private const int TwoHours = 7200;
    private const int OneDay = 86_400;

    private static readonly string[] EasternTies = ["AECI", "EDDY", "ERCOTE", "ERCOTN", "MISO", "SPA"];
    private static readonly string[] WesternTies = ["APS", "BHBA", "NWMT", "PACE", "PNM", "PSCO", "WALC"];

    public static IReadOnlyList<string> Ties(string authority) => authority == SppGrid.West ? WesternTies : EasternTies;

    /// <summary>Readings of a day that some file shows at an instant.</summary>
    public static IEnumerable<long> FuelTimes(OperatingDay day, Instant now)
    {
        var isOver = now >= day.End + Duration.FromMinutes(30);
        return Times(day, FuelSeconds, Shown(now, FuelSeconds) - (isOver ? YearDays * OneDay : TwoHours), Shown(now, FuelSeconds));
    }

    /// <inheritdoc cref="FuelTimes"/>
    public static IEnumerable<long> FlowTimes(OperatingDay day, Instant now) => now >= day.End + Duration.FromHours(24)
        ? Times(day, FlowSeconds, long.MinValue, MonthShownUntil(now))
        : Times(day, FlowSeconds, Shown(now, FlowSeconds) - OneDay, Shown(now, FlowSeconds));

    public static SppTable Fuels(SppBooks books, string authority, bool isYear, Instant now)
    {
        var to = Shown(now, FuelSeconds);
        var from = to - (isYear ? YearDays * OneDay : TwoHours);
        string[] columns =
            ["GMT MKT Interval", .. SppBooks.Fuels.SelectMany(f => new[] { $" {f.Name} Market", " " + f.SelfColumn }), " Load"];
        return new SppTable(columns, 0, RowForm.CsvLf, writer =>
        {
            for (var at = from; at < to; at += FuelSeconds)
            {
                writer.Begin(at);
                SppText.Iso(writer, at);
                for (var fuel = 0; fuel < SppBooks.Fuels.Count; fuel++)
                {
                    var (market, self) = books.Generation(authority, fuel, at);
                    writer.Byte((byte)',');
                    writer.Value();
                    writer.Fixed(market, 1, cutZeros: false);
                    writer.Byte((byte)',');
                    writer.Fixed(self, 1, cutZeros: false);
                }

                writer.Byte((byte)',');
                writer.Fixed(books.AuthorityLoad(authority, at), 2, cutZeros: false);
                writer.End();
            }
        });
    }

    /// <summary>The chart's file: the last day, and the net schedule of the next one in a column of its own.</summary>
    public static SppTable Chart(SppBooks books, string authority, Instant now)
    {
        var to = Shown(now, FlowSeconds);
        string[] columns = ["GMTTime", $"{authority} NSI", $"{authority} NAI", .. Ties(authority), $"{authority} NSI Future"];
        return new SppTable(columns, 0, SppTable.BlankLf, writer =>
        {
            for (var at = to - OneDay; at < to + OneDay; at += FlowSeconds)
            {
                writer.Begin(at);
                SppText.Iso(writer, at);
                foreach (var units in Values(books, authority, at))
                {
                    writer.Byte((byte)',');
                    if (at < to)
                    {
                        writer.Value();
                        writer.Fixed(units * 10_000, 6, cutZeros: false);
                    }
                }

                writer.Byte((byte)',');
                writer.Fixed(Values(books, authority, at / 3600 * 3600).First() / 100 * 1_000_000, 6, cutZeros: false);
                writer.End();
            }
        });
    }

    /// <summary>The file of a month; null before its first day is in it.</summary>
    public static SppTable? Month(SppBooks books, string authority, LocalDate first, Instant now)
    {
        var from = Midnight(first);
        var to = Math.Min(Midnight(first.PlusMonths(1)), MonthShownUntil(now));
        if (to <= from)
        {
            return null;
        }

        // The west's file calls its net interchange by the name of the east, too.
        string[] columns = ["GMTTIME", "SPP_NSI", "SPP_NAI", .. Ties(authority)];
        return new SppTable(columns, 0, SppTable.BlankCrLf, writer =>
        {
            for (var at = from; at < to; at += FlowSeconds)
            {
                writer.Begin(at);
                SppText.Iso(writer, at);
                foreach (var units in Values(books, authority, at))
                {
                    writer.Byte((byte)',');
                    writer.Value();
                    writer.Fixed(units, 2, cutZeros: false);
                }

                writer.End();
            }
        });
    }

    /// <summary>Scheduled and actual net interchange, and the flow over each tie, hundredths of a MW.</summary>
    public static IEnumerable<long> Values(SppBooks books, string authority, long at)
    {
        var flows = Ties(authority).Select(tie => books.Flow(authority, tie, at)).ToArray();
        var actual = flows.Sum();
        return [actual + books.Flow(authority, "NSI", at) / 20, actual, .. flows];
    }

    private static long Midnight(LocalDate date) => new OperatingDay(date, MarketZones.Central).Start.ToUnixTimeSeconds();

    /// <summary>The month's file grows by whole days, a day late.</summary>
    private static long MonthShownUntil(Instant now) =>
        OperatingDay.Of(now - Duration.FromHours(24), MarketZones.Central).Start.ToUnixTimeSeconds();

    /// <summary>Readings before this are there: each is shown when its interval is over.</summary>
    private static long Shown(Instant now, int seconds) => now.ToUnixTimeSeconds() / seconds * seconds;

    private static IEnumerable<long> Times(OperatingDay day, int step, long from, long to)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += step)
        {
            if (at >= from && at < to)
            {
                yield return at;
            }
        }
    }
}
