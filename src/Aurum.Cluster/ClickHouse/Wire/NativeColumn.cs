using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Aurum.Market.Feeds;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>A column of a block that is being filled: values one after the other in pooled memory, used again after
/// <see cref="Clear"/>.</summary>
internal sealed class NativeColumn : IDisposable
{
    /// <summary>Version of the dictionaries of LowCardinality.</summary>
    private const long DictionaryVersion = 1;

    /// <summary>The dictionary lies in the block, and its indexes have four bytes.</summary>
    private const long DictionaryFlags = (1 << 9) | (1 << 10) | 2;

    private readonly ByteBuffer _data = new();
    private readonly ByteBuffer? _unknown;
    private readonly NativeColumn? _items;
    private readonly NativeColumn? _values;
    private Utf8Table<Place>? _places;

    public NativeColumn(string name, NativeType type)
    {
        (Name, Type) = (name, type);
        switch (type.Kind)
        {
            case NativeKind.Nullable:
                _unknown = new ByteBuffer();
                _items = new NativeColumn("", type.Inner!);
                break;
            case NativeKind.Array or NativeKind.LowCardinality:
                _items = new NativeColumn("", type.Inner!);
                break;
            case NativeKind.Map:
                _items = new NativeColumn("", type.Inner!);
                _values = new NativeColumn("", type.Value!);
                break;
        }

        _places = type.Kind == NativeKind.LowCardinality ? new() : null;
    }

    public string Name { get; }

    public NativeType Type { get; }

    /// <summary>Values in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it takes on the wire, less its head.</summary>
    public long Bytes => _data.Length + (_unknown?.Length ?? 0) + (_items?.Bytes ?? 0) + (_values?.Bytes ?? 0);

    /// <summary>Where the items of a list, or the keys of a map, go before <see cref="EndList"/>.</summary>
    public NativeColumn Items => _items!;

    /// <summary>Where the values of a map go before <see cref="EndList"/>.</summary>
    public NativeColumn Values => _values!;

    /// <summary>An integer, or a time in the type's own unit.</summary>
    public void Add(long value)
    {
        if (_unknown is not null)
        {
            Known();
            _items!.Add(value);
            return;
        }

        switch (Type.Width)
        {
            case 8:
                BinaryPrimitives.WriteInt64LittleEndian(_data.Take(8), value);
                break;
            case 4:
                BinaryPrimitives.WriteInt32LittleEndian(_data.Take(4), (int)value);
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(_data.Take(2), (short)value);
                break;
            default:
                _data.Take(1)[0] = (byte)value;
                break;
        }

        Count++;
    }

    /// <summary>A number; NaN is unknown where the column knows that.</summary>
    public void Add(double value)
    {
        if (_unknown is null)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_data.Take(8), value);
            Count++;
        }
        else if (double.IsNaN(value))
        {
            AddUnknown();
        }
        else
        {
            Known();
            _items!.Add(value);
        }
    }

    /// <summary>UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (_unknown is not null)
        {
            Known();
            _items!.Add(text);
            return;
        }

        if (_places is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_data.Take(4), PlaceOf(text));
        }
        else
        {
            _data.WriteLength(text.Length);
            _data.Write(text);
        }

        Count++;
    }

    /// <summary>Integers or times of eight bytes, at once.</summary>
    public void Add(ReadOnlySpan<long> values)
    {
        _data.Write(MemoryMarshal.AsBytes(values));
        Count += values.Length;
    }

    /// <summary>Numbers, at once. Not for a column that knows the unknown.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        _data.Write(MemoryMarshal.AsBytes(values));
        Count += values.Length;
    }

    /// <summary>A value that nobody knows.</summary>
    /// <exception cref="InvalidOperationException">The column does not know that.</exception>
    public void AddUnknown()
    {
        if (_unknown is null)
        {
            throw new InvalidOperationException($"column {Name} is {Type.Text}, which has no unknown values");
        }

        _unknown.Take(1)[0] = 1;
        _items!.AddZero();
        Count++;
    }

    /// <summary>Ends the list of a row, whose items were added before.</summary>
    public void EndList()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_data.Take(8), _items!.Count);
        Count++;
    }

    public void Clear()
    {
        Count = 0;
        _data.Clear();
        _unknown?.Clear();
        _items?.Clear();
        _values?.Clear();
        _places = _places is null ? null : new();
    }

    /// <summary>Writes what stands before the values.</summary>
    public void WriteHead(ByteBuffer to)
    {
        if (_places is not null)
        {
            BinaryPrimitives.WriteInt64LittleEndian(to.Take(8), DictionaryVersion);
        }

        _items?.WriteHead(to);
        _values?.WriteHead(to);
    }

    /// <summary>Sends the values.</summary>
    public async ValueTask Send(Stream to, ByteBuffer scratch, CancellationToken cancel)
    {
        if (_places is not null)
        {
            scratch.Clear();
            BinaryPrimitives.WriteInt64LittleEndian(scratch.Take(8), DictionaryFlags);
            BinaryPrimitives.WriteInt64LittleEndian(scratch.Take(8), _items!.Count);
            await to.WriteAsync(scratch.Written, cancel);
            await to.WriteAsync(_items._data.Written, cancel);
            scratch.Clear();
            BinaryPrimitives.WriteInt64LittleEndian(scratch.Take(8), Count);
            await to.WriteAsync(scratch.Written, cancel);
            await to.WriteAsync(_data.Written, cancel);
            return;
        }

        if (_unknown is not null)
        {
            await to.WriteAsync(_unknown.Written, cancel);
        }
        else
        {
            await to.WriteAsync(_data.Written, cancel);
        }

        if (_items is not null)
        {
            await _items.Send(to, scratch, cancel);
        }

        if (_values is not null)
        {
            await _values.Send(to, scratch, cancel);
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _unknown?.Dispose();
        _items?.Dispose();
        _values?.Dispose();
    }

    private void Known()
    {
        _unknown!.Take(1)[0] = 0;
        Count++;
    }

    /// <summary>What stands where nothing is known.</summary>
    private void AddZero()
    {
        if (Type.Kind == NativeKind.Text)
        {
            Add(ReadOnlySpan<byte>.Empty);
        }
        else
        {
            _data.Take(Type.Width).Clear();
            Count++;
        }
    }

    private int PlaceOf(ReadOnlySpan<byte> text)
    {
        if (!_places!.TryGet(text, out var place))
        {
            place = new Place(_items!.Count);
            _places.Add(text, place);
            _items.Add(text);
        }

        return place.Index;
    }

    private sealed record Place(int Index);
}
