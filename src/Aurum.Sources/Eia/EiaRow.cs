using System.Text;
using System.Text.Json;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>The wanted fields of one row of an EIA answer, copied out of the text. One object serves all rows of a
/// file.</summary>
internal sealed class EiaRow
{
    private readonly byte[][] _names;
    private readonly (int Start, int Length, JsonTokenType Kind)[] _fields;
    private readonly PropertyOrder _order = new();
    private byte[] _text = new byte[512];
    private int _used;

    public EiaRow(IEnumerable<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _fields = new (int, int, JsonTokenType)[_names.Length];
    }

    /// <summary>Reads the object that the reader stands on. Fields that were not asked for are skipped.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        Array.Clear(_fields);
        _used = 0;
        _order.Begin();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var slot = SlotOf(ref reader);
            reader.Read();
            if (slot >= 0)
            {
                Keep(ref reader, slot);
            }

            reader.Skip();
        }
    }

    /// <summary>Whether the row has the field with a value.</summary>
    public bool Has(int slot) => _fields[slot].Kind is JsonTokenType.String or JsonTokenType.Number;

    /// <summary>Whether the row has the field, be it null.</summary>
    public bool Names(int slot) => _fields[slot].Kind != JsonTokenType.None;

    /// <summary>Text of a string or number; empty for null and for a field that is not there.</summary>
    public ReadOnlySpan<byte> this[int slot] => _text.AsSpan(_fields[slot].Start, _fields[slot].Length);

    public string Text(int slot) => Encoding.UTF8.GetString(this[slot]);

    private int SlotOf(ref Utf8JsonReader reader)
    {
        if (_order.TryNext(reader.ValueSpan, out var known))
        {
            return known;
        }

        var slot = _names.Length - 1;
        while (slot >= 0 && !reader.ValueTextEquals(_names[slot]))
        {
            slot--;
        }

        _order.Learn(reader.ValueSpan, slot);
        return slot;
    }

    private void Keep(ref Utf8JsonReader reader, int slot)
    {
        var length = 0;
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            Grow(reader.ValueSpan.Length);
            if (reader.TokenType == JsonTokenType.String)
            {
                length = reader.CopyString(_text.AsSpan(_used));
            }
            else
            {
                reader.ValueSpan.CopyTo(_text.AsSpan(_used));
                length = reader.ValueSpan.Length;
            }
        }

        _fields[slot] = (_used, length, reader.TokenType);
        _used += length;
    }

    private void Grow(int more)
    {
        if (_used + more > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + more));
        }
    }
}
