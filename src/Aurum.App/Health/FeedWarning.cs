using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>What was noticed about a feed's rows after they were stored, by expectation.</summary>
/// <param name="Expectation">A balance, or an expectation of the feed's suite.</param>
/// <param name="Findings">How often.</param>
/// <param name="LatestDay">The latest operating day of them.</param>
/// <param name="Example">The latest one in words.</param>
internal sealed record FeedWarning(string Expectation, long Findings, LocalDate LatestDay, string Example)
{
    /// <summary>By feed, the most findings first.</summary>
    /// <param name="store">Store.</param>
    /// <param name="from">First operating day.</param>
    public static ILookup<FeedId, FeedWarning> Read(StoreReader store, LocalDate from)
    {
        var found = new List<(FeedId Feed, FeedWarning Warning)>();
        using var rows = store.Sql(
            $"""
            select feed, expectation, count(*), max(day), arg_max(reason, warning_id) from warnings
            where day >= '{from:uuuu-MM-dd}' group by feed, expectation order by count(*) desc, expectation
            """);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                found.Add((new FeedId(Encoding.UTF8.GetString(rows.Text(0, i))), new FeedWarning(
                    Encoding.UTF8.GetString(rows.Text(1, i)), rows.Whole(2, i), new LocalDate(1970, 1, 1).PlusDays(rows.DateDays(3, i)),
                    Encoding.UTF8.GetString(rows.Text(4, i)))));
            }
        }

        return found.ToLookup(f => f.Feed, f => f.Warning);
    }
}
