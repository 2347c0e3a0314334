using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Bytes of messages for the tick service.</summary>
/// <param name="Stream">Name of the stream that they go on with: bytes of a message that is not whole yet wait for the next
/// submission of the same name, and what was taken in is remembered as the stream's checkpoint. Empty: a stream of their own,
/// which ends with them.</param>
/// <param name="Options">How the stream is written. Counts where the stream is new.</param>
/// <param name="Bytes">The bytes; not to be changed until the submission is answered.</param>
/// <param name="Position">Place of the first of them in the stream.</param>
/// <param name="IsEnd">Whether the stream ends with them.</param>
/// <param name="IdempotencyKey">Two submissions of one tenant with the same key are one: the second is answered as the first was.
/// Null: none.</param>
internal sealed record TickSubmission(
    string Stream, TickStreamOptions Options, ReadOnlyMemory<byte> Bytes, long Position, bool IsEnd, string? IdempotencyKey)
{
    /// <summary>Whether it is remembered how far the stream has come, also when it has ended and after a restart.</summary>
    public bool IsKept { get; init; }

    /// <summary>Bytes of the stream's beginning that a reader needs that goes on in the middle: a CSV file's header, the names of
    /// a binary one. Read where the stream is not open.</summary>
    public ReadOnlyMemory<byte> Prelude { get; init; }

    /// <summary>Dead letters that these messages are: they are marked as sent again when the messages are on disk.</summary>
    public IReadOnlyList<TickToken> Redriven { get; init; } = [];

    /// <summary>A batch of its own.</summary>
    public static TickSubmission Batch(TickStreamOptions options, ReadOnlyMemory<byte> bytes, string? idempotencyKey = null) =>
        new("", options, bytes, 0, IsEnd: true, idempotencyKey);
}

/// <summary>What became of a submission: it is on disk, and was before anybody got to read this.</summary>
/// <param name="Frame">Number of the frame of the journal that its last message is in.</param>
/// <param name="Received">Messages. <c>Received = Accepted + Duplicate + LateAmended + DeadLettered</c>.</param>
/// <param name="Accepted">Ticks whose minute was open.</param>
/// <param name="Duplicate">Messages whose event id was taken in before.</param>
/// <param name="LateAmended">Ticks that revised closed bars.</param>
/// <param name="DeadLettered">Messages that are kept aside with a reason.</param>
/// <param name="FirstLetters">The first of these, up to <see cref="TickServiceOptions.LettersTold"/>. Empty in the answer to a
/// repeated key that was first answered before a restart.</param>
/// <param name="IsRepeat">Whether its idempotency key was answered before.</param>
internal sealed record TickReceipt(
    long Frame,
    long Received,
    long Accepted,
    long Duplicate,
    long LateAmended,
    long DeadLettered,
    IReadOnlyList<DeadLetter> FirstLetters,
    bool IsRepeat)
{
    /// <summary>Messages that Kafka has acknowledged: workers take them from there, and tell what becomes of them. All or none of
    /// <see cref="Received"/>.</summary>
    public long Published { get; init; }
}

/// <summary>A submission was not taken in: the service is closed, or cannot write. Nothing of it is acknowledged; it may be sent
/// again, as messages that were written all the same are duplicates then.</summary>
internal sealed class TickServiceException(string message, Exception? inner = null) : Exception(message, inner);
