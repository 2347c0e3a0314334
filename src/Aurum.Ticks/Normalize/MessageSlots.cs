using Aurum.Market.Ticks;
using Aurum.Ticks.Reading;

namespace Aurum.Ticks.Normalize;

/// <summary>Where the fields of one JSON message are. Used again for each message.</summary>
internal sealed class MessageSlots
{
    private const int MaxTextBytes = 128;

    private readonly Slot[] _slots = new Slot[MessageFields.Count];
    private readonly JsonTexts _texts;
    private uint _seen;

    public MessageSlots(int maxMessageBytes) => _texts = new JsonTexts(2 * maxMessageBytes);

    public void Clear()
    {
        _seen = 0;
        _texts.Clear();
    }

    public bool Has(MessageField field) => (_seen & (1u << (int)field)) != 0;

    /// <returns>False where the field was there before.</returns>
    public bool TryMark(MessageField field)
    {
        var bit = 1u << (int)field;
        var isNew = (_seen & bit) == 0;
        _seen |= bit;
        return isNew || field == MessageField.Unknown;
    }

    /// <param name="field">Which.</param>
    /// <param name="value">Its value.</param>
    /// <param name="end">Behind the value.</param>
    public void Set(MessageField field, JsonValue value, int end)
    {
        var start = end - value.Text.Length - (value.Kind == JsonKind.Text ? 1 : 0);
        _slots[(int)field] = new Slot(start, value.Text.Length, value.Kind, value.HasEscapes);
    }

    /// <summary>The value of a field; null where it is not there.</summary>
    public JsonValue Of(MessageField field, ReadOnlySpan<byte> message)
    {
        if (!Has(field))
        {
            return default;
        }

        ref readonly var slot = ref _slots[(int)field];
        return new JsonValue(slot.Kind, message.Slice(slot.Start, slot.Length), slot.HasEscapes);
    }

    /// <summary>The letters of a text, unescaped.</summary>
    public bool TryPlain(JsonValue value, out ReadOnlySpan<byte> text) => _texts.TryPlain(value, out text);

    /// <summary>Reads a text of 1 to 128 bytes without control characters, blanks around it taken off; empty where it is not
    /// there.</summary>
    public bool TryOptionalText(
        MessageField field, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> text, Fault fault)
    {
        text = default;
        if (!Has(field))
        {
            return true;
        }

        var value = Of(field, message);
        if (value.Kind == JsonKind.Text && !value.HasEscapes && value.Text.Length is > 0 and <= MaxTextBytes)
        {
            text = value.Text.Trim((byte)' ');
            if (text.Length > 0)
            {
                return true;
            }
        }

        return TryUnusualText(field, value, out text, fault);
    }

    private bool TryUnusualText(MessageField field, JsonValue value, out ReadOnlySpan<byte> text, Fault fault)
    {
        text = default;
        if (value.Kind == JsonKind.Null)
        {
            return true;
        }

        if (value.Kind != JsonKind.Text)
        {
            return fault.Set(DeadLetterReason.WrongType, MessageFields.Path(field), "a text", value.Text);
        }

        if (!TryPlain(value, out text) || (value.HasEscapes && text.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0))
        {
            return fault.Set(
                DeadLetterReason.InvalidText, MessageFields.Path(field), "letters without control characters", value.Text);
        }

        text = text.Trim((byte)' ');
        return text.Length is > 0 and <= MaxTextBytes
            || fault.Set(
                DeadLetterReason.InvalidText, MessageFields.Path(field), $"a text of 1 to {MaxTextBytes} bytes", value.Text);
    }

    /// <inheritdoc cref="TryOptionalText"/>
    public bool TryText(MessageField field, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> text, Fault fault) =>
        TryOptionalText(field, message, out text, fault)
        && (text.Length > 0 || fault.Set(DeadLetterReason.MissingField, MessageFields.Path(field), "a text", default));

    /// <summary>Reads a time: a number of microseconds, or ISO 8601 with a zone.</summary>
    public bool TryTime(MessageField field, ReadOnlySpan<byte> message, out long micros, Fault fault)
    {
        var value = Of(field, message);
        micros = 0;
        var reason = value.Kind switch
        {
            JsonKind.Null => DeadLetterReason.MissingField,
            JsonKind.Number => EventTime.TryNumber(value.Text, out micros) ? 0 : DeadLetterReason.InvalidTime,
            JsonKind.Text when !value.HasEscapes => EventTime.TryText(value.Text, out micros),
            JsonKind.Text => DeadLetterReason.InvalidTime,
            _ => DeadLetterReason.WrongType,
        };
        return reason == 0 || fault.Set(reason, MessageFields.Path(field), EventTime.Expected, value.Text);
    }

    private readonly record struct Slot(int Start, int Length, JsonKind Kind, bool HasEscapes);
}
