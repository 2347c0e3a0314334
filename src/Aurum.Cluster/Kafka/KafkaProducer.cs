using System.Globalization;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Sends messages: batched, compressed, acknowledged by all replicas, and neither doubled nor reordered by its retries. Any
/// number of threads may use one.</summary>
/// <remarks>
/// <para>What is sent together is waited for together: <see cref="Begin"/> gives a <see cref="SendBatch"/>.</para>
/// <para>The queue is bounded; whoever sends into a full one waits, and is refused after
/// <see cref="KafkaOptions.QueueFullSeconds"/>.</para>
/// <para>A fatal error of the client fails what waits in it; the next message is sent by a new client.</para>
/// <para>A message costs what Confluent.Kafka makes of it (key, value, report: some 400 bytes and 4 microseconds), so many small things
/// belong into one message.</para>
/// </remarks>
public sealed class KafkaProducer : IDisposable
{
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FlushOfBroken = TimeSpan.FromSeconds(1);

    private readonly KafkaOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _told;
    private readonly Lock _turn = new();
    private ProducerClient _client;
    private long _sent;
    private long _sentBytes;
    private long _acknowledged;
    private long _failed;
    private long _reopened;
    private bool _isDisposed;

    /// <param name="options">Checked options.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="told">Is told what the client says about its connections; null: nobody.</param>
    /// <exception cref="BrokerException">librdkafka is missing or too old, or a client can't be made of the options.</exception>
    public KafkaProducer(KafkaOptions options, TimeProvider time, Action<string>? told = null)
    {
        KafkaLibrary.Load();
        (_options, _time, _told) = (options, time, told is null ? static _ => { } : new ClientTalk(told, time).Say);
        _client = new ProducerClient(options, _told);
    }

    public ProducerFigures Figures
    {
        get
        {
            var queue = _client.Queue;
            return new ProducerFigures(
                Interlocked.Read(ref _sent), Interlocked.Read(ref _sentBytes), Interlocked.Read(ref _acknowledged),
                Interlocked.Read(ref _failed), queue.Messages, queue.Bytes, queue.FullWaits, Interlocked.Read(ref _reopened));
        }
    }

    internal TimeProvider Time => _time;

    internal string Servers => _options.BootstrapServers;

    /// <summary>Begins messages that are waited for together.</summary>
    public SendBatch Begin() => new(this);

    public void Dispose()
    {
        lock (_turn)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _client.Close(LastFlush);
            }
        }
    }

    /// <summary>Hands a message to the client.</summary>
    internal void Send(SendBatch batch, in OutgoingMessage message, CancellationToken cancel)
    {
        var bytes = message.Key.Length + message.Value.Length;
        var client = Client();
        if (!client.Queue.Enter(bytes, TimeSpan.FromSeconds(_options.QueueFullSeconds), _time, cancel))
        {
            throw new BrokerException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{message.Topic}: {client.Queue.Messages:N0} messages wait for {Servers}, "
                    + $"and none was taken for {_options.QueueFullSeconds:N0} s"),
                isRetryable: true);
        }

        var copy = new Message<byte[], byte[]>
        {
            Key = message.Key.IsEmpty ? null! : message.Key.ToArray(),
            Value = message.IsTombstone ? null! : message.Value.ToArray(),
            Headers = message.Headers?.Inner,
            Timestamp = message.At is { } at ? new Timestamp(at.ToUnixTimeMilliseconds(), TimestampType.CreateTime) : Timestamp.Default,
        };
        batch.Enter();
        try
        {
            client.Produce(new TopicPartition(message.Topic, message.Partition ?? Partition.Any), copy, batch.Handler(client));
        }
        catch (Exception e)
        {
            client.Queue.Leave(bytes);
            batch.Leave();
            if (e is ProduceException<byte[], byte[]> refused)
            {
                throw BrokerException.Of($"{message.Topic}: a message of {bytes:N0} bytes was not taken", refused.Error, refused);
            }

            throw;
        }

        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _sentBytes, bytes);
    }

    /// <summary>Takes the answer to a message.</summary>
    internal void Report(ProducerClient client, DeliveryReport<byte[], byte[]> report)
    {
        client.Queue.Leave((report.Message.Key?.Length ?? 0) + (report.Message.Value?.Length ?? 0));
        Interlocked.Increment(ref report.Error.IsError ? ref _failed : ref _acknowledged);
    }

    private ProducerClient Client()
    {
        var client = Volatile.Read(ref _client);
        return client.IsBroken || _isDisposed ? Reopened() : client;
    }

    private ProducerClient Reopened()
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_client.IsBroken)
            {
                // The new one first: where it can't be made (no password, half a certificate), the next message tries again.
                var broken = _client;
                Volatile.Write(ref _client, new ProducerClient(_options, _told));
                _reopened++;
                broken.Close(FlushOfBroken);
            }

            return _client;
        }
    }
}
