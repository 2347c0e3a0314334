using System.Text;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Store.Ticks;

namespace Aurum.Cluster.ClickHouse.Following;

/// <summary>Copies ticks, bars and points of curves to ClickHouse, frame by frame as they are settled in the store's tables. How far it is
/// stands in ClickHouse, beside the rows.</summary>
/// <remarks>At least once: a failure, or an end between rows and cursor, sends the same frames again, with the same keys, and the tables
/// have each row once. Nothing waits in memory: what ClickHouse has not is in the store.</remarks>
public sealed class TickFollower : IDisposable
{
    /// <summary>Name of its cursor.</summary>
    public const string Name = "ticks";

    private static readonly (SettledKind Kind, ClickHouseTable Table)[] Tables =
    [
        (SettledKind.Ticks, MarketTables.Ticks), (SettledKind.Bars, MarketTables.Bars), (SettledKind.CurvePoints, MarketTables.CurvePoints),
    ];

    private const long MostFrames = 1 << 20;

    private readonly TickTables _tables;
    private readonly ClickHouseClient _client;
    private readonly ClickHouseSchema _schema;
    private readonly TimeProvider _time;
    private RowCopier[]? _copiers;
    private ClickHouseDdl? _ddl;
    private long _span = 1_024;
    private long _version;

    /// <param name="tables">What to copy.</param>
    /// <param name="client">Where to.</param>
    /// <param name="schema">Makes the tables.</param>
    /// <param name="time">Stamps cursors.</param>
    public TickFollower(TickTables tables, ClickHouseClient client, ClickHouseSchema schema, TimeProvider time) =>
        (_tables, _client, _schema, _time) = (tables, client, schema, time);

    /// <summary>The last frame that is in ClickHouse; null before it was asked for.</summary>
    public long? Position { get; private set; }

    /// <summary>Frames that are settled and not copied; null before the first look.</summary>
    public long? Lag => Position is { } position ? Math.Max(0, _tables.SettledFrame - position) : null;

    /// <summary>Rows that were copied by this object.</summary>
    public long Rows { get; private set; }

    /// <summary>Copies what is settled and not in ClickHouse yet.</summary>
    /// <param name="cancel">Ends it; what was not acknowledged comes again.</param>
    /// <returns>Rows that were copied.</returns>
    /// <exception cref="ClickHouseException">It is not all copied; the next call goes on.</exception>
    public async Task<long> Sync(CancellationToken cancel)
    {
        var before = Rows;
        await _schema.Use(version => Follow(version.Dialect, cancel), cancel);
        return Rows - before;
    }

    /// <summary>Sends the cursor to another frame; what follows it is copied again.</summary>
    /// <param name="frame">The last frame that is taken as copied, from 0.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task SendBack(long frame, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        await _schema.Use(
            async version =>
            {
                await Begin(version.Dialect, cancel);
                await Move(version.Dialect, frame, cancel);
            },
            cancel);
        Position = frame;
    }

    public void Dispose()
    {
        foreach (var copier in _copiers ?? [])
        {
            copier.Dispose();
        }

        _copiers = null;
    }

    private async Task Follow(ClickHouseDialect dialect, CancellationToken cancel)
    {
        var position = await Begin(dialect, cancel);
        for (var settled = _tables.SettledFrame; position < settled; settled = _tables.SettledFrame)
        {
            var (through, counts) = Next(position, settled);
            await Copy(position, through, counts, cancel);
            await Move(dialect, through, cancel);
            Position = position = through;
        }
    }

    /// <summary>Finds how far ClickHouse is.</summary>
    private async Task<long> Begin(ClickHouseDialect dialect, CancellationToken cancel)
    {
        var options = _client.Options;
        if (_copiers is null)
        {
            _ddl = new ClickHouseDdl(dialect, options.Database, options.OpsDatabase);
            _copiers = [.. Tables.Select(t => new RowCopier(t.Table, dialect, options.StoreName, hasDelivery: false))];
        }

        var found = await _client.Rows(
            $"SELECT last_position, last_version FROM {ClickHouseSql.Table(options.Database, "follow_cursors")} WHERE store = "
            + $"{ClickHouseSql.Text(options.StoreName)} AND follower = '{Name}'",
            static (r, i) => (Position: r[0].Whole(i), Version: r[1].Whole(i)),
            cancel);
        (var position, _version) = found.Count == 0 ? (0, 0) : found[0];
        Position = position;
        var settled = _tables.SettledFrame;
        return position <= settled
            ? position
            : throw new ClickHouseException(
                $"ClickHouse: database {options.Database} has frames up to {position} of store '{options.StoreName}', this store ends with "
                + $"frame {settled}: another data directory wrote under this name; set ClickHouse:StoreName to one of its own",
                code: -1);
    }

    /// <summary>As many frames as have about one batch of rows, one at least.</summary>
    private (long Through, SettledCounts Counts) Next(long position, long settled)
    {
        while (true)
        {
            var through = Math.Min(settled, position + _span);
            var counts = _tables.CountSettled(position, through);
            var most = _client.Options.BatchRows;
            if (counts.Rows > most && through > position + 1)
            {
                _span = Math.Max(1, (through - position) / 2);
                continue;
            }

            if (counts.Rows < most / 4)
            {
                _span = Math.Min(MostFrames, _span * 2);
            }

            return (through, counts);
        }
    }

    private async Task Copy(long after, long through, SettledCounts counts, CancellationToken cancel)
    {
        for (var i = 0; i < Tables.Length; i++)
        {
            var (kind, table) = Tables[i];
            if (counts[kind] == 0)
            {
                continue;
            }

            var copier = _copiers![i];
            await _client.Insert(
                _ddl!.Place(table),
                copier.Block.Columns,
                async (to, cancelled) =>
                {
                    copier.Block.Clear();
                    using var rows = _tables.Settled(kind, after, through, cancelled);
                    await copier.Send(rows, 0, to, cancelled);
                    await copier.Flush(to, cancelled);
                },
                cancel);
            Rows += counts[kind];
        }
    }

    /// <summary>Notes that frames are there. Of two notes the later one counts, even where the clock went back.</summary>
    private async Task Move(ClickHouseDialect dialect, long position, CancellationToken cancel)
    {
        var version = Math.Max(_version + 1, _time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
        using var block = new NativeBlock(MarketTables.Cursors.Wire(dialect));
        block[0].Add(Encoding.UTF8.GetBytes(_client.Options.StoreName));
        block[1].Add(Encoding.UTF8.GetBytes(Name));
        block[2].Add(position);
        block[3].Add(version);
        await _client.Insert(_ddl!.Place(MarketTables.Cursors), block, cancel);
        _version = version;
    }
}
