using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Sources.Isone;
using NodaTime;

namespace Aurum.Tests.Sandbox.Isone;

/// <summary>The forms that no feed asks for by itself, and the final prices of days that are long over, are read as the truth
/// too.</summary>
public sealed class IsoneFormsTests
{
    private static readonly SandboxNetwork Network = new(new World(7, new WorldOptions { IsoneNodes = 2 }));

    /// <summary>An ordinary day, and those of 23 and 25 hours.</summary>
    private static readonly LocalDate[] Days = [new(2026, 1, 20), new(2026, 3, 8), new(2025, 11, 2)];

    public static TheoryData<string> ServiceFeeds =>
        [.. IsoneFeeds.All.Where(f => f.Locate(f.Day(Days[0]), Instant.MaxValue)[0].Site == "isone-api").Select(f => f.Id.Text)];

    [Theory]
    [MemberData(nameof(ServiceFeeds))]
    public async Task Answers_in_XML_are_read_as_those_in_JSON(string id)
    {
        foreach (var date in Days)
        {
            var feed = FeedCatalog.Find(new FeedId(id));
            var day = feed.Day(date);
            var now = day.End + Duration.FromHours(4);
            var files = feed.Locate(day, now).Select(request => Xml(request.PathAndQuery, now, day)).ToList();
            await feed.Accept(new Comparison(day, now, files));
        }
    }

    [Fact]
    public void Reports_of_prices_are_read_as_answers_of_the_service()
    {
        foreach (var date in Days)
        {
            var day = DayAheadLmp.Feed.Day(date);
            var now = day.End + Duration.FromHours(4);
            Hold(DayAheadLmp.Feed, day, now, [Csv($"da-lmp/WW_DALMP_ISO_{date:uuuuMMdd}.csv", now, day)]);
            Hold(HourlyLmp.Feed, day, now, [Csv($"rt-lmp/lmp_rt_prelim_{date:uuuuMMdd}.csv", now, day)]);
            Hold(
                HourlyLmp.Feed, day, day.End + Duration.FromDays(6),
                [Csv($"rt-lmp/lmp_rt_final_{date:uuuuMMdd}.csv", day.End + Duration.FromDays(6), day)]);
        }
    }

    [Theory]
    [InlineData("isone/real-time-lmp", 1)]
    [InlineData("isone/real-time-lmp-hourly", 3)]
    public async Task Final_prices_take_the_place_of_preliminary_ones_after_five_days(string id, int days)
    {
        var feed = (Feed<LmpRow>)FeedCatalog.Find(new FeedId(id));
        foreach (var date in Days[^days..])
        {
            var day = feed.Day(date);
            var preliminary = await Fetch(feed, day, day.End + Duration.FromDays(5) - Duration.FromSeconds(1));
            var final = await Fetch(feed, day, day.End + Duration.FromDays(5));
            Assert.Equal(preliminary.Select(r => (r.Location, r.Delivery)), final.Select(r => (r.Location, r.Delivery)));
            Assert.InRange(final.Except(preliminary).Count(), 1, final.Count - 1);
        }
    }

    [Theory]
    [InlineData("isone/solar-forecast")]
    [InlineData("isone/wind-forecast")]
    public async Task Forecasts_over_a_clock_change_have_an_hour_less_or_more_and_nothing_to_remark(string id)
    {
        var feed = (Feed<GenerationRow>)FeedCatalog.Find(new FeedId(id));
        foreach (var (date, hours) in new[] { (new LocalDate(2026, 1, 20), 168), (new(2026, 3, 5), 167), (new(2025, 10, 30), 169) })
        {
            var day = feed.Day(date);
            using var client = new SandboxClient(Network, day.End);
            var (rows, results) = await client.FetchAsync(feed, day);
            Assert.Equal(hours, rows.Count);
            Assert.Empty(Assert.Single(results).Notes);
            Assert.Equal(Network.Truth.Rows<GenerationRow>(feed.Id, day, day.End).ToHashSet(), [.. rows]);
        }
    }

    private static async Task<List<LmpRow>> Fetch(Feed<LmpRow> feed, OperatingDay day, Instant now)
    {
        using var client = new SandboxClient(Network, now);
        var rows = (await client.FetchAsync(feed, day)).Rows;
        Assert.Equal(Network.Truth.Rows<LmpRow>(feed.Id, day, now).ToHashSet(), [.. rows]);
        return rows;
    }

    private static FeedFile Xml(string path, Instant now, OperatingDay day) => Get("/api/v1.1" + path, "answer.xml", now, day);

    private static FeedFile Csv(string report, Instant now, OperatingDay day) =>
        Get("/static-transform/csv/histRpts/" + report, report[(report.IndexOf('/', StringComparison.Ordinal) + 1)..], now, day);

    private static FeedFile Get(string path, string name, Instant now, OperatingDay day)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = "Basic eDp4" };
        var answer = Network.Publisher("isone").Answer(SandboxRequest.Get(path, headers), Moment.At(now));
        Assert.True(answer.Status == 200, $"{path}: {answer.Status}");
        return FeedFile.FromBytes(name, answer.Body.ToArray(), day);
    }

    private static void Hold<TRow>(Feed<TRow> feed, OperatingDay day, Instant now, IReadOnlyList<FeedFile> files)
        where TRow : struct
    {
        var rows = new RowList<TRow>();
        foreach (var file in files)
        {
            Assert.True(feed.Recognizes(FeedDetection.HeadOf(file)) || file.Name == "answer.xml", $"{feed.Id} does not know {file.Name}");
            Assert.True(feed.Parse(file, rows) is { Outcome: Outcome.Data, Notes.Count: 0 }, $"{feed.Id} {day} {file.Name}");
        }

        var truth = Network.Truth.Rows<TRow>(feed.Id, day, now).ToList();
        Assert.True(
            rows.Rows.Count == truth.Count && truth.ToHashSet().SetEquals(rows.Rows),
            $"{feed.Id} {day}: {rows.Rows.Count} rows, {truth.Count} expected");
    }

    private sealed class Comparison(OperatingDay day, Instant now, IReadOnlyList<FeedFile> files) : IFeedVisitor<Task>
    {
        public Task Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            Assert.All(files, f => Assert.StartsWith("<?xml", Encoding.UTF8.GetString(Bytes(f)), StringComparison.Ordinal));
            Hold(feed, day, now, files);
            return Task.CompletedTask;
        }

        private static byte[] Bytes(FeedFile file)
        {
            using var stream = file.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
