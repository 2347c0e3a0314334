using System.Buffers;
using Aurum.Cluster.Kafka;
using NodaTime;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Sends dead letters of their topic to the topic of raw ticks again, as they came. The group of the redrive has a position of its
/// own, so that each letter is sent once by it, and a second time only after a crash.</summary>
internal sealed class LetterTopicRedrive(KafkaConsumer letters, RawSender raw, string? reason, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly Instant _began = Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Letters that were sent again.</summary>
    public long Sent { get; private set; }

    /// <summary>Letters that cannot be read again by any means.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Letters of other reasons.</summary>
    public long Others { get; private set; }

    /// <summary>Sends all letters that are there; ends when none has come for five seconds, or with the first one that was made since it
    /// began: one that was sent again and failed again waits for the next time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var isNew = false;
        while (!isNew && await NextAsync(cancel) is { } batch)
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (batch[i].At >= _began)
                    {
                        isNew = true;
                        continue;
                    }

                    await SendAsync(batch, i, cancel);
                }

                if (!isNew)
                {
                    batch.Done();
                }
            }
        }
    }

    private async Task<KafkaBatch?> NextAsync(CancellationToken cancel)
    {
        using var quiet = new CancellationTokenSource(Quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
        try
        {
            return await letters.Read(either.Token);
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

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
