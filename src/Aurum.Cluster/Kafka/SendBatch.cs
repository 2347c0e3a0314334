using System.Globalization;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Messages that are waited for together. One thread sends; answers come from the client's.
/// <code>var batch = producer.Begin(); batch.Send(message, cancel); await batch.Complete(deadline, cancel);</code></summary>
public sealed class SendBatch
{
    private readonly KafkaProducer _producer;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Messages without an answer, and one for the batch being open.</summary>
    private int _open = 1;
    private int _failures;
    private DeliveryReport<byte[], byte[]>? _firstFailure;
    private ProducerClient? _client;
    private Action<DeliveryReport<byte[], byte[]>>? _handler;
    private bool _isCompleted;

    internal SendBatch(KafkaProducer producer) => _producer = producer;

    /// <summary>Messages that were sent.</summary>
    public int Count { get; private set; }

    /// <summary>Sends a message; returns once the client has a copy of it. Waits where the queue is full.</summary>
    /// <exception cref="BrokerException">The queue stayed full, or the client refuses the message.</exception>
    public void Send(in OutgoingMessage message, CancellationToken cancel = default)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("the batch is completed: begin another one");
        }

        _producer.Send(this, message, cancel);
        Count++;
    }

    /// <summary>Waits until brokers have every message.</summary>
    /// <param name="deadline">Longest wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="BrokerException">A message was refused, or not acknowledged in time: it may come to the topic still, so that
    /// whoever sends it again must expect it twice.</exception>
    public async Task Complete(TimeSpan deadline, CancellationToken cancel = default)
    {
        if (!_isCompleted)
        {
            _isCompleted = true;
            Leave();
        }

        try
        {
            await _done.Task.WaitAsync(deadline, _producer.Time, cancel);
        }
        catch (TimeoutException late)
        {
            throw new BrokerException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Volatile.Read(ref _open):N0} of {Count:N0} messages were not acknowledged by {_producer.Servers} "
                    + $"in {deadline.TotalSeconds:N0} s"),
                isRetryable: true,
                late);
        }

        if (_failures > 0)
        {
            var first = _firstFailure!;
            throw BrokerException.Of(
                string.Create(CultureInfo.InvariantCulture, $"{first.Topic}: {_failures:N0} of {Count:N0} messages were not taken"),
                first.Error);
        }
    }

    internal void Enter() => Interlocked.Increment(ref _open);

    internal void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _done.TrySetResult();
        }
    }

    /// <summary>What takes the answers of a client: made once for all messages of the batch.</summary>
    internal Action<DeliveryReport<byte[], byte[]>> Handler(ProducerClient client)
    {
        if (_client != client || _handler is null)
        {
            _client = client;
            _handler = report => Take(client, report);
        }

        return _handler;
    }

    private void Take(ProducerClient client, DeliveryReport<byte[], byte[]> report)
    {
        _producer.Report(client, report);
        if (report.Error.IsError)
        {
            Interlocked.CompareExchange(ref _firstFailure, report, null);
            Interlocked.Increment(ref _failures);
        }

        Leave();
    }
}
