using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>Holds what the store knew of a day at an instant against the truth. The publisher may have changed its mind while the day
/// was being fetched, so a row may be as it was at the first answer or at the last.</summary>
/// <param name="store">The store.</param>
/// <param name="truth">The truth.</param>
/// <param name="day">Operating day.</param>
/// <param name="first">When the first answer was asked for, at the earliest.</param>
/// <param name="knownAt">When the day was committed.</param>
internal sealed class TruthCheck(AurumStore store, Truth truth, OperatingDay day, Instant first, Instant knownAt)
    : IFeedVisitor<TruthCheck.Result>
{
    public Result Visit<TRow>(Feed<TRow> feed)
        where TRow : struct
    {
        var rows = truth.Rows<TRow>(feed.Id, day, first).ToList();
        var before = KnownRows.OfTruth(feed.Table, rows);
        var later = truth.Rows<TRow>(feed.Id, day, knownAt).ToList();
        var after = later.SequenceEqual(rows) ? before : KnownRows.OfTruth(feed.Table, later);
        var stored = KnownRows.OfStore(store, feed, KnownRows.StretchOf(feed, day, rows), knownAt);
        var result = new Result();
        foreach (var (key, value) in before)
        {
            if (!after.TryGetValue(key, out var now))
            {
                // The publisher took it away while the day was being fetched: the answer may not have had it, as a forecast that is
                // asked for at midnight begins with the new day. What an earlier one said of it stands then.
                continue;
            }

            if (!stored.TryGetValue(key, out var found))
            {
                result.Add($"{feed.Id} {day}: {key} is missing");
            }
            else if (found.Value != value && found.Value != now)
            {
                result.Add($"{feed.Id} {day}: {key} is {found.Value}, the truth is {value}");
            }
        }

        if (feed.RowsLieInDay)
        {
            AddStrangers(feed, result, stored, before, after);
        }

        result.Rows = before.Count;
        return result;
    }

    private void AddStrangers<TRow>(
        Feed<TRow> feed, Result result, Dictionary<string, (string Value, long Start)> stored, Dictionary<string, string> before,
        Dictionary<string, string> after)
        where TRow : struct
    {
        foreach (var (key, row) in stored)
        {
            if (day.Interval.Contains(Instant.FromUnixTimeSeconds(row.Start)) && !before.ContainsKey(key) && !after.ContainsKey(key)
                && !BelongsToNeighbour(feed, key))
            {
                result.Add($"{feed.Id} {day}: {key} was never published");
            }
        }
    }

    /// <summary>A reading at midnight belongs to the day that it ends.</summary>
    private bool BelongsToNeighbour<TRow>(Feed<TRow> feed, string key)
        where TRow : struct =>
        KnownRows.OfTruth(feed.Table, truth.Rows<TRow>(feed.Id, day.Previous, knownAt)).ContainsKey(key);

    internal sealed class Result
    {
        public List<string> Wrong { get; } = [];

        public int Rows { get; set; }

        public void Add(string what) => Wrong.Add(what);
    }
}
