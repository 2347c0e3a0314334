using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

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
            if (!letter.IsPending || AsItCame(letter) is not { } message)
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

    /// <summary>Sends a mended message in place of a letter's.</summary>
    public async Task<RedrivenLetter> SendAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> mended, CancellationToken cancel) => letter.IsPending
        ? RedrivenLetter.Of(letter, await SubmitAsync(letter, TickSubmission.Batch(options, mended), cancel))
        : RedrivenLetter.NotSent(letter);

    /// <summary>A letter's message with what its form needs before it; null where it cannot be read again: its beginning alone was kept,
    /// the header or the record that names it was no good, or its own record is broken.</summary>
    private static TickSubmission? AsItCame(TickLetter letter)
    {
        if (letter.Bytes.Length < letter.Letter.Length)
        {
            return null;
        }

        if (letter.Form is not { } form)
        {
            return IsJson(letter.Bytes) ? TickSubmission.Batch(new TickStreamOptions { Tenant = letter.Tenant }, letter.Bytes) : null;
        }

        var isBinary = form.Format == LetterForm.Binary;
        var options = new TickStreamOptions(isBinary ? TickFormat.Binary : TickFormat.Csv)
        {
            Tenant = letter.Tenant,
            Market = form.Market,
            Source = form.Source,
        };
        return TickSubmission.Batch(options, isBinary ? RecordOf(letter.Bytes) : letter.Bytes) with { Prelude = form.Prelude };
    }

    private static ReadOnlyMemory<byte> RecordOf(byte[] message)
    {
        var record = new ArrayBufferWriter<byte>();
        BinaryTicks.WriteAgain(record, message);
        return record.WrittenMemory;
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r"u8) is >= 0 and var at && bytes[at] == (byte)'{';

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
