using Aurum.Market.Feeds;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Tests.Sandbox;
using NodaTime;

namespace Aurum.Tests.Sources.Hostile;

/// <summary>Every feed of the catalog over files that were spoilt in every way a wire, a disk or an enemy knows: it gives rows, an
/// outcome, or the error that names file, expected and found, within bounded memory, rows and reads. Nothing else, ever.</summary>
public sealed class HostileFeedTests
{
    /// <summary>Bytes that a feed is tried with, which decides the rounds: a file of 1 KiB is tried often, one of 1 MiB seldom.</summary>
    private const int QuickBytes = 1 << 19;

    private const int LongBytes = 4 << 20;

    private static readonly WorldOptions Small = new(
        CaisoNodes: 1, NyisoGenerators: 1, ErcotResourceNodes: 0, PjmNodes: 0, IesoNodes: 1) { MisoNodes = 0, SppNodes = 1 };

    private static readonly SandboxNetwork Network = new(new World(7, Small));

    private static readonly LocalDate[] Dates = [new(2025, 10, 31), new(2025, 10, 1), new(2025, 10, 27), new(2026, 6, 15)];

    public static TheoryData<string> Feeds => [.. FeedCatalog.All.Select(static feed => feed.Id.Text)];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Feeds))]
    public async Task A_spoilt_file_ends_in_rows_an_outcome_or_a_named_error(string id) => await Try(id, seed: 1, QuickBytes);

    [Theory(Timeout = 300_000)]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Feeds))]
    public async Task A_spoilt_file_ends_so_however_often_it_is_spoilt(string id) => await Try(id, seed: 2, LongBytes);

    private static async Task Try(string id, int seed, int bytes)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        var files = await GoodFiles(feed);
        Assert.True(files.Count > 0, $"{id}: neither the sandbox nor the samples have a file of it");
        await Task.Run(() =>
        {
            foreach (var (request, file) in files)
            {
                new HostileTrial(feed, request, file).Run(seed, bytes / files.Count);
            }
        });
    }

    /// <summary>A file of the sandbox with rows, and a recorded one that is not large.</summary>
    private static async Task<List<(FeedRequest Request, FeedFile File)>> GoodFiles(Feed feed)
    {
        var files = Recorded(feed).Take(1).Select(path => (RequestOf(feed), FeedFile.FromPath(path))).ToList();
        foreach (var day in Network.Truth.Feeds.Contains(feed.Id) ? Dates.Select(feed.Day) : [])
        {
            var now = feed.Schedule.KeptDays is null or > 30
                ? Instant.Max(day.End + Duration.FromHours(4), day.Start + feed.Schedule.CompleteAt + Duration.FromHours(1))
                : day.End - Duration.FromHours(1);
            using var client = new SandboxClient(Network, now);
            if (feed.Locate(day, now) is [var first, ..] && await client.GetAsync(first, day) is { } file && feed.Accept(new HasRows(file)))
            {
                files.Add((first, file));
                break;
            }
        }

        return files;
    }

    /// <summary>A request of the feed's own making, on whatever day it asks for something.</summary>
    private static FeedRequest RequestOf(Feed feed) => Enumerable.Range(0, 60).Select(n => feed.Day(Dates[0].PlusDays(-n)))
        .SelectMany(day => feed.Locate(day, day.Start + Duration.FromHours(20))).First();

    private static IEnumerable<string> Recorded(Feed feed)
    {
        const int LargestBytes = 64 << 10;
        return Samples.Folders().Contains(feed.Id.Publisher)
            ? Samples.Files(feed.Id.Publisher).Where(path => new FileInfo(path).Length <= LargestBytes
                && ParsedFile.FeedsThatRecognize(path).Contains(feed))
            : [];
    }

    private sealed class HasRows(FeedFile file) : IFeedVisitor<bool>
    {
        public bool Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => ParsedFile.RowsOf(feed, file).Rows.Count > 0;
    }
}
