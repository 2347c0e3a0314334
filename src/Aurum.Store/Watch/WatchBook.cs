using System.Collections.Concurrent;
using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Balances;
using Aurum.Store.Engines;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Store.Watch;

/// <summary>What is noticed about rows after they are stored: residuals of balances, with their revisions, and findings. Derived from
/// committed rows, so that it can be made again at any time. Safe from several threads.</summary>
public sealed class WatchBook
{
    /// <summary>Findings of one expectation that a feed's day keeps; the others are counted in the last one.</summary>
    private const int MostFindings = 100;

    private static readonly InstantPattern HourText = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'");

    private readonly StoreEngine _engine;
    private readonly ConcurrentDictionary<string, Lock> _turns = new(StringComparer.Ordinal);

    internal WatchBook(StoreEngine engine) => _engine = engine;

    /// <summary>Computes a balance for a feed's day and stores what is new or changed of it, with its findings.</summary>
    /// <param name="balance">Balance.</param>
    /// <param name="feedOf">The feeds of its terms.</param>
    /// <param name="look">The delivery that may have changed it.</param>
    /// <returns>Residuals stored.</returns>
    public int Settle(Balance balance, Func<FeedId, Feed> feedOf, Look look)
    {
        lock (_turns.GetOrAdd(balance.Id, static _ => new Lock()))
        {
            using var lease = _engine.Rent();
            var fresh = Fresh(lease.Connection, new BalanceSql(balance, feedOf).Text, look.Day);
            var known = Known(lease.Connection, balance, look.Day);
            var changed = fresh.Where(f => !known.TryGetValue(f.Key, out var k) || k.Left != f.Left || k.Right != f.Right).ToList();
            if (changed.Count == 0)
            {
                return 0;
            }

            var findings = fresh.Where(f => Math.Abs(f.Left - f.Right) > balance.Limit(f.Left, f.Right))
                .Select(f => FindingOf(balance, f)).ToList();
            return _engine.Commit(
                lease.Connection,
                () =>
                {
                    Insert(lease.Connection, balance, look, changed, known);
                    Replace(lease.Connection, look with { Feed = balance.Left[0].Feed }, balance.Id, findings);
                    return changed.Count;
                },
                static () => { });
        }
    }

    /// <summary>Keeps what was found about a feed's day in place of what was found in an earlier look at it.</summary>
    /// <param name="look">Which delivery was looked at.</param>
    /// <param name="expectation">Of which expectation the findings are.</param>
    /// <param name="findings">None where all is well.</param>
    public void Replace(Look look, string expectation, IReadOnlyList<Finding> findings)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () =>
            {
                Replace(lease.Connection, look, expectation, findings);
                return true;
            },
            static () => { });
    }

    /// <summary>Whether a feed's day was looked at when it was whole.</summary>
    public bool WasWhole(FeedId feed, LocalDate day) => _engine.List(
        WatchSql.FindWatched, s => s.Bind(feed.Text).Bind(day), static (rows, i) => rows.Boolean(0, i)).Contains(true);

    /// <summary>Notes that a delivery was looked at, and whether its day was whole then.</summary>
    public void Done(Look look, bool isWhole)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () =>
            {
                using var delete = lease.Connection.Prepare(WatchSql.DeleteWatched);
                delete.Bind(look.Feed.Text).Bind(look.Day.Date).Run();
                using var insert = lease.Connection.Prepare(WatchSql.InsertWatched);
                return insert.Bind(look.Feed.Text).Bind(look.Day.Date).Bind(look.DeliveryId).Bind(isWhole).Run();
            },
            static () => { });
    }

    /// <summary>The latest delivery of each feed and day that changed rows and that nobody has looked at: the process ended in
    /// between.</summary>
    /// <param name="since">How far back.</param>
    public IReadOnlyList<Unwatched> Missed(Instant since) => _engine.List(
        WatchSql.Unwatched,
        s => s.Bind(since),
        static (rows, i) => new Unwatched(
            new FeedId(rows.String(0, i)), rows.Date(1, i), rows.Int64(2, i), rows.Instant(3, i), rows.Boolean(4, i)));

    private static List<Side> Fresh(EngineConnection connection, string sql, OperatingDay day)
    {
        using var query = connection.Prepare(sql);
        using var rows = query.Bind(day.Start).Bind(day.End).Query();
        var found = new List<Side>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                found.Add(new Side((rows.String(0, i), rows.Integer(1, i)), rows.Double(2, i), rows.Double(3, i), default, 0));
            }
        }

        return found;
    }

    private static Dictionary<(string Place, long Hour), Side> Known(EngineConnection connection, Balance balance, OperatingDay day)
    {
        using var query = connection.Prepare(WatchSql.LatestResiduals);
        using var rows = query.Bind(balance.Id).Bind(day.Start).Bind(day.End).Query();
        var known = new Dictionary<(string, long), Side>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var key = (rows.String(0, i), rows.Integer(1, i));
                known[key] = new Side(key, rows.Double(2, i), rows.Double(3, i), rows.Instant(4, i), rows.Int32(5, i));
            }
        }

        return known;
    }

    private void Insert(
        EngineConnection connection, Balance balance, Look look, List<Side> changed, Dictionary<(string Place, long Hour), Side> known)
    {
        using var rows = new RecordAppender(connection, WatchSql.Residuals, WatchSql.ResidualColumns);
        foreach (var side in changed)
        {
            var before = known.GetValueOrDefault(side.Key);
            rows.Add(_engine.Ids.Next(StoreId.Residual)).Add(look.DeliveryId).Add(look.Feed.Text).Add(look.Day.Date)
                .Add(balance.Id).Add(side.Key.Place).Add(Instant.FromUnixTimeSeconds(side.Key.Hour)).Add(side.Left).Add(side.Right)
                .Add(balance.Limit(side.Left, side.Right)).Add(balance.Unit)
                .Add(before is null ? look.KnownAt : Instant.Max(look.KnownAt, before.KnownAt)).Add((before?.Revision ?? 0) + 1)
                .End();
        }

        rows.Finish();
    }

    private static Finding FindingOf(Balance balance, Side side)
    {
        var limit = balance.Limit(side.Left, side.Right);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{balance.Title}: {side.Left:N1} and {side.Right:N1} {balance.Unit} are {Math.Abs(side.Left - side.Right):N1} apart, at most "
            + $"{limit:N1} expected, {side.Key.Place} {HourText.Format(Instant.FromUnixTimeSeconds(side.Key.Hour))}");
        return new Finding(
            balance.Id, side.Key.Place, Instant.FromUnixTimeSeconds(side.Key.Hour), side.Left, side.Right - limit, side.Right + limit,
            balance.Unit, reason);
    }

    private void Replace(EngineConnection connection, Look look, string expectation, IReadOnlyList<Finding> findings)
    {
        using var delete = connection.Prepare(WatchSql.DeleteWarnings);
        delete.Bind(look.Feed.Text).Bind(look.Day.Date).Bind(expectation).Run();
        if (findings.Count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(WatchSql.InsertWarning);
        foreach (var finding in findings.Take(MostFindings))
        {
            var rest = findings.Count - MostFindings;
            var more = rest > 0 && finding == findings[MostFindings - 1] ? $"; {rest} more like this" : "";
            insert.Bind(_engine.Ids.Next(StoreId.Warning)).Bind(look.DeliveryId).Bind(look.Feed.Text).Bind(look.Day.Date)
                .Bind(expectation).Bind(finding.Place).Bind(finding.AtUtc);
            Bind(insert, finding.Found);
            Bind(insert, finding.Least);
            Bind(insert, finding.Most);
            insert.Bind(finding.Unit).Bind(finding.Reason + more).Bind(look.KnownAt).Run();
        }
    }

    private static void Bind(EngineStatement statement, double value) =>
        _ = double.IsNaN(value) ? statement.BindNull() : statement.Bind(value);

    private sealed record Side((string Place, long Hour) Key, double Left, double Right, Instant KnownAt, int Revision);
}

/// <summary>A look at a delivery.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="KnownAt">When its rows came.</param>
public sealed record Look(FeedId Feed, OperatingDay Day, long DeliveryId, Instant KnownAt);

/// <summary>A delivery that was stored and not looked at.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="DeliveryId">The latest delivery of them.</param>
/// <param name="KnownAt">When its rows came.</param>
/// <param name="IsComplete">Whether the day is whole.</param>
public sealed record Unwatched(FeedId Feed, LocalDate Day, long DeliveryId, Instant KnownAt, bool IsComplete);
