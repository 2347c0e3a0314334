using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>What every engine of the store must do. An engine derives its own test classes and says how to open one.</summary>
public abstract class StoreConformance : IDisposable
{
    protected static readonly Instant T0 = Instant.FromUtc(2025, 3, 1, 12, 0);
    protected static readonly LocalDate Day = new(2025, 3, 4);

    private AurumStore? _store;

    protected AurumStore Store => _store ??= Open();

    public virtual void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected abstract AurumStore Open();

    protected void Reopen()
    {
        _store?.Dispose();
        _store = Open();
    }

    protected static Instant At(int minutes) => T0 + Duration.FromMinutes(minutes);

    protected static DayOutcome Complete { get; } = new(Outcome.Data, "", IsComplete: true);

    protected static LmpRow Price(int hour, double lmp, string node = "HUB_A", LocalDate? day = null) => new(
        new Location(node, LocationType.Hub),
        DeliveryInterval.StartingAt(StoreFeeds.Prices.Day(day ?? Day).Start + Duration.FromHours(hour), 60),
        lmp,
        lmp - 1,
        1,
        double.NaN,
        0);

    protected static LmpRow[] PricesOf(int count, Func<int, double> lmp, string node = "HUB_A") =>
        [.. Enumerable.Range(0, count).Select(hour => Price(hour, lmp(hour), node))];

    protected static FileRecord FileOf(Feed feed, LocalDate day, string name = "prices.csv") => new(
        new Fetch(feed.Id, day, "test", $"/{name}", name, 200) { ResponseHeaders = [new("ETag", "\"1\"")] },
        new string('a', 64),
        100,
        T0);

    protected CommitReceipt Deliver(ReadOnlySpan<LmpRow> rows, Instant knownAt, DayOutcome? outcome = null, LocalDate? day = null) =>
        Deliver(StoreFeeds.Prices, rows, knownAt, outcome, day);

    protected CommitReceipt Deliver<TRow>(
        Feed<TRow> feed, ReadOnlySpan<TRow> rows, Instant knownAt, DayOutcome? outcome = null, LocalDate? day = null)
        where TRow : struct
    {
        var operatingDay = feed.Day(day ?? Day);
        using var intake = Store.BeginDay(feed, operatingDay, knownAt);
        intake.AddFile(FileOf(feed, operatingDay.Date));
        intake.Append(rows);
        return intake.Commit(outcome ?? Complete);
    }

    /// <summary>Rows of a query as one line of text each: hour of the day, node, price, revision.</summary>
    protected List<string> Lines(RowQuery query)
    {
        using var reader = Store.Read.Rows(query);
        List<string> lines = [];
        while (reader.NextChunk())
        {
            for (var row = 0; row < reader.Count; row++)
            {
                string[] columns = ["interval_start_utc", "location_id", "lmp", "revision"];
                lines.Add(string.Join(' ', columns.Select(column => Cell(column, row))));
            }
        }

        return lines;

        string Cell(string name, int row)
        {
            var column = reader.Columns.ToList().FindIndex(c => c.Name == name);
            return reader.Value(column, row) switch
            {
                null => "-",
                Instant instant => (instant - StoreFeeds.Prices.Day(Day).Start).TotalHours.ToString(CultureInfo.InvariantCulture),
                IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                var value => value.ToString()!,
            };
        }
    }

    protected static RowQuery Prices { get; } = new("iso_lmp");

    protected long Scalar(string sql)
    {
        using var reader = Store.Read.Sql(sql);
        Assert.True(reader.NextChunk());
        return reader.Whole(0, 0);
    }
}
