using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Text;

namespace Aurum.Sources.Reading;

/// <summary>The wanted fields of one JSON object after the other, copied out of the text. One object serves all rows of a file: no
/// allocation per row.</summary>
/// <remarks>A name with a dot is a field of an object inside: <c>country.id</c>. A field that is not there fails by name with
/// the nearest one that is; fields that nobody asked for are kept for notes.</remarks>
public sealed class JsonFields
{
    private const int MaxUnknown = 200;

    private readonly string _file;
    private readonly string _array;
    private readonly byte[][] _names;
    private readonly string[] _texts;
    private readonly (int Start, int Length, JsonTokenType Kind)[] _fields;
    private readonly Utf8Table<string> _unknown = new();
    private readonly PropertyOrder _order = new();
    private readonly byte[] _path = new byte[256];
    private byte[] _buffer = new byte[1024];
    private int _used;
    private long _row = -1;

    /// <param name="file">Name for errors.</param>
    /// <param name="array">What the rows are called, for errors: <c>observations</c>.</param>
    /// <param name="names">Fields, in the order of their slots.</param>
    public JsonFields(string file, string array, params ReadOnlySpan<string> names)
    {
        _file = file;
        _array = array;
        _texts = names.ToArray();
        _names = [.. _texts.Select(Encoding.UTF8.GetBytes)];
        _fields = new (int, int, JsonTokenType)[_names.Length];
    }

    /// <summary>Rows read so far.</summary>
    public long Rows => _row + 1;

    /// <summary>Reads the object that the stream stands on, to its end.</summary>
    public void Read(ref JsonStream json)
    {
        json.Require(JsonTokenType.StartObject);
        Array.Clear(_fields);
        _used = 0;
        _order.Begin();
        _row++;
        ReadObject(ref json, 0);
    }

    /// <summary>Whether the object has the field with a value.</summary>
    public bool Has(int slot) => _fields[slot].Kind is JsonTokenType.String or JsonTokenType.Number;

    /// <summary>Text of a string or number; empty for null and for a field that is not there.</summary>
    public ReadOnlySpan<byte> this[int slot] => _buffer.AsSpan(_fields[slot].Start, _fields[slot].Length);

    public string Text(int slot) => Encoding.UTF8.GetString(this[slot]);

    /// <summary>Text of a field that must be there.</summary>
    /// <exception cref="FeedFormatException">No such field; names the nearest that nobody asked for.</exception>
    public ReadOnlySpan<byte> Required(int slot) => _fields[slot].Kind == JsonTokenType.None ? throw Missing(slot) : this[slot];

    /// <summary>A number that must be there, or NaN for null, empty text and the given word for "none".</summary>
    public double NumberOrNaN(int slot, ReadOnlySpan<byte> none = default)
    {
        var text = Required(slot).Trim((byte)' ');
        if (text.IsEmpty || text.SequenceEqual(none))
        {
            return double.NaN;
        }

        return Numbers.TryParseDecimal(text, out var value) ? value : throw Unexpected(slot, "a decimal");
    }

    /// <summary>The error for a field that is not what it should be.</summary>
    public FeedFormatException Unexpected(int slot, string expected) =>
        new(_file, $"{_array}[{_row}].{_texts[slot]}", expected, $"'{Text(slot)}'");

    /// <summary>One note for each field that rows have and nobody asked for.</summary>
    public IReadOnlyList<string> UnknownFieldNotes(params ReadOnlySpan<string> known)
    {
        var expected = known.ToArray();
        return [.. _unknown.Values.Where(n => !expected.Contains(n)).Select(n => $"{_file}: unknown field {_array}[].{n}")];
    }

    private FeedFormatException Missing(int slot)
    {
        var nearest = NearestName.To(_texts[slot], _unknown.Values);
        return new FeedFormatException(
            _file, $"{_array}[{_row}]", $"a field {_texts[slot]}", nearest is null ? "none" : $"none (nearest: {nearest})");
    }

    private void ReadObject(ref JsonStream json, int pathLength)
    {
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
        {
            var name = json.Property;
            if (pathLength + name.Length + 1 > _path.Length)
            {
                json.Skip();
                continue;
            }

            name.CopyTo(_path.AsSpan(pathLength));
            var length = pathLength + name.Length;
            json.ReadRequired();
            if (json.Token == JsonTokenType.StartObject && pathLength == 0)
            {
                _path[length] = (byte)'.';
                ReadObject(ref json, length + 1);
            }
            else
            {
                Keep(ref json, _path.AsSpan(0, length));
            }
        }
    }

    private void Keep(ref JsonStream json, ReadOnlySpan<byte> name)
    {
        if (!_order.TryNext(name, out var slot))
        {
            slot = Search(name);
        }

        if (slot < 0)
        {
            json.Skip();
            return;
        }

        if (json.Token is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw json.Unexpected("text, a number or null");
        }

        var text = json.Utf8();
        if (_used + text.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _used + text.Length));
        }

        text.CopyTo(_buffer.AsSpan(_used));
        _fields[slot] = (_used, text.Length, json.Token);
        _used += text.Length;
    }

    private int Search(ReadOnlySpan<byte> name)
    {
        var slot = _names.Length - 1;
        while (slot >= 0 && !name.SequenceEqual(_names[slot]))
        {
            slot--;
        }

        if (slot < 0 && _unknown.Count < MaxUnknown && !_unknown.TryGet(name, out _))
        {
            _unknown.Add(name, Encoding.UTF8.GetString(name));
        }

        _order.Learn(name, slot);
        return slot;
    }
}
