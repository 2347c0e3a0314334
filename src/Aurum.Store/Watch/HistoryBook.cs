using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Quality.History;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.Store.Watch;

/// <summary>What values were like, feed by feed and day by day, in a small table each: with it a day is held against the weeks before
/// without reading their rows again. Safe from several threads, as long as each feed's day has one at a time.</summary>
public sealed class HistoryBook
{
    private const int DaysOfWeek = 7;

    /// <summary>Days that are kept beyond those that are looked at: backfills come in any order.</summary>
    private const int DaysKeptBeyond = 400;

    private readonly StoreEngine _engine;
    private readonly Func<long> _nextDrift;

    internal HistoryBook(StoreEngine engine, Func<long> nextDrift)
    {
        _engine = engine;
        _nextDrift = nextDrift;
    }

    /// <summary>Takes the highest and lowest value of each place and local hour of a day into the history, and gives those of the day
    /// that lie outside of what the same hour of the week lets expect.</summary>
    public IReadOnlyList<Finding> Unusual(Feed feed, Look look, ZScoreExpectation expected)
    {
        using var lease = _engine.Rent();
        var first = look.Day.Date.PlusDays(-DaysOfWeek * expected.Weeks);
        _engine.Commit(
            lease.Connection,
            () =>
            {
                using var delete = lease.Connection.Prepare(HistorySql.DeleteLevels);
                delete.Bind(feed.Id.Text).Bind(expected.Name).Bind(look.Day.Date).Bind(first.PlusDays(-DaysKeptBeyond)).Run();
                using var insert = lease.Connection.Prepare(new HistorySql(feed).InsertLevels(expected));
                return insert.Bind(look.Day.Start).Bind(look.Day.End).Bind(look.Day.Date).Run();
            },
            static () => { });
        using var query = lease.Connection.Prepare(HistorySql.FindLevels);
        using var rows = query.Bind(feed.Id.Text).Bind(expected.Name).Bind(look.Day.Date).Bind(first).Query();
        return new Bands(expected).Read(rows);
    }

    /// <summary>Takes the profile of a day's values into the history and notes how it differs from the days before.</summary>
    /// <returns>The differences.</returns>
    public IReadOnlyList<ProfileChange> Drifted(Feed feed, Look look, StabilityExpectation expected)
    {
        using var lease = _engine.Rent();
        var first = look.Day.Date.PlusDays(-expected.Days);
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                using var delete = lease.Connection.Prepare(HistorySql.DeleteProfiles);
                delete.Bind(feed.Id.Text).Bind(expected.Column).Bind(look.Day.Date).Bind(first.PlusDays(-DaysKeptBeyond)).Run();
                using var insert = lease.Connection.Prepare(new HistorySql(feed).InsertProfiles(expected, lease.Connection.Dialect));
                insert.Bind(look.Day.Start).Bind(look.Day.End).Bind(look.Day.Date).Bind(look.KnownAt).Run();
                var profiles = Profiles(lease.Connection, feed, look, expected, first);
                var day = profiles[0].Select(p => p.Profile).ToList();
                var past = profiles.Where(p => p.Key > 0).Select(p => (IReadOnlyList<DayProfile>)[.. p.Select(u => u.Profile)]).ToList();
                var changes = ProfileDrift.Changes(day, past, expected);
                Note(lease.Connection, look, expected.Column, changes);
                return changes;
            },
            static () => { });
    }

    private static ILookup<long, (long DaysBefore, DayProfile Profile)> Profiles(
        EngineConnection connection, Feed feed, Look look, StabilityExpectation expected, LocalDate first)
    {
        using var query = connection.Prepare(HistorySql.FindProfiles);
        using var rows = query.Bind(feed.Id.Text).Bind(expected.Column).Bind(first).Bind(look.Day.Date).Query();
        var found = new List<(long DaysBefore, DayProfile Profile)>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var (least, most) = (Number(rows, 6, i), Number(rows, 7, i));
                found.Add((rows.Integer(0, i), new DayProfile(
                    rows.String(1, i), rows.Int64(2, i), rows.Int64(3, i), Number(rows, 4, i), Number(rows, 5, i), least, most,
                    [least, .. Deciles(rows.String(8, i)), most], rows.Int64(9, i),
                    rows.String(10, i).Split(HistorySql.MemberSeparator, StringSplitOptions.RemoveEmptyEntries))));
            }
        }

        return found.ToLookup(f => f.DaysBefore);
    }

    private void Note(EngineConnection connection, Look look, string column, IReadOnlyList<ProfileChange> changes)
    {
        using var delete = connection.Prepare(HistorySql.DeleteDrift);
        delete.Bind(look.Feed.Text).Bind(look.Day.Date).Bind(column).Run();
        if (changes.Count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(HistorySql.InsertDrift);
        foreach (var change in changes)
        {
            insert.Bind(_nextDrift()).Bind(look.DeliveryId).Bind(look.Feed.Text).Bind(look.Day.Date).Bind(change.Kind).Bind(column)
                .Bind(change.Expected).Bind(change.Found).Bind(look.KnownAt).Run();
        }
    }

    /// <summary>A list as the engine writes it: <c>[1.5, 2.0]</c>; empty where no value is known.</summary>
    private static IEnumerable<double> Deciles(string list) => list.Length == 0
        ? Enumerable.Repeat(double.NaN, DayProfile.DecileCount - 2)
        : list.Trim('[', ']').Split(", ").Select(text => double.Parse(text, CultureInfo.InvariantCulture));

    private static double Number(EngineRows rows, int column, int row) =>
        rows.IsNull(column, row) ? double.NaN : rows.Double(column, row);

    /// <summary>Reads levels in the order of place, hour and day, and holds the day's against those before.</summary>
    private sealed class Bands(ZScoreExpectation expected)
    {
        private readonly List<Finding> _findings = [];
        private readonly List<double> _least = [];
        private readonly List<double> _most = [];
        private (string Place, int Hour) _at = ("", -1);

        public List<Finding> Read(EngineRows rows)
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    Take(rows, i);
                }
            }

            return _findings;
        }

        private void Take(EngineRows rows, int i)
        {
            var at = (rows.String(0, i), rows.Int32(1, i));
            if (at != _at)
            {
                _at = at;
                _least.Clear();
                _most.Clear();
            }

            var (least, most) = (rows.Double(4, i), rows.Double(5, i));
            if (!rows.Boolean(3, i))
            {
                _least.Add(least);
                _most.Add(most);
                return;
            }

            if (_most.Count >= Math.Max(1, expected.MinHistory))
            {
                var start = rows.Instant(2, i);
                Judge(_most, most, start, rows.String(6, i), static (value, band) => value > band.Most);
                Judge(_least, least, start, rows.String(6, i), static (value, band) => value < band.Least);
            }
        }

        private void Judge(List<double> history, double value, Instant start, string unit, Func<double, SeasonalBand, bool> isOutside)
        {
            var band = SeasonalBand.Of(history.ToArray(), expected.Threshold, expected.MinSpread);
            if (isOutside(value, band))
            {
                var reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_at.Place}: {expected.Column} {value:0.##} {unit} in the hour from {start:uuuu-MM-dd'T'HH:mm'Z'}, expected {band.Least:0.##} "
                    + $"to {band.Most:0.##} by {history.Count} weeks before");
                _findings.Add(new Finding(expected.Name, _at.Place, start, value, band.Least, band.Most, unit, reason));
            }
        }
    }
}
