using System.Buffers;
using Aurum.Cluster.Kafka;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Sends dead letters of their topic to the topic of raw ticks again, as they came. The group of the redrive has a position of its
/// own, so that each letter is sent once by it, and a second time only after a crash.</summary>
internal sealed class LetterTopicRedrive(KafkaConsumer letters, RawSender raw, string? reason, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _message = new();

    /// <summary>Letters that were sent again.</summary>
    public long Sent { get; private set; }

    /// <summary>Letters that cannot be read again by any means.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Letters of other reasons.</summary>
    public long Others { get; private set; }

    /// <summary>Sends all letters that are there; ends when none has come for five seconds.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (await NextAsync(cancel) is { } batch)
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    await SendAsync(batch, i, cancel);
                }

                batch.Done();
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
