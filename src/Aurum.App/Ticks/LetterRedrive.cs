using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Sends dead letters through the pipeline again, each once: the letter is marked in the frame that has what came of it. A letter
/// that fails again is another letter.</summary>
internal sealed class LetterRedrive(TickService ticks, TickTables tables)
{
    /// <summary>Letters that may wait for the disk together.</summary>
    private const int LettersAtOnce = 64;

    private readonly Queue<(TickLetter Letter, Task<TickReceipt> Receipt)> _open = new();
    private readonly List<RedrivenLetter> _done = [];

    /// <summary>The letters with these ids; an unknown one is null.</summary>
    public async Task<IReadOnlyList<TickLetter?>> FindAsync(IReadOnlyList<TickToken> ids, CancellationToken cancel)
    {
        await ticks.SettleAsync(cancel);
        return [.. ids.Select(tables.FindDeadLetter)];
    }

    /// <summary>The letters that a filter lets through and that were not sent again.</summary>
    public async Task<IReadOnlyList<TickLetter>> FindAsync(TickLetterQuery query, CancellationToken cancel)
    {
        await ticks.SettleAsync(cancel);
        return [.. tables.DeadLetters(query with { PendingOnly = true })];
    }

    /// <summary>Sends letters again as they came.</summary>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="TickServiceException">The service cannot take them in.</exception>
    public async Task<IReadOnlyList<RedrivenLetter>> SendAsync(IReadOnlyList<TickLetter> letters, CancellationToken cancel)
    {
        foreach (var letter in letters)
        {
            if (!letter.IsPending || !IsJson(letter.Bytes))
            {
                await DrainAsync(0);
                _done.Add(RedrivenLetter.NotSent(letter));
                continue;
            }

            await DrainAsync(LettersAtOnce - 1);
            var options = new TickStreamOptions { Tenant = letter.Tenant };
            _open.Enqueue((letter, SubmitAsync(letter, options, letter.Bytes, cancel)));
        }

        await DrainAsync(0);
        return _done;
    }

    /// <summary>Sends a mended message in place of a letter's.</summary>
    public async Task<RedrivenLetter> SendAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> mended, CancellationToken cancel) => letter.IsPending
        ? RedrivenLetter.Of(letter, await SubmitAsync(letter, options, mended, cancel))
        : RedrivenLetter.NotSent(letter);

    /// <summary>Whether bytes can be read without what stood before them, such as a file's header.</summary>
    private static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r"u8) is >= 0 and var at && bytes[at] == (byte)'{';

    private Task<TickReceipt> SubmitAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => ticks.SubmitAsync(
            TickSubmission.Batch(options, bytes, $"redrive:{letter.Id}") with { Redriven = [letter.Id] }, cancel).AsTask();

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
    /// <summary>It was sent again before, or is no JSON: a row or record by itself cannot be read.</summary>
    public static RedrivenLetter NotSent(TickLetter letter) => new(letter, null);

    public static RedrivenLetter Of(TickLetter letter, TickReceipt receipt) => new(letter, receipt);

    /// <summary><c>accepted</c>, <c>duplicate</c>, <c>late-amended</c>, <c>dead-lettered</c>, <c>redriven-before</c>, or
    /// <c>needs-body</c>.</summary>
    public string Outcome => Receipt switch
    {
        null => Letter.IsPending ? "needs-body" : "redriven-before",
        { DeadLettered: > 0 } => "dead-lettered",
        { LateAmended: > 0 } => "late-amended",
        { Accepted: > 0 } => "accepted",
        _ => "duplicate",
    };
}
