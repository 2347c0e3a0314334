using System.Buffers;
using Aurum.Cluster.Kafka;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Sends dead letters of their topic to the topic of raw ticks again, as they came. The group of the redrive has a position of its
/// own, so that each letter is sent once by it, and a second time only after a crash.</summary>
internal sealed class LetterTopicRedrive(KafkaConsumer letters, RawSender raw, string? reason, TimeProvider time)
{
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly StandingMessages _letters = new(letters, time);

    /// <summary>Letters that were sent again.</summary>
    public long Sent { get; private set; }

    /// <summary>Letters that cannot be read again by any means.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Letters of other reasons.</summary>
    public long Others { get; private set; }

    /// <summary>Sends all letters that are there; one that was sent again and failed again waits for the next time.</summary>
    /// <exception cref="BrokerException">The group has given no partition, or not all were sent.</exception>
    public Task RunAsync(CancellationToken cancel) => _letters.Read(
        async (batch, standing, stop) =>
        {
            foreach (var place in standing)
            {
                await SendAsync(batch, place, stop);
            }
        },
        cancel);

    private async Task SendAsync(KafkaBatch batch, int index, CancellationToken cancel)
    {
        if (reason is not null && TickTopics.Text(batch[index], LetterMessages.Reason, "") != reason)
        {
            Others++;
            return;
        }

        if (LetterMessages.RawOf(batch[index], _message) is not { } form)
        {
            Unreadable++;
            return;
        }

        using var bytes = new MemoryStream(_message.WrittenMemory.ToArray());
        await raw.SendAsync(bytes, form, cancel);
        Sent++;
    }
}
