using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>A column of a block that was read.</summary>
internal sealed class NativeValues : IDisposable
{
    /// <summary>Bit of a dictionary's flags: it lies in another block. Bit: it lies in this one.</summary>
    private const long SharedDictionary = 1 << 8;
    private const long OwnDictionary = 1 << 9;

    private readonly ByteBuffer _data = new();
    private readonly ByteBuffer? _unknown;
    private readonly NativeValues? _items;
    private readonly NativeValues? _values;
    private int[] _ends = [];

    public NativeValues(string name, NativeType type)
    {
        (Name, Type) = (name, type);
        _unknown = type.Kind == NativeKind.Nullable ? new ByteBuffer() : null;
        _items = type.Inner is null ? null : new NativeValues("", type.Inner);
        _values = type.Value is null ? null : new NativeValues("", type.Value);
    }

    public string Name { get; }

    public NativeType Type { get; }

    public bool IsUnknown(int row) => _unknown is not null && _unknown.Span[row] != 0;

    /// <summary>An integer, date or time in the type's own unit.</summary>
    public long Whole(int row)
    {
        if (_unknown is not null)
        {
            return _items!.Whole(row);
        }

        var cell = _data.Span.Slice(row * Type.Width, Type.Width);
        var signed = Type.Kind == NativeKind.Signed;
        return Type.Width switch
        {
            8 => BinaryPrimitives.ReadInt64LittleEndian(cell),
            4 => signed ? BinaryPrimitives.ReadInt32LittleEndian(cell) : BinaryPrimitives.ReadUInt32LittleEndian(cell),
            2 => signed ? BinaryPrimitives.ReadInt16LittleEndian(cell) : BinaryPrimitives.ReadUInt16LittleEndian(cell),
            _ => signed ? (sbyte)cell[0] : cell[0],
        };
    }

    /// <summary>A number; NaN where it is unknown.</summary>
    public double Number(int row)
    {
        if (_unknown is not null)
        {
            return IsUnknown(row) ? double.NaN : _items!.Number(row);
        }

        return Type.Width == 8
            ? BinaryPrimitives.ReadDoubleLittleEndian(_data.Span[(row * 8)..])
            : BinaryPrimitives.ReadSingleLittleEndian(_data.Span[(row * 4)..]);
    }

    /// <summary>UTF-8, valid until the next block.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        if (_unknown is not null)
        {
            return _items!.Text(row);
        }

        if (Type.Kind == NativeKind.LowCardinality)
        {
            return _items!.Text(_ends[row]);
        }

        var start = row == 0 ? 0 : _ends[row - 1];
        return _data.Span[start.._ends[row]];
    }

    /// <summary>Places of a row's list among <see cref="Items"/>.</summary>
    public Range List(int row) => (row == 0 ? 0 : _ends[row - 1]).._ends[row];

    /// <summary>Items of all lists, or keys of all maps.</summary>
    public NativeValues Items => _items!;

    /// <summary>Values of all maps.</summary>
    public NativeValues MapValues => _values!;

    /// <summary>Reads what stands before the values.</summary>
    public async ValueTask ReadHead(NativeInput input, CancellationToken cancel)
    {
        if (Type.Kind == NativeKind.LowCardinality && await input.Int64(cancel) is not 1 and var version)
        {
            throw new ClickHouseException($"ClickHouse: expected version 1 of the dictionary of {Name}, found {version}", code: -1);
        }

        if (_items is not null)
        {
            await _items.ReadHead(input, cancel);
        }

        if (_values is not null)
        {
            await _values.ReadHead(input, cancel);
        }
    }

    public async ValueTask Read(NativeInput input, int rows, CancellationToken cancel)
    {
        _data.Clear();
        switch (Type.Kind)
        {
            case NativeKind.Nullable:
                _unknown!.Clear();
                await input.Read(_unknown.TakeMemory(rows), cancel);
                await _items!.Read(input, rows, cancel);
                break;
            case NativeKind.Text:
                await ReadTexts(input, rows, cancel);
                break;
            case NativeKind.LowCardinality:
                await ReadDictionary(input, rows, cancel);
                break;
            case NativeKind.Array or NativeKind.Map:
                await ReadLists(input, rows, cancel);
                break;
            default:
                await input.Read(_data.TakeMemory(checked(rows * Type.Width)), cancel);
                break;
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _unknown?.Dispose();
        _items?.Dispose();
        _values?.Dispose();
        Return();
    }

    private async ValueTask ReadTexts(NativeInput input, int rows, CancellationToken cancel)
    {
        Room(rows);
        for (var row = 0; row < rows;)
        {
            row += input.Texts(_data, _ends.AsSpan(row, rows - row));
            if (row < rows)
            {
                await input.Text(_data, cancel);
                _ends[row++] = _data.Length;
            }
        }
    }

    private async ValueTask ReadLists(NativeInput input, int rows, CancellationToken cancel)
    {
        Room(rows);
        await input.Read(_data.TakeMemory(checked(rows * 8)), cancel);
        for (var row = 0; row < rows; row++)
        {
            _ends[row] = checked((int)BinaryPrimitives.ReadInt64LittleEndian(_data.Span[(row * 8)..]));
        }

        var items = rows == 0 ? 0 : _ends[rows - 1];
        await _items!.Read(input, items, cancel);
        if (_values is not null)
        {
            await _values.Read(input, items, cancel);
        }
    }

    private async ValueTask ReadDictionary(NativeInput input, int rows, CancellationToken cancel)
    {
        if (rows == 0)
        {
            return;
        }

        var flags = await input.Int64(cancel);
        if ((flags & SharedDictionary) != 0 || (flags & OwnDictionary) == 0)
        {
            throw new ClickHouseException($"ClickHouse: expected the dictionary of {Name} in its block, found flags {flags}", code: -1);
        }

        await _items!.Read(input, checked((int)await input.Int64(cancel)), cancel);
        var count = await input.Int64(cancel);
        if (count != rows)
        {
            throw new ClickHouseException($"ClickHouse: expected {rows} rows of {Name}, found {count}", code: -1);
        }

        var width = 1 << (int)(flags & 3);
        Room(rows);
        await input.Read(_data.TakeMemory(checked(rows * width)), cancel);
        for (var row = 0; row < rows; row++)
        {
            var cell = _data.Span[(row * width)..];
            _ends[row] = width switch
            {
                1 => cell[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(cell),
                4 => BinaryPrimitives.ReadInt32LittleEndian(cell),
                _ => checked((int)MemoryMarshal.Read<long>(cell)),
            };
        }
    }

    private void Room(int rows)
    {
        if (_ends.Length < rows)
        {
            Return();
            _ends = ArrayPool<int>.Shared.Rent(rows);
        }
    }

    private void Return()
    {
        if (_ends.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_ends);
            _ends = [];
        }
    }
}
