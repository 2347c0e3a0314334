using Aurum.Cluster.Kafka;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Sends messages of sources to the topic of raw ticks: those of an instrument to one partition, in blocks.</summary>
/// <param name="producer">Sends.</param>
/// <param name="topic">Topic, as the cluster names it.</param>
/// <param name="lanes">Its partitions.</param>
/// <param name="blockMessages">Messages of a block, 1 to 100,000; 1: each alone.</param>
internal sealed class RawSender(KafkaProducer producer, string topic, int lanes, int blockMessages)
{
    private const int BlockBytes = 512 << 10;
    private const int ReadBytes = 1 << 20;
    private const int BlocksTogether = 2_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private SendBatch? _batch;

    /// <summary>Messages of sources so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Blocks so far.</summary>
    public long Blocks { get; private set; }

    /// <summary>Sends a stream to its end. What was sent before a failure comes twice when it is sent again: event ids tell.</summary>
    /// <param name="stream">Messages.</param>
    /// <param name="form">How they are written.</param>
    /// <param name="cancel">Stops it behind what was read.</param>
    /// <exception cref="BrokerException">Brokers did not take them in time.</exception>
    public async Task SendAsync(Stream stream, TickStreamOptions form, CancellationToken cancel)
    {
        var router = NewRouter(form);
        var buffer = new byte[2 * ReadBytes];
        var (filled, isEnd) = (0, false);
        while (!isEnd && !cancel.IsCancellationRequested)
        {
            if (buffer.Length - filled < ReadBytes)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(filled, ReadBytes), cancel);
            filled += read;
            isEnd = read == 0;
            var used = await DealAsync(router, form, buffer.AsMemory(0, filled), isEnd, cancel);
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
        }

        SendRest(router, form, cancel);
        await FlushAsync(cancel);
    }

    /// <summary>Deals the messages of a stream to lanes.</summary>
    public TickRouter NewRouter(TickStreamOptions form) => new(form, lanes, new NormalizeOptions());

    /// <summary>Takes whole messages of a stream that comes in pieces. Blocks that are full are sent.</summary>
    /// <exception cref="BrokerException">Brokers did not take them in time.</exception>
    public async Task AddAsync(TickRouter router, TickStreamOptions form, ReadOnlyMemory<byte> messages, CancellationToken cancel) =>
        await DealAsync(router, form, messages, isEnd: true, cancel);

    /// <summary>Sends blocks that are not full.</summary>
    /// <exception cref="BrokerException">The client's queue stayed full.</exception>
    public void SendRest(TickRouter router, TickStreamOptions form, CancellationToken cancel)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            Send(router, form, lane, cancel);
        }
    }

    /// <summary>Waits until brokers have all that was sent.</summary>
    /// <exception cref="BrokerException">They did not take it in time.</exception>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_batch is { } batch)
        {
            _batch = null;
            await batch.Complete(Longest, cancel);
        }
    }

    private async ValueTask<int> DealAsync(
        TickRouter router, TickStreamOptions form, ReadOnlyMemory<byte> bytes, bool isEnd, CancellationToken cancel)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            var taken = router.Take(bytes.Span[used..], isEnd, out var lane);
            if (taken == 0)
            {
                break;
            }

            used += taken;
            if (lane >= 0 && (router.CountOf(lane) >= blockMessages || router.BytesOf(lane).Length >= BlockBytes))
            {
                Send(router, form, lane, cancel);
                if (_batch?.Count >= BlocksTogether)
                {
                    await FlushAsync(cancel);
                }
            }
        }

        return used;
    }

    private void Send(TickRouter router, TickStreamOptions form, int lane, CancellationToken cancel)
    {
        if (router.CountOf(lane) == 0)
        {
            return;
        }

        var headers = new KafkaHeaders()
            .With(KafkaHeaders.ContentType, TickTopics.TypeOf(form.Format))
            .With(KafkaHeaders.Tenant, form.Tenant);
        if (form.Format == TickFormat.Csv)
        {
            headers.With(TickTopics.Market, form.Market).With(TickTopics.Source, form.Source);
        }

        var message = new OutgoingMessage(topic, router.KeyOf(lane), router.BytesOf(lane)) { Partition = lane, Headers = headers };
        (_batch ??= producer.Begin()).Send(in message, cancel);
        Messages += router.CountOf(lane);
        Blocks++;
        router.Clear(lane);
    }
}
