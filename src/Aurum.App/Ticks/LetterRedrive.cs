using Aurum.App.Ticks.Letters;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Sends dead letters through the pipeline again, each once: the letter is marked in the frame that has what came of it. A letter
/// that fails again is another letter.</summary>
internal sealed class LetterRedrive(TickService ticks, TickTables tables) : ILetterRedrive
{
    /// <summary>Letters that may wait for the disk together.</summary>
    private const int LettersAtOnce = 64;

    private readonly Queue<(TickLetter Letter, Task<TickReceipt> Receipt)> _open = new();
    private readonly List<RedrivenLetter> _done = [];

    public async Task<IReadOnlyList<TickLetter?>> FindAsync(IReadOnlyList<TickToken> ids, CancellationToken cancel)
    {
        await ticks.SettleAsync(cancel);
        return [.. ids.Select(tables.FindDeadLetter)];
    }

    public async Task<IReadOnlyList<TickLetter>> FindAsync(TickLetterQuery query, CancellationToken cancel)
    {
        await ticks.SettleAsync(cancel);
        return [.. tables.DeadLetters(query with { PendingOnly = true })];
    }

    public async Task<IReadOnlyList<RedrivenLetter>> SendAsync(IReadOnlyList<TickLetter> letters, CancellationToken cancel)
    {
        foreach (var letter in letters)
        {
            if (!letter.IsPending || LetterMessage.AsItCame(letter) is not { } message)
            {
                await DrainAsync(0);
                _done.Add(RedrivenLetter.NotSent(letter));
                continue;
            }

            await DrainAsync(LettersAtOnce - 1);
            _open.Enqueue((letter, SubmitAsync(letter, message, cancel)));
        }

        await DrainAsync(0);
        return _done;
    }

    public async Task<RedrivenLetter> SendAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> mended, CancellationToken cancel) => letter.IsPending
        ? RedrivenLetter.Of(letter, await SubmitAsync(letter, TickSubmission.Batch(options, mended), cancel))
        : RedrivenLetter.NotSent(letter);

    private Task<TickReceipt> SubmitAsync(TickLetter letter, TickSubmission message, CancellationToken cancel) => ticks.SubmitAsync(
        message with { IdempotencyKey = $"redrive:{letter.Id}", Redriven = [letter.Id] }, cancel).AsTask();

    private async Task DrainAsync(int most)
    {
        while (_open.Count > most)
        {
            var (letter, receipt) = _open.Dequeue();
            _done.Add(RedrivenLetter.Of(letter, await receipt));
        }
    }
}

/// <summary>What became of a letter that was to be sent again.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Receipt">What became of its message; null where it was not sent.</param>
internal sealed record RedrivenLetter(TickLetter Letter, TickReceipt? Receipt)
{
    /// <summary>It was sent again before, or what was kept of it cannot be read.</summary>
    public static RedrivenLetter NotSent(TickLetter letter) => new(letter, null);

    public static RedrivenLetter Of(TickLetter letter, TickReceipt receipt) => new(letter, receipt);

    /// <summary><c>accepted</c>, <c>duplicate</c>, <c>late-amended</c>, <c>dead-lettered</c>, <c>published</c> (brokers have it, and
    /// workers tell), <c>redriven-before</c>, or <c>needs-body</c>.</summary>
    public string Outcome => Receipt switch
    {
        null => Letter.IsPending ? "needs-body" : "redriven-before",
        { Published: > 0 } => "published",
        { DeadLettered: > 0 } => "dead-lettered",
        { LateAmended: > 0 } => "late-amended",
        { Accepted: > 0 } => "accepted",
        _ => "duplicate",
    };
}
