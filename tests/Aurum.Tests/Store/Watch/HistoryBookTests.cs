using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.History;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Watch;
using NodaTime;

namespace Aurum.Tests.Store.Watch;

public abstract class HistoryBookTests : IDisposable
{
    /// <summary>The feed that the tests are about.</summary>
    protected static readonly Feed<LoadRow> Feed = (Feed<LoadRow>)FeedCatalog.Find(new FeedId("nyiso/load-integrated"));
    private static readonly ZScoreExpectation Unusual = new("z(mw)", "mw", null, Threshold: 8, Weeks: 8, MinHistory: 4, MinSpread: 5);
    private static readonly StabilityExpectation Stable =
        new("stable(mw)", "mw", Days: 28, MinDays: 7, MaxPsi: 3, MaxMeanShift: 3, MaxMissing: 0.1);

    private static readonly LocalDate Monday = new(2025, 6, 16);

    private readonly AurumStore _store;
    private int _deliveries;

    protected HistoryBookTests(AurumStore store) => _store = store;

    /// <summary>The clock of stores.</summary>
    protected static IClock Clock => new StoppedClock(Instant.FromUtc(2026, 1, 1, 0, 0));

    public virtual void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_planted_spike_is_found_with_its_place_its_value_and_what_was_expected()
    {
        var random = new Random(5);
        WeeksBefore(Monday, 6);
        for (var run = 0; run < 5; run++)
        {
            var hour = random.Next(24);
            var found = Assert.Single(Look(Monday, (at, mw) => at == hour ? mw * 3 : mw));

            Assert.Equal("WEST", found.Place);
            Assert.Equal(Feed.Day(Monday).Start + Duration.FromHours(hour), found.AtUtc);
            Assert.Equal(3 * Usual(Monday, hour), found.Found, 3);
            Assert.InRange(Usual(Monday, hour), found.Least, found.Most);
            Assert.Contains("by 6 weeks before", found.Reason, StringComparison.Ordinal);
        }

        Assert.Empty(Look(Monday, static (_, mw) => mw));
    }

    [Fact]
    public void Hours_days_and_weekends_of_their_own_are_no_anomaly()
    {
        for (var day = Monday.PlusDays(-42); day < Monday; day = day.PlusDays(1))
        {
            Assert.Empty(Look(day, static (_, mw) => mw));
        }
    }

    [Theory]
    [InlineData("2025-11-02")]
    [InlineData("2025-11-09")]
    [InlineData("2025-03-09")]
    [InlineData("2025-03-16")]
    public void Weeks_around_a_change_of_the_clock_are_compared_by_the_clock_of_the_market(string text)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
        WeeksBefore(day, 6);

        Assert.Empty(Look(day, static (_, mw) => mw));
        Assert.NotEmpty(Look(day, (hour, _) => Usual(day, (hour + 3) % 24)));
    }

    [Fact]
    public void Too_few_weeks_say_nothing()
    {
        WeeksBefore(Monday, 3);

        Assert.Empty(Look(Monday, static (_, mw) => mw * 10));
    }

    [Fact]
    public void A_day_in_other_units_is_drift_until_it_is_corrected()
    {
        for (var day = Monday.PlusDays(-9); day < Monday; day = day.PlusDays(1))
        {
            Deliver(day, static (_, mw) => mw);
            Assert.Empty(_store.History.Drifted(Feed, LookAt(day), Stable));
        }

        Deliver(Monday, static (_, mw) => mw / 1000);
        Assert.Contains("mean", _store.History.Drifted(Feed, LookAt(Monday), Stable).Select(c => c.Kind));
        var notes = _store.Read.Drift(new RecordQuery());
        Assert.All(notes, n => Assert.Equal(("mw", Monday, Feed.Id), (n.Subject, n.Day, n.Feed)));
        Assert.NotEmpty(notes);

        Deliver(Monday, static (_, mw) => mw);
        Assert.Empty(_store.History.Drifted(Feed, LookAt(Monday), Stable));
        Assert.Empty(_store.Read.Drift(new RecordQuery()));
    }

    private void WeeksBefore(LocalDate day, int weeks)
    {
        for (var week = weeks; week > 0; week--)
        {
            Look(day.PlusWeeks(-week), static (_, mw) => mw);
        }
    }

    private IReadOnlyList<Finding> Look(LocalDate day, Func<int, double, double> change)
    {
        Deliver(day, change);
        return _store.History.Unusual(Feed, LookAt(day), Unusual);
    }

    private Look LookAt(LocalDate day) => new(Feed.Id, Feed.Day(day), _deliveries, KnownAt);

    private Instant KnownAt => Instant.FromUtc(2025, 12, 1, 0, 0) + Duration.FromMinutes(_deliveries);

    /// <summary>A load that rises in the morning, falls at night and rests at the weekend.</summary>
    private static double Usual(LocalDate day, int hour) =>
        (day.DayOfWeek >= IsoDayOfWeek.Saturday ? 700 : 1000) * (1 + (0.4 * Math.Sin((hour - 6) * Math.PI / 12)))
        + ((day.DayOfYear * 31) + (hour * 7)) % 10;

    private void Deliver(LocalDate date, Func<int, double, double> change)
    {
        _deliveries++;
        var day = Feed.Day(date);
        using var intake = _store.BeginDay(Feed, day, KnownAt);
        intake.AddFile(new FileRecord(
            new Fetch(Feed.Id, date, "nyiso-mis", "/x", "x.csv", 200), $"{_deliveries:x64}", 1, KnownAt));
        var rows = new List<LoadRow>();
        for (var start = day.Start; start < day.End; start += Duration.FromHours(1))
        {
            var hour = start.InZone(day.Zone).Hour;
            rows.Add(new LoadRow(
                new Location("WEST", LocationType.Zone), DeliveryInterval.FromUnixSeconds(start.ToUnixTimeSeconds(), 3600),
                change(hour, Usual(date, hour))));
        }

        intake.Append(rows.ToArray());
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
