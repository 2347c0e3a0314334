using System.Text;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A store into which a test delivers files of its own words.</summary>
internal sealed class DeliveryRig : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly GateRoom _gates;

    public DeliveryRig()
    {
        Store = AurumStore.Open(
            new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, LineFeed.All, new StoppedClock(LongAfter));
        _gates = new GateRoom(Store);
    }

    /// <summary>An instant when the day is complete, and the patience with holes is not used up.</summary>
    public static Instant After { get; } = Day.Start + Duration.FromHours(31);

    /// <summary>An instant when nothing more is expected.</summary>
    public static Instant LongAfter { get; } = Day.Start + Duration.FromDays(30);

    public static OperatingDay Day => LineFeed.RealTime.Day(new LocalDate(2025, 6, 10));

    public AurumStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    public Task<DayReport> Deliver(Instant at, params IReadOnlyList<string> files) => Deliver(LineFeed.RealTime, at, null, files);

    public Task<DayReport> Deliver(
        Feed<LmpRow> feed, Instant at, (Outcome Outcome, string Why)? failed, params IReadOnlyList<string> files) =>
        Deliver(feed, Day, at, failed, files);

    public async Task<DayReport> Deliver(
        Feed<LmpRow> feed, OperatingDay day, Instant at, (Outcome Outcome, string Why)? failed, params IReadOnlyList<string> files)
    {
        var answers = new Answers();
        var number = 0;
        foreach (var text in files)
        {
            var fetch = new Fetch(feed.Id, day.Date, "site", $"/{number}", $"file-{number++}.csv", 200);
            using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
            answers.Add(await Store.Archive.AddAsync(fetch, body, [], CancellationToken.None));
        }

        if (failed is { } outcome)
        {
            answers.Add(outcome.Outcome, outcome.Why);
        }

        return feed.Accept(new Delivery(Store, Store.Archive, _gates, new DriftWatch(Store, Store.Archive), day, answers, at));
    }

    public long Count(string table)
    {
        using var rows = Store.Read.Sql($"select count(*) from {table}");
        return rows.NextChunk() ? rows.Whole(0, 0) : 0;
    }
}
