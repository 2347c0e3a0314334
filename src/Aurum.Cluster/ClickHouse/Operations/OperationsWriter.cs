using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;

namespace Aurum.Cluster.ClickHouse.Operations;

/// <summary>Writes lines of how the platform runs to ClickHouse, in batches. Who adds a line never waits: where the queue is full, because
/// ClickHouse is down or slow, the line is dropped and counted.</summary>
/// <remarks>A batch is one block with an id of its own, and is sent until it is taken or the writer ends; sent twice, it is there
/// once.</remarks>
public sealed class OperationsWriter
{
    /// <summary>Rows of a batch. One block of this size is one block for materialised views too.</summary>
    private const int MostRows = 16_384;

    private readonly ClickHouseClient _client;
    private readonly ClickHouseSchema _schema;
    private readonly TimeProvider _time;
    private readonly Channel<OperationsRow> _queue;
    private readonly string _batchPrefix;
    private readonly List<OperationsRow> _rows = [];
    private long _batch;
    private long _dropped;
    private long _written;

    /// <param name="client">Where to.</param>
    /// <param name="schema">Makes the tables.</param>
    /// <param name="time">For waits and ids.</param>
    /// <param name="random">Makes ids of batches that nobody else has.</param>
    public OperationsWriter(ClickHouseClient client, ClickHouseSchema schema, TimeProvider time, Random random)
    {
        (_client, _schema, _time) = (client, schema, time);

        // A seed is 31 bits, and rows stay for months: with the time beside it no two of all processes that ever were meet.
        var started = time.GetUtcNow().ToUnixTimeMilliseconds();
        _batchPrefix = $"{client.Options.StoreName}-{started:x}-{random.NextInt64():x16}-";
        _queue = Channel.CreateBounded<OperationsRow>(
            new BoundedChannelOptions(client.Options.QueueRows) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    /// <summary>Lines that found the queue full, or were left when the writer ended.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Lines that ClickHouse has taken.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Lines that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Why the last try failed; null where it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Adds a line, at once. False: there is no room, and it is dropped.</summary>
    public bool TryAdd(OperationsRow row)
    {
        if (_queue.Writer.TryWrite(row))
        {
            return true;
        }

        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Writes until it is cancelled; then what waits, if ClickHouse takes it at once.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancel))
            {
                await Task.Delay(TimeSpan.FromSeconds(_client.Options.FlushSeconds), _time, cancel);
                while (Take())
                {
                    await WriteUntilTaken(cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await End();
        }
    }

    /// <summary>Writes what waits now. Not while <see cref="Run"/> does.</summary>
    /// <exception cref="ClickHouseException">It was not taken, and waits for the next try.</exception>
    public async Task Flush(CancellationToken cancel)
    {
        while (Take())
        {
            await Write(cancel);
        }
    }

    /// <summary>Makes the next batch, unless one is left that was not taken.</summary>
    /// <returns>False where nothing waits.</returns>
    private bool Take()
    {
        if (_rows.Count > 0)
        {
            return true;
        }

        _batch++;
        while (_rows.Count < MostRows && _queue.Reader.TryRead(out var row))
        {
            _rows.Add(row);
        }

        return _rows.Count > 0;
    }

    private async Task WriteUntilTaken(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await Write(cancel);
                LastError = null;
                return;
            }
            catch (ClickHouseException e)
            {
                LastError = e.Message;
            }

            await Task.Delay(TimeSpan.FromSeconds(_client.Options.RecoverySeconds), _time, cancel);
        }
    }

    /// <summary>One try more, then what is left is counted as dropped.</summary>
    private async Task End()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_client.Options.ConnectTimeoutSeconds), _time);
        try
        {
            await Flush(limit.Token);
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            LastError = e.Message;
            Interlocked.Add(ref _dropped, _rows.Count + _queue.Reader.Count);
        }
    }

    private async Task Write(CancellationToken cancel)
    {
        await _schema.Use(version => Send(version.Dialect, cancel), cancel);
        Interlocked.Add(ref _written, _rows.Count);
        _rows.Clear();
    }

    private async Task Send(ClickHouseDialect dialect, CancellationToken cancel)
    {
        var ddl = new ClickHouseDdl(dialect, _client.Options.Database, _client.Options.OpsDatabase);
        var id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_batchPrefix}{_batch}"));
        foreach (var group in _rows.GroupBy(static r => r.Table))
        {
            using var block = new NativeBlock(group.Key.Wire(dialect));
            var index = 0L;
            foreach (var row in group)
            {
                row.AddTo(block);
                block["batch_id"].Add(id);
                block["row_index"].Add(index++);
            }

            await _client.Insert(ddl.Place(group.Key), block, cancel);
        }
    }
}
