using Aurum.App.Running;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Ticks;
using Aurum.Store.Work;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.App.Ticks.Letters;

/// <summary>Sends dead letters to Kafka again, for the workers that fill the store. A letter is marked in the store when brokers have it;
/// one process at a time sends them, so that none goes twice but after a crash between the two.</summary>
/// <param name="publisher">Sends.</param>
/// <param name="store">Where letters are.</param>
/// <param name="time">Clock of waits and stamps.</param>
internal sealed class PublishedRedrive(TickPublisher publisher, AurumStore store, TimeProvider time) : ILetterRedrive
{
    /// <summary>Letters that brokers are waited for together.</summary>
    private const int LettersAtOnce = 200;

    /// <summary>How long another one who sends letters again is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly FeedId Turn = new("ticks/redrive");

    public Task<IReadOnlyList<TickLetter?>> FindAsync(IReadOnlyList<TickToken> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TickLetter?>>([.. ids.Select(store.Ticks.FindDeadLetter)]);

    public Task<IReadOnlyList<TickLetter>> FindAsync(TickLetterQuery query, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TickLetter>>([.. store.Ticks.DeadLetters(query with { PendingOnly = true })]);

    public Task<IReadOnlyList<RedrivenLetter>> SendAsync(IReadOnlyList<TickLetter> letters, CancellationToken cancel) =>
        AloneAsync(
            async lease =>
            {
                var done = new List<RedrivenLetter>(letters.Count);
                foreach (var some in letters.Chunk(LettersAtOnce))
                {
                    cancel.ThrowIfCancellationRequested();
                    done.AddRange(await PublishAsync([.. some.Select(AsItCame)], lease, cancel));
                }

                return (IReadOnlyList<RedrivenLetter>)done;
            },
            cancel);

    public Task<RedrivenLetter> SendAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> mended, CancellationToken cancel) =>
        AloneAsync(
            async lease => (await PublishAsync([(Now(letter), TickSubmission.Batch(options, mended))], lease, cancel))[0],
            cancel);

    private (TickLetter Letter, TickSubmission? Message) AsItCame(TickLetter letter) => (Now(letter), LetterMessage.AsItCame(letter));

    /// <summary>The letter as it is now: whoever had the turn before may have sent it.</summary>
    private TickLetter Now(TickLetter letter) => letter.IsPending ? store.Ticks.FindDeadLetter(letter.Id) ?? letter : letter;

    /// <summary>Sends letters and marks them. Not cancelled once it has begun to send: what brokers have is to be marked.</summary>
    private async Task<List<RedrivenLetter>> PublishAsync(
        IReadOnlyList<(TickLetter Letter, TickSubmission? Message)> letters, WorkLease? lease, CancellationToken cancel)
    {
        var done = new List<RedrivenLetter>(letters.Count);
        try
        {
            var sender = await publisher.OpenAsync(blockMessages: 1, cancel);
            foreach (var (letter, message) in letters)
            {
                var before = sender.Messages;
                if (letter.IsPending && message is not null)
                {
                    await SendAsync(sender, message);
                }

                done.Add(sender.Messages == before
                    ? RedrivenLetter.NotSent(letter)
                    : RedrivenLetter.Of(letter, new TickReceipt(0, 0, 0, 0, 0, 0, [], IsRepeat: false) { Published = 1 }));
            }

            await sender.FlushAsync(CancellationToken.None);
        }
        catch (BrokerException refused)
        {
            throw new TickServiceException(refused.Message, refused);
        }

        try
        {
            store.Ticks.NoteRedriven(
                [.. done.Where(static d => d.Receipt is not null).Select(static d => d.Letter.Id)],
                Instant.FromDateTimeOffset(time.GetUtcNow()),
                lease);
        }
        catch (LeaseLostException lost)
        {
            throw new TickServiceException(lost.Message, lost);
        }

        return done;
    }

    private static async Task SendAsync(RawSender sender, TickSubmission message)
    {
        var form = message.Options;
        var router = sender.NewRouter(form);
        ReadOnlySpan<byte> end = form.Format == TickFormat.Binary ? [] : "\n"u8;
        byte[] whole = [.. message.Prelude.Span, .. message.Bytes.Span, .. end];
        await sender.AddAsync(router, form, whole, CancellationToken.None);
        sender.SendRest(router, form, CancellationToken.None);
    }

    /// <summary>Does something while no other request and no other process sends letters again.</summary>
    /// <exception cref="TickServiceException">Somebody else does, for longer than is waited.</exception>
    private async Task<T> AloneAsync<T>(Func<WorkLease?, Task<T>> work, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        if (!await publisher.Redriving.WaitAsync(Patience, cancel))
        {
            throw Busy();
        }

        try
        {
            if (store.Work is not { } shared)
            {
                return await work(null);
            }

            while (true)
            {
                await using var keeper = LeaseKeeper.Take(
                    shared, $"{Environment.MachineName}:{Environment.ProcessId}", [(Turn, SharedWork.NoDay)], 1, LeaseKeeper.UsualLength,
                    time);
                if (keeper.All is [var lease])
                {
                    return await work(lease);
                }

                if (time.GetElapsedTime(since) >= Patience)
                {
                    throw Busy();
                }

                await Task.Delay(Look, time, cancel);
            }
        }
        finally
        {
            publisher.Redriving.Release();
        }
    }

    private static TickServiceException Busy() => new("somebody else sends dead letters again");
}
