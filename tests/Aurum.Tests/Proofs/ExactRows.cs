using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Store;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>Holds all rows that a store has of a feed against the true rows of the days that it should have: none may lack, none may
/// be there twice, none may be there beside them. For feeds whose corrections are over or not yet out: one revision a key.</summary>
/// <param name="store">The store.</param>
/// <param name="truth">The truth.</param>
/// <param name="days">Days that the store should have, by feed.</param>
/// <param name="knownAt">An instant at which the truth was what the store should have.</param>
internal sealed class ExactRows(AurumStore store, Truth truth, Func<Feed, IReadOnlyList<OperatingDay>> days, Instant knownAt)
    : IFeedVisitor<IReadOnlyList<string>>
{
    private static readonly Instant Later = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>True rows that were compared.</summary>
    public long Rows { get; private set; }

    public IReadOnlyList<string> Visit<TRow>(Feed<TRow> feed)
        where TRow : struct
    {
        var wrong = new List<string>();
        var expected = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in days(feed).SelectMany(day => KnownRows.OfTruth(feed.Table, truth.Rows<TRow>(feed.Id, day, knownAt))))
        {
            // Forecasts of two days may say different things of one hour: then either may stand.
            _ = expected.TryAdd(key, new HashSet<string>(StringComparer.Ordinal));
            expected[key].Add(value);
        }

        var stored = KnownRows.OfStore(store, feed, new Interval(Instant.FromUtc(2000, 1, 1, 0, 0), Later), Later);
        wrong.AddRange(expected.Keys.Where(key => !stored.ContainsKey(key)).Select(key => $"{feed.Id}: {key} is missing"));
        wrong.AddRange(stored.Where(row => !expected.TryGetValue(row.Key, out var values) || !values.Contains(row.Value.Value))
            .Select(row => $"{feed.Id}: {row.Key} is {row.Value.Value}, which is not true"));
        var rows = StoreNumbers.Of(store, $"select count(*) from {feed.TableName} where feed = '{feed.Id}'");
        if (feed.RowsLieInDay && rows != expected.Count)
        {
            wrong.Add($"{feed.Id}: {rows} rows for {expected.Count} keys");
        }

        Rows += expected.Count;
        return wrong;
    }
}
