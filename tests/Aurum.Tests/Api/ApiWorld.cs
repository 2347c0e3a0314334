using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Store.Watch;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>A small store whose every value is known: the day of 25 hours, two markets, a correction, a hole, a row held
/// back.</summary>
internal static class ApiWorld
{
    public static readonly LocalDate Day = new(2025, 11, 2);
    public static readonly Instant Now = Instant.FromUtc(2025, 11, 5, 12, 0);
    public static readonly Instant FirstKnown = Instant.FromUtc(2025, 11, 1, 20, 0);
    public static readonly Instant Corrected = Instant.FromUtc(2025, 11, 4, 0, 0);

    public static readonly Location Sp15 = new("TH_SP15_GEN-APND", LocationType.Hub);
    public static readonly Location Np15 = new("TH_NP15_GEN-APND", LocationType.Hub);
    public static readonly Location Nyc = new("N.Y.C.", LocationType.Zone, "New York City", "61761");
    public static readonly Location Caiso = new("CA ISO-TAC", LocationType.System);
    public static readonly Location Nyca = new("NYCA", LocationType.System);

    public static readonly Feed<LmpRow> DayAhead = FeedOf<LmpRow>("caiso/day-ahead-lmp");
    public static readonly Feed<LmpRow> RealTime = FeedOf<LmpRow>("nyiso/real-time-lmp-zone");
    public static readonly Feed<LoadRow> Load = FeedOf<LoadRow>("caiso/load-actual");
    public static readonly Feed<LoadRow> LoadForecast = FeedOf<LoadRow>("caiso/load-forecast-real-time");
    public static readonly Feed<GenerationRow> FuelMix = FeedOf<GenerationRow>("nyiso/fuel-mix");
    public static readonly Feed<AncillaryPriceRow> Ancillary = FeedOf<AncillaryPriceRow>("caiso/ancillary-prices");
    public static readonly Feed<SeriesPoint> Region = FeedOf<SeriesPoint>("eia/region-data");

    /// <summary>Hour 10 of the day: the price that is corrected.</summary>
    public static readonly Instant CorrectedHour = DayAhead.Day(Day).Start + Duration.FromHours(10);

    public static double CorrectedPrice => 99.5;

    /// <summary>The price of an hour: 30 to 54, but for the first two hours of NP15, which are negative.</summary>
    public static double PriceOf(Location place, int hour) => place == Np15
        && hour < 2 ? -5.25 - hour : 30 + hour + (place == Np15 ? 0.5 : 0);

    public static void Fill(AurumStore store)
    {
        Deliver(store, DayAhead, Day, FirstKnown, Hours(Sp15), Hours(Np15));
        Deliver(store, RealTime, Day, Instant.FromUtc(2025, 11, 3, 6, 0), FiveMinutes(Nyc));
        var start = DayAhead.Day(Day).Start;
        Deliver(store, Load, Day, Instant.FromUtc(2025, 11, 3, 10, 0),
            [.. Enumerable.Range(0, 25).Select(h => new LoadRow(Caiso, Hour(start, h), 20_000 + h))]);
        Deliver(store, Ancillary, Day, FirstKnown,
            [.. Enumerable.Range(0, 25)
            .Select(h =>
            new AncillaryPriceRow(new Location("AS_CAISO_EXP", LocationType.Zone), new Symbol("SR"), Hour(start, h), 1.5 + h))]);
        var midnight = FuelMix.Day(Day).Start;
        Deliver(store, FuelMix, Day, Instant.FromUtc(2025, 11, 3, 6, 0),
        [
            new GenerationRow(Nyca, new Symbol("Natural Gas"), DeliveryInterval.At(midnight), 5000),
            new GenerationRow(Nyca, new Symbol("Wind"), DeliveryInterval.At(midnight), 1200.5),
        ]);
        Deliver(store, Region, Day, Instant.FromUtc(2025, 11, 3, 6, 0),
        [
            new SeriesPoint(new SeriesKey("rto/region-data/CISO/D", "megawatthours"), Hour(start, 0), 21_000),
            new SeriesPoint(new SeriesKey("rto/region-data/CISO/D", "megawatthours"), Hour(start, 1), double.NaN),
        ]);
        Deliver(store, DayAhead, Day, Corrected, new LmpRow(Sp15, Hour(start, 10), CorrectedPrice, 90, 8, 1.5, double.NaN));
        Miss(store, DayAhead, Day.PlusDays(1));
        HoldBack(store);
        store.Watch.Replace(
            new Look(Region.Id, Region.Day(Day), 6, Instant.FromUtc(2025, 11, 3, 6, 0)),
            "eia/demand",
            [new Finding("eia/demand", "CISO", Region.Day(Day).Start, 21_000, double.NaN, 20_000, "MW", "far apart")]);
    }

    public static LmpRow[] Hours(Location place)
    {
        var start = DayAhead.Day(Day).Start;
        return
        [
            .. Enumerable.Range(0, 25).Select(h =>
                new LmpRow(place, Hour(start, h), PriceOf(place, h), PriceOf(place, h) - 3, 2, 1, double.NaN)),
        ];
    }

    public static LmpRow[] FiveMinutes(Location place)
    {
        var start = RealTime.Day(Day).Start;
        return
        [
            .. Enumerable.Range(0, 300).Select(i => new LmpRow(
                place, DeliveryInterval.StartingAt(start + Duration.FromMinutes(5 * i), 5), 20 + (i % 12), 18, i % 12, 2,
                double.NaN)),
        ];
    }

    public static DeliveryInterval Hour(Instant start, int hour) =>
        DeliveryInterval.StartingAt(start + Duration.FromHours(hour), 60);

    /// <summary>Commits one complete delivery.</summary>
    public static CommitReceipt Deliver<TRow>(AurumStore store, Feed<TRow> feed, LocalDate day, Instant knownAt,
        params TRow[][] rows)
        where TRow : struct => Deliver(store, feed, day, knownAt, [.. rows.SelectMany(r => r)]);

    public static CommitReceipt Deliver<TRow>(AurumStore store, Feed<TRow> feed, LocalDate day, Instant knownAt,
        params TRow[] rows)
        where TRow : struct
    {
        using var intake = store.BeginDay(feed, feed.Day(day), knownAt);
        intake.AddFile(FileOf(feed, day, $"{feed.Id}-{day}-{knownAt}"));
        intake.Append(rows);
        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private static void Miss(AurumStore store, Feed feed, LocalDate day) => store.RecordOutcome(
        feed, feed.Day(day), Instant.FromUtc(2025, 11, 4, 6, 0),
        new DayOutcome(Outcome.Unavailable, "the site answered with status 503", IsComplete: false),
        [], []);

    private static void HoldBack(AurumStore store)
    {
        var day = Day.PlusDays(-1);
        using var intake = store.BeginDay(DayAhead, DayAhead.Day(day), Instant.FromUtc(2025, 11, 4, 7, 0));
        intake.AddFile(FileOf(DayAhead, day, "held back"));
        intake.Append([new LmpRow(Sp15, Hour(DayAhead.Day(day).Start, 0), 31, 28, 2, 1, double.NaN)]);
        intake.Quarantine(
            new LmpRow(Np15, Hour(DayAhead.Day(day).Start, 0), 5000, 28, 2, 1, double.NaN), "lmp_within_cap",
            "expected at most 2000, found 5000", 7);
        intake.AddGate(new GateRecord(
            "iso_lmp", "PassWithQuarantine", 2, 1,
            """[{"Name":"lmp_within_cap","Severity":"Row","Status":"Warn","Checked":2,"Failed":1,"Example":"5000 is above 2000"}]"""));
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private static FileRecord FileOf(Feed feed, LocalDate day, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new FileRecord(
            new Fetch(feed.Id, day, "file", "/made-up", "made-up.csv", 200),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length, FirstKnown);
    }

    public static Feed<TRow> FeedOf<TRow>(string id)
        where TRow : struct => (Feed<TRow>)FeedCatalog.Find(new FeedId(id));
}
