using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Time;

/// <summary>Turns forty years of quarter-hour local labels of one zone, in order, into UTC, in bulk.</summary>
/// <remarks>Budget: at least 20 M labels a CPU-second for sorted input; nothing allocated a label. Baselines do the same labels
/// one by one: NodaTime's <c>MapLocal</c> and .NET's <c>TimeZoneInfo.ConvertTimeToUtc</c>, on readings that were made
/// before.</remarks>
public sealed class TimeLabels : IBenchmark
{
    private const int FirstYear = 2000;
    private const int Years = 40;
    private const int Minutes = 15;
    private const int ShuffleSeed = 20251102;

    public string Name => "time-labels";

    public string Title => "Bulk conversion of local time labels to UTC";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var zone = MarketZones.Central;
        var table = TransitionTable.For(zone);
        var local = Labels(table, options.Scaled(Years * 366 * 24 * 60 / Minutes));
        var shuffled = local.ToArray();
        new Random(ShuffleSeed).Shuffle(shuffled);
        var readings = Array.ConvertAll(local, LocalSeconds.ToLocalDateTime);
        var shuffledReadings = Array.ConvertAll(shuffled, LocalSeconds.ToLocalDateTime);
        var dateTimes = Array.ConvertAll(readings, reading => reading.ToDateTimeUnspecified());
        var bclZone = TimeZoneInfo.FindSystemTimeZoneById(zone.Id);
        var utc = new long[local.Length];

        // In this order: Aurum sorted and shuffled, NodaTime sorted and shuffled, .NET sorted.
        var measured = Race.Run(
            options,
            new Contestant("Aurum, sorted", () => Convert(table, local, utc, RepeatedTime.SeriesOrder)),
            new Contestant("Aurum, shuffled", () => Convert(table, shuffled, utc, RepeatedTime.FirstPass)),
            new Contestant("NodaTime MapLocal", () => MapLocal(zone, readings, utc)),
            new Contestant("NodaTime MapLocal, shuffled", () => MapLocal(zone, shuffledReadings, utc)),
            new Contestant("TimeZoneInfo.ConvertTimeToUtc", () => ConvertTimeToUtc(bclZone, dateTimes, utc)));
        var input = FormattableString.Invariant($"{local.Length:N0} labels of {zone.Id}, {Minutes} minutes apart");
        return
        [
            BenchResult.OfRates(Name, "labels", measured[0], measured[2], input),
            BenchResult.OfRates($"{Name}/bcl", "labels", measured[0], measured[4], input),
            BenchResult.OfRates($"{Name}/shuffled", "labels", measured[1], measured[3], $"{input}, shuffled"),
        ];
    }

    /// <summary>What the wall clock showed every quarter hour: no label in spring's gap, autumn's repeated hour twice.</summary>
    private static long[] Labels(TransitionTable table, int count)
    {
        var utc = new long[count];
        var first = Instant.FromUtc(FirstYear, 1, 1, 6, 0).ToUnixTimeSeconds();
        for (var i = 0; i < utc.Length; i++)
        {
            utc[i] = first + (i * Minutes * 60L);
        }

        var local = new long[count];
        table.ToLocal(utc, local);
        return local;
    }

    private static long Convert(TransitionTable table, long[] local, long[] utc, RepeatedTime repeated)
    {
        table.ToUtc(local, utc, repeated);
        return local.Length;
    }

    private static long MapLocal(DateTimeZone zone, LocalDateTime[] readings, long[] utc)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            utc[i] = zone.MapLocal(readings[i]).First().ToInstant().ToUnixTimeSeconds();
        }

        return readings.Length;
    }

    private static long ConvertTimeToUtc(TimeZoneInfo zone, DateTime[] readings, long[] utc)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            utc[i] = TimeZoneInfo.ConvertTimeToUtc(readings[i], zone).Ticks;
        }

        return readings.Length;
    }
}
