using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Cluster.Postgres;

/// <summary>Leases and shares of limits in tables of the schema. Rows that somebody else is about to lease are skipped, so that processes
/// never wait for each other; limits of a site are decided on under a lock on its row.</summary>
/// <param name="database">The database; goes with this.</param>
internal sealed class PostgresWork(PostgresDatabase database) : SharedWork, IDisposable
{
    /// <summary>What numbers of leases and requests come from: none is ever given twice, whatever rows are gone.</summary>
    public const string CreateNumbers = "CREATE SEQUENCE IF NOT EXISTS work_numbers";

    /// <summary>Least time between two looks at a limit that is used up.</summary>
    private static readonly Duration LeastWait = Duration.FromMilliseconds(20);

    private static readonly Duration LongestWait = Duration.FromSeconds(30);

    private const string Add = """
        INSERT INTO work_leases (feed, day, holder, lease_no, leased_until)
        SELECT split_part(w, '|', 1), CAST(split_part(w, '|', 2) AS DATE), '', 0, TIMESTAMPTZ '1970-01-01 00:00:00+00'
        FROM unnest(string_to_array($1, ';')) w ORDER BY w ON CONFLICT DO NOTHING
        """;

    private const string Lease = """
        UPDATE work_leases l SET holder = $2, lease_no = nextval('work_numbers'), leased_until = now() + make_interval(secs => $4)
        FROM (
          SELECT k.feed, k.day FROM work_leases k
          JOIN unnest(string_to_array($1, ';')) WITH ORDINALITY w(key, n)
            ON k.feed = split_part(w.key, '|', 1) AND k.day = CAST(split_part(w.key, '|', 2) AS DATE)
          WHERE k.leased_until <= now() ORDER BY w.n LIMIT $3 FOR UPDATE OF k SKIP LOCKED) f
        WHERE l.feed = f.feed AND l.day = f.day
        RETURNING l.feed, l.day, l.lease_no, l.holder, l.leased_until
        """;

    /// <summary>Places that were offered and not taken, and those of processes that died long ago with nothing left to do there: they are
    /// made again when they are wanted.</summary>
    private const string Tidy = """
        DELETE FROM work_leases WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM work_leases WHERE holder = '' OR leased_until < now() - INTERVAL '1 hour' FOR UPDATE SKIP LOCKED))
        """;

    private const string Lengthen = """
        UPDATE work_leases SET leased_until = now() + make_interval(secs => $4) WHERE feed = $1 AND day = $2 AND lease_no = $3
        """;

    private const string GiveBack = "DELETE FROM work_leases WHERE feed = $1 AND day = $2 AND lease_no = $3";

    private const string AllHeld = """
        SELECT feed, day, lease_no, holder, leased_until FROM work_leases WHERE leased_until > now() ORDER BY feed, day
        """;

    private const string AddSite = """
        INSERT INTO site_shares (site, used, used_at, paused_until)
        VALUES ($1, 0, now(), TIMESTAMPTZ '1970-01-01 00:00:00+00') ON CONFLICT DO NOTHING
        """;

    private const string LockSite = """
        SELECT greatest(0, used - $2 * CAST(extract(epoch FROM clock_timestamp() - used_at) AS DOUBLE PRECISION)),
          CAST(extract(epoch FROM paused_until - clock_timestamp()) AS DOUBLE PRECISION)
        FROM site_shares WHERE site = $1 FOR UPDATE
        """;

    /// <summary>Requests under way, then count and age in seconds of the oldest, for a minute, an hour and a day. $1 site, $2 feed or
    /// null.</summary>
    private const string Used = """
        SELECT count(*) FILTER (WHERE open_until > clock_timestamp()),
          count(*) FILTER (WHERE asked_at > clock_timestamp() - INTERVAL '1 minute'),
          CAST(extract(epoch FROM clock_timestamp() - min(asked_at) FILTER (WHERE asked_at > clock_timestamp() - INTERVAL '1 minute'))
            AS DOUBLE PRECISION),
          count(*) FILTER (WHERE asked_at > clock_timestamp() - INTERVAL '1 hour'),
          CAST(extract(epoch FROM clock_timestamp() - min(asked_at) FILTER (WHERE asked_at > clock_timestamp() - INTERVAL '1 hour'))
            AS DOUBLE PRECISION),
          count(*), CAST(extract(epoch FROM clock_timestamp() - min(asked_at)) AS DOUBLE PRECISION)
        FROM site_requests
        WHERE site = $1 AND (CAST($2 AS VARCHAR) IS NULL OR feed = $2) AND asked_at > clock_timestamp() - INTERVAL '1 day'
        """;

    private const string Charge = "UPDATE site_shares SET used = $2 + 1, used_at = clock_timestamp() WHERE site = $1";

    private const string Open = """
        INSERT INTO site_requests (request_no, site, feed, holder, asked_at, open_until)
        VALUES (nextval('work_numbers'), $1, $2, $3, clock_timestamp(), clock_timestamp() + make_interval(secs => $4))
        RETURNING request_no
        """;

    /// <summary>What came in an hour: rows, bytes, age of the oldest file in seconds. $1 site, $2 feed or null.</summary>
    private const string Came = """
        SELECT CAST(coalesce(sum(rows_new + rows_changed + rows_identical + rows_duplicate + rows_quarantined), 0) AS BIGINT),
          CAST(coalesce(sum(size_bytes), 0) AS BIGINT),
          CAST(coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0) AS DOUBLE PRECISION)
        FROM files
        WHERE site = $1 AND (CAST($2 AS VARCHAR) IS NULL OR feed = $2) AND received_at > clock_timestamp() - INTERVAL '1 hour'
        """;

    private const string Forget = "DELETE FROM site_requests WHERE site = $1 AND asked_at < clock_timestamp() - INTERVAL '25 hours'";

    private const string CloseRequest = "UPDATE site_requests SET open_until = clock_timestamp() WHERE request_no = $1";

    private const string Stop = """
        UPDATE site_shares SET paused_until = greatest(paused_until, clock_timestamp() + make_interval(secs => $2)) WHERE site = $1
        """;

    private const string TakesWrites = "SELECT current_setting('transaction_read_only') = 'off'";

    private readonly Lock _turn = new();

    /// <summary>Requests that are over and of which the database does not know it yet.</summary>
    private readonly List<long> _over = [];
    private PostgresConnection? _connection;

    public override IReadOnlyList<WorkLease> Take(
        string holder, IReadOnlyList<(FeedId Feed, LocalDate Day)> wanted, int most, Duration length)
    {
        if (wanted.Count == 0 || most <= 0)
        {
            return [];
        }

        var keys = string.Join(';', wanted.Select(w => $"{w.Feed.Text}|{w.Day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}"));
        return Transact(connection =>
        {
            using (var add = connection.Prepare(Add))
            {
                add.Bind(keys).Run();
            }

            using var lease = connection.Prepare(Lease);
            var taken = Read(lease.Bind(keys).Bind(holder).Bind(most).Bind(length.TotalSeconds), LeaseAt);
            Run(connection, Tidy, static _ => { });
            return taken;
        });
    }

    public override bool Renew(WorkLease lease, Duration length) => Transact(connection =>
    {
        using var renew = connection.Prepare(Lengthen);
        return renew.Bind(lease.Feed).Bind(lease.Day).Bind(lease.Number).Bind(length.TotalSeconds).Run() == 1;
    });

    public override void Release(params IReadOnlyCollection<WorkLease> leases) => Transact(connection =>
    {
        using var release = connection.Prepare(GiveBack);
        return leases.Sum(lease => release.Bind(lease.Feed).Bind(lease.Day).Bind(lease.Number).Run());
    });

    public override IReadOnlyList<WorkLease> Held() => Transact(connection =>
    {
        using var held = connection.Prepare(AllHeld);
        return Read(held, LeaseAt);
    });

    public override (SiteTurn? Turn, Duration Wait) TryTake(string holder, SharedLimits site, SharedLimits feed) => Transact(connection =>
    {
        Close(connection);
        Run(connection, AddSite, s => s.Bind(site.Name));
        var (used, pause) = Read(connection, LockSite, s => s.Bind(site.Name).Bind(site.PerSecond),
            static (rows, i) => (rows.Double(0, i), rows.Double(1, i)))[0];
        var waits = new[]
        {
            pause,
            site.PerSecond > 0 && used + 1 > site.Burst ? (used + 1 - site.Burst) / site.PerSecond : 0,
            WaitOf(connection, site, site.Name, null),
            WaitOf(connection, feed, site.Name, feed.Name),
            WaitOfRows(connection, site, site.Name, null),
            WaitOfRows(connection, feed, site.Name, feed.Name),
        };
        if (waits.Max() is > 0 and var wait)
        {
            return ((SiteTurn?)null, Duration.Min(LongestWait, Duration.Max(LeastWait, Duration.FromSeconds(wait))));
        }

        Run(connection, Charge, s => s.Bind(site.Name).Bind(used));
        Run(connection, Forget, s => s.Bind(site.Name));
        var number = Read(
            connection,
            Open,
            s => s.Bind(site.Name).Bind(feed.Name).Bind(holder).Bind((double)site.LongestSeconds),
            static (rows, i) => rows.Int64(0, i))[0];
        return (new SiteTurn(number), Duration.Zero);
    });

    public override void Done(SiteTurn turn)
    {
        try
        {
            CloseOver(turn);
        }
        catch (PostgresEngineException error) when (error.IsTransient)
        {
            // The answer has been read all the same: the next request says that this one is over.
        }
    }

    public override void Pause(string site, Duration pause) => Transact(connection =>
    {
        Run(connection, AddSite, s => s.Bind(site));
        return Run(connection, Stop, s => s.Bind(site).Bind(pause.TotalSeconds));
    });

    public override void Prove()
    {
        var migrator = new PostgresMigrator(database);
        migrator.Refuse(migrator.Status());
        using var connection = database.Connect();
        if (!Read(connection, TakesWrites, static _ => { }, static (rows, i) => rows.Boolean(0, i))[0])
        {
            throw new PostgresEngineException("PostgreSQL: the server takes no writes now", isTransient: true);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        database.Dispose();
    }

    private void CloseOver(SiteTurn turn)
    {
        lock (_turn)
        {
            _over.Add(turn.Id);
            Transact(Close);
            _over.Clear();
        }
    }

    /// <summary>Says of requests that they are over. Where the transaction is taken back, it is said again.</summary>
    private long Close(PostgresConnection connection) =>
        _over.Sum(request => Run(connection, CloseRequest, s => s.Bind(request)));

    /// <summary>Seconds until the limits leave room; 0 or less: they do.</summary>
    private static double WaitOf(PostgresConnection connection, SharedLimits limits, string site, string? feed)
    {
        if (limits is { Concurrency: 0, PerMinute: 0, PerHour: 0, PerDay: 0 })
        {
            return 0;
        }

        return Read(connection, Used, s => s.Bind(site).Bind(feed), (rows, i) =>
        {
            double Window(long most, int count, double seconds) =>
                most > 0 && rows.Int64(count, i) >= most ? seconds - rows.Double(count + 1, i) : 0;

            var busy = limits.Concurrency > 0 && rows.Int64(0, i) >= limits.Concurrency ? LeastWait.TotalSeconds * 5 : 0;
            double[] waits = [busy, Window(limits.PerMinute, 1, 60), Window(limits.PerHour, 3, 3_600), Window(limits.PerDay, 5, 86_400)];
            return waits.Max();
        })[0];
    }

    /// <summary>Seconds until the limits of what is brought leave room; 0 or less: they do.</summary>
    private static double WaitOfRows(PostgresConnection connection, SharedLimits limits, string site, string? feed)
    {
        const double Hour = 3_600;
        return limits is { RowsPerHour: 0, BytesPerHour: 0 } ? 0 : Read(connection, Came, s => s.Bind(site).Bind(feed), (rows, i) =>
            (limits.RowsPerHour > 0 && rows.Int64(0, i) >= limits.RowsPerHour)
            || (limits.BytesPerHour > 0 && rows.Int64(1, i) >= limits.BytesPerHour)
                ? Hour - rows.Double(2, i)
                : 0)[0];
    }

    private static WorkLease LeaseAt(EngineRows rows, int i) =>
        new(rows.String(0, i), rows.Date(1, i), rows.Int64(2, i), rows.String(3, i), rows.Instant(4, i));

    private static long Run(PostgresConnection connection, string sql, Action<EngineStatement> bind)
    {
        using var statement = connection.Prepare(sql);
        bind(statement);
        return statement.Run();
    }

    private static List<T> Read<T>(PostgresConnection connection, string sql, Action<EngineStatement> bind, Func<EngineRows, int, T> map)
    {
        using var statement = connection.Prepare(sql);
        bind(statement);
        return Read(statement, map);
    }

    private static List<T> Read<T>(EngineStatement statement, Func<EngineRows, int, T> map)
    {
        using var rows = statement.Query();
        List<T> list = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                list.Add(map(rows, i));
            }
        }

        return list;
    }

    private T Transact<T>(Func<PostgresConnection, T> work)
    {
        lock (_turn)
        {
            if (_connection?.TryRest() != true)
            {
                _connection?.Dispose();
                _connection = database.Connect();
            }

            _connection.Begin();
            try
            {
                var result = work(_connection);
                _connection.Commit();
                return result;
            }
            catch
            {
                _connection.RollBack();
                throw;
            }
        }
    }
}
