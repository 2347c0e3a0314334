using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>An order cut into chunks: the days of a feed within a calendar month. Names follow from the content, so that the same
/// order is the same job and the same days are the same chunk, in whatever job.</summary>
/// <param name="Id">Name of the job: 12 hexadecimal digits of a hash of its feeds, in any order, and its days.</param>
/// <param name="Feeds">Feeds, in the order of the work.</param>
/// <param name="FirstDay">First operating day.</param>
/// <param name="LastDay">Last operating day that was ordered; no feed goes beyond its last one.</param>
/// <param name="Chunks">By feed, newest first.</param>
internal sealed record JobPlan(
    string Id, IReadOnlyList<Feed> Feeds, LocalDate FirstDay, LocalDate LastDay, IReadOnlyList<JobChunk> Chunks)
{
    /// <summary>Days times feeds that a job may have: thirty years of nine feeds.</summary>
    public const int MaxDays = 100_000;

    private const int IdDigits = 12;

    /// <exception cref="ArgumentException">A feed is not known; the message names the nearest.</exception>
    /// <exception cref="BackfillRefusedException">No feed, too many days, or a priority out of range.</exception>
    public static JobPlan Of(BackfillOrder order, Instant now)
    {
        List<Feed> feeds = [.. order.Feeds.Distinct(StringComparer.Ordinal).Select(id => FeedCatalog.Find(new FeedId(id)))];
        if (feeds.Count == 0)
        {
            throw new BackfillRefusedException("a backfill needs a feed at least");
        }

        if (order.Priority is < BackfillOrder.FirstPriority or > BackfillOrder.LastPriority)
        {
            throw new BackfillRefusedException(
                $"priority {order.Priority}: expected {BackfillOrder.FirstPriority} (first) to {BackfillOrder.LastPriority} (last)");
        }

        var last = order.To ?? feeds.Max(f => Planner.LastDay(f, now).Date);
        var spans = feeds.Select(f => (Feed: f, Last: LocalDate.Min(last, Planner.LastDay(f, now).Date))).ToList();
        var days = spans.Sum(s => Math.Max(0L, Period.DaysBetween(order.From, s.Last) + 1));
        if (days > MaxDays)
        {
            throw new BackfillRefusedException(string.Create(
                CultureInfo.InvariantCulture, $"{days:N0} days of feeds are too many for one job: order at most {MaxDays:N0}"));
        }

        var names = feeds.Select(f => f.Id.Text).Order(StringComparer.Ordinal);
        return new JobPlan(
            Hash($"{string.Join(' ', names)} {order.From:uuuu-MM-dd} {last:uuuu-MM-dd}"),
            feeds,
            order.From,
            last,
            [.. spans.SelectMany(s => ChunksOf(s.Feed, order.From, s.Last))]);
    }

    /// <summary>The days of chunks in the order of the work: first what the publisher drops first, then feed by feed, the newest day
    /// first: what people look at comes before history.</summary>
    /// <exception cref="ArgumentException">A feed is not known any more.</exception>
    public static IReadOnlyList<WorkItem> Items(IReadOnlyList<FeedId> feeds, IEnumerable<JobChunk> chunks)
    {
        var known = feeds.Select((id, place) => (Feed: FeedCatalog.Find(id), place)).ToDictionary(f => f.Feed.Id);
        return
        [
            .. chunks.SelectMany(c => DaysOf(known[c.Feed].Feed, c))
                .OrderBy(i => Retention.DropsAt(i.Feed, i.Day) ?? Instant.MaxValue)
                .ThenBy(i => known[i.Feed.Id].place)
                .ThenByDescending(i => i.Day.Date),
        ];
    }

    private static IEnumerable<WorkItem> DaysOf(Feed feed, JobChunk chunk)
    {
        for (var day = feed.Day(chunk.FirstDay); day.Date <= chunk.LastDay; day = day.Next)
        {
            yield return new WorkItem(feed, day);
        }
    }

    private static IEnumerable<JobChunk> ChunksOf(Feed feed, LocalDate from, LocalDate through)
    {
        for (var last = through; last >= from;)
        {
            var first = LocalDate.Max(from, new LocalDate(last.Year, last.Month, 1));
            yield return new JobChunk(
                Hash($"{feed.Id} {first:uuuu-MM-dd} {last:uuuu-MM-dd}"), feed.Id, first, last, Retention.DropsAt(feed, feed.Day(first)));
            last = first.PlusDays(-1);
        }
    }

    private static string Hash(FormattableString content) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant(content)))).Substring(0, IdDigits);
}

/// <summary>An order or a change of a job that can't be: the caller's mistake, in a sentence.</summary>
internal sealed class BackfillRefusedException(string message) : Exception(message);
