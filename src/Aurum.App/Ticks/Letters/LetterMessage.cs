using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Letters;

/// <summary>Dead letters as messages that can be sent again.</summary>
internal static class LetterMessage
{
    /// <summary>A letter's message with what its form needs before it; null where it cannot be read again: its beginning alone was kept,
    /// the header or the record that names it was no good, or its own record is broken.</summary>
    public static TickSubmission? AsItCame(TickLetter letter)
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
}
