using System.Buffers.Binary;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>What is kept with the dead letters of one stream so that their bytes can be read again: of a row the header, of a record the
/// one that names what it is of. JSON messages can be read by themselves.</summary>
/// <remarks>To be given all pieces that the pipeline has taken of the stream, in their order.</remarks>
/// <param name="stream">The stream.</param>
public sealed class LetterForms(TickStream stream)
{
    private readonly Dictionary<int, byte[]> _definitions = [];
    private int _at;

    /// <summary>Whether all that was passed could be cut into records; behind one of an impossible size nothing can.</summary>
    private bool _isLost;

    /// <summary>Goes on over a piece of the stream.</summary>
    /// <param name="taken">Whole messages that the pipeline has taken.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="letters">Those that are dead letters, in any order.</param>
    /// <returns>The form of each letter; null where its bytes cannot be read again by any. Empty where no message needs one.</returns>
    public LetterForm?[] Pass(ReadOnlySpan<byte> taken, long position, ReadOnlySpan<DeadLetter> letters)
    {
        if (stream.Options.Format == TickFormat.JsonLines)
        {
            return [];
        }

        var forms = letters.IsEmpty ? [] : new LetterForm?[letters.Length];
        if (stream.Options.Format == TickFormat.Csv)
        {
            for (var i = 0; i < forms.Length; i++)
            {
                forms[i] = letters[i].Reason == DeadLetterReason.InvalidHeader ? null
                    : NewForm(LetterForm.Csv, (stream.Reader as CsvTickReader)?.Header);
            }

            return forms;
        }

        // Numbers may be defined anew: what counts is what was defined before the letter.
        var order = new int[letters.Length];
        var places = new long[letters.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            (order[i], places[i]) = (i, letters[i].Position);
        }

        Array.Sort(places, order);
        _at = 0;
        foreach (var i in order)
        {
            var at = (int)(letters[i].Position - position);
            Define(taken, at);
            forms[i] = FormOf(letters[i], taken.Slice(at, letters[i].Length));
        }

        Define(taken, taken.Length);
        return forms;
    }

    private LetterForm? NewForm(string format, byte[]? prelude) =>
        prelude is null ? null : new LetterForm(format, stream.Options.Market, stream.Options.Source, prelude);

    private LetterForm? FormOf(DeadLetter letter, ReadOnlySpan<byte> message)
    {
        var isBroken = letter is { Reason: DeadLetterReason.InvalidRecord, Field: "" };
        return !isBroken && message[0] == BinaryTicks.Tick
            && _definitions.TryGetValue(BinaryPrimitives.ReadInt32LittleEndian(message[1..]), out var definition)
                ? NewForm(LetterForm.Binary, definition)
                : null;
    }

    /// <summary>Takes over definitions that begin before a place.</summary>
    private void Define(ReadOnlySpan<byte> records, int before)
    {
        while (!_isLost && _at < before)
        {
            var rest = records[_at..];
            _at += rest.Length >= BinaryTicks.HeadBytes && rest[2] == BinaryTicks.Definition ? Define(rest) : LengthOfTick(rest);
        }
    }

    /// <returns>Bytes of the record.</returns>
    private int Define(ReadOnlySpan<byte> rest)
    {
        var frame = BinaryTicks.FrameOf(rest, isEnd: true, ushort.MaxValue);
        if (!frame.IsBroken && frame.Length > sizeof(int))
        {
            _definitions[BinaryPrimitives.ReadInt32LittleEndian(rest[BinaryTicks.HeadBytes..])] = rest[..frame.Total].ToArray();
        }

        return frame.Total;
    }

    private int LengthOfTick(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= BinaryTicks.HeadBytes && rest[2] == BinaryTicks.Tick
            && BinaryPrimitives.ReadUInt16LittleEndian(rest) == BinaryTicks.TickBytes)
        {
            return BinaryTicks.HeadBytes + BinaryTicks.TickBytes + sizeof(uint);
        }

        // Nothing behind it can be told apart, and what was defined before must not be taken for what counts there.
        _isLost = true;
        _definitions.Clear();
        return rest.Length;
    }
}
