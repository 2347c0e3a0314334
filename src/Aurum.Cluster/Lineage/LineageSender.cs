using NodaTime;

namespace Aurum.Cluster.Lineage;

/// <summary>Sends one event to a topic: its key is the run's id.</summary>
public delegate Task LineageProducer(string topic, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, CancellationToken cancel);

/// <summary>Sends events by their contract, each with its JSON; returns once brokers have all of them.</summary>
public delegate Task LineageContractProducer(IReadOnlyList<(LineageEvent Event, byte[] Json)> told, CancellationToken cancel);

/// <summary>Tells events to all places that the options name: file, then contract, then topic, then server. One call at a time.</summary>
public sealed class LineageSender : IDisposable
{
    private readonly LineageOptions _options;
    private readonly LineageJson _json;
    private readonly LineageHttp? _http;
    private readonly LineageProducer? _producer;
    private readonly LineageContractProducer? _contract;

    /// <summary>Events of the last call that the file took: where another place failed, they come again, and newer ones behind
    /// them.</summary>
    private HashSet<(Guid Run, LineageState State, Instant At)> _filed = [];

    /// <param name="options">Where to.</param>
    /// <param name="dataDirectory">Where a file with a relative path is.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="jitter">Spreads the waits.</param>
    /// <param name="producer">Sends to Kafka; needed where a topic is named.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    /// <param name="contract">Sends by the contract; needed where that is asked for.</param>
    /// <exception cref="ArgumentException">A setting is wrong, or a topic is named and nothing sends to it.</exception>
    public LineageSender(
        LineageOptions options,
        string dataDirectory,
        TimeProvider time,
        Random jitter,
        LineageProducer? producer = null,
        HttpMessageHandler? handler = null,
        LineageContractProducer? contract = null)
    {
        options.Check();
        if (options.Topic is not null && producer is null)
        {
            throw new ArgumentException("Lineage:Topic: expected the section Kafka with it, found none");
        }

        if (options.Contract && contract is null)
        {
            throw new ArgumentException("Lineage:Contract: expected the sections Kafka and Registry with it, found none");
        }

        _options = options;
        _json = new LineageJson(options);
        _producer = producer;
        _contract = contract;
        _http = options.Url is null ? null : new LineageHttp(options, time, jitter, handler);
        Journal = options.File is null ? null
            : new LineageFile(Path.Combine(dataDirectory, options.File), (long)options.FileMiB << 20, options.Files);
    }

    /// <summary>What ends with this, such as the client that sends to the topic.</summary>
    public IReadOnlyList<IDisposable> Owned { get; init; } = [];

    /// <summary>The file that events go to; null: none.</summary>
    public LineageFile? Journal { get; }

    public LineageOptions Options => _options;

    /// <summary>Tells events in their order. When it returns, every place has all of them; where it fails, some may have some. The file
    /// does not get again what it has of the call before: a server that is away for long would push older events out of it.</summary>
    /// <exception cref="LineageException">A place did not take one.</exception>
    public async Task Send(IReadOnlyList<LineageEvent> events, CancellationToken cancel)
    {
        var bytes = events.Select(_json.Write).ToList();
        Note(events, bytes);
        if (_options.Contract)
        {
            await _contract!([.. events.Zip(bytes)], cancel);
        }

        for (var i = 0; i < bytes.Count; i++)
        {
            if (_options.Topic is { } topic)
            {
                await _producer!(topic, System.Text.Encoding.ASCII.GetBytes(events[i].RunId.ToString()), bytes[i], cancel);
            }

            if (_http is not null)
            {
                await _http.Send(bytes[i], cancel);
            }
        }
    }

    public void Dispose()
    {
        _http?.Dispose();
        foreach (var owned in Owned)
        {
            owned.Dispose();
        }
    }

    private void Note(IReadOnlyList<LineageEvent> events, List<byte[]> bytes)
    {
        if (Journal is null)
        {
            return;
        }

        var fresh = events.Zip(bytes).Where(e => !_filed.Contains(KeyOf(e.First))).Select(static e => e.Second).ToList();
        if (fresh.Count > 0)
        {
            Journal.Append(fresh);
        }

        _filed = [.. events.Select(KeyOf)];
    }

    private static (Guid Run, LineageState State, Instant At) KeyOf(LineageEvent told) => (told.RunId, told.State, told.At);
}
