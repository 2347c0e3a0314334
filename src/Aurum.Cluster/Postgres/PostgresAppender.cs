using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Aurum.Store.Engines;

namespace Aurum.Cluster.Postgres;

/// <summary>Appends rows to a table by COPY in its binary format, a few megabytes at a time: in between, the connection is free for other
/// statements.</summary>
internal sealed unsafe class PostgresAppender : EngineAppender
{
    /// <summary>Bytes that are collected before they are sent.</summary>
    private const int SendBytes = 4 << 20;

    /// <summary>Sign of the format, no flags, no extension.</summary>
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly PostgresConnection _connection;
    private readonly EngineType[] _types;
    private readonly NativeColumns _columns;
    private readonly string _copySql;
    private readonly TenantStage? _stage;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 14);
    private int _length;

    public PostgresAppender(PostgresConnection connection, string table, PostgresColumn[] columns)
    {
        _connection = connection;
        _types = Array.ConvertAll(columns, static column => PostgresType.Of(column.Type));
        var names = string.Join(", ", columns.Select(static column => column.Name));
        _stage = PostgresSchema.IsOfTenants(table) ? new TenantStage(connection, table, names) : null;
        _copySql = $"COPY {_stage?.Table ?? table} ({names}) FROM STDIN (FORMAT BINARY)";
        _columns = new NativeColumns(_types, Capacity);
        MakeColumns(_types.Length);
        _columns.Data.CopyTo(Data);
        Head.CopyTo(_buffer, 0);
        _length = Head.Length;
    }

    public override void SetNull(int column, int row) => _columns.SetNull(column, row);

    public override void SetNulls(int column, ReadOnlySpan<ulong> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ((ulong*)_columns.Validity[column])[i] &= ~rows[i];
        }
    }

    public override void Push(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            Put(row);
        }

        _columns.Clear();
        if (_length >= SendBytes)
        {
            Send();
        }
    }

    public override void Finish()
    {
        Send();
        _stage?.Move();
    }

    public override void Dispose()
    {
        _columns.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    protected override void SetLongText(int column, int row, ReadOnlySpan<byte> utf8) =>
        utf8.CopyTo(_columns.Text(column, row, utf8.Length));

    private void Send()
    {
        if (_length == Head.Length)
        {
            return;
        }

        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), -1);
        _length += sizeof(short);
        _connection.Copy(_copySql, _buffer.AsSpan(0, _length));
        _length = Head.Length;
    }

    private void Put(int row)
    {
        const int MostFixed = sizeof(int) + sizeof(long);
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), (short)_types.Length);
        _length += sizeof(short);
        for (var column = 0; column < _types.Length; column++)
        {
            var room = Room(MostFixed);
            if (_columns.IsNull(column, row))
            {
                BinaryPrimitives.WriteInt32BigEndian(room, -1);
                _length += sizeof(int);
                continue;
            }

            var data = (void*)Data[column];
            switch (_types[column])
            {
                case EngineType.Double:
                    PutLong(room, ((long*)data)[row]);
                    break;
                case EngineType.BigInt:
                    PutLong(room, ((long*)data)[row]);
                    break;
                case EngineType.TimestampTz or EngineType.Timestamp:
                    PutLong(room, ((long*)data)[row] - PostgresType.EpochMicros);
                    break;
                case EngineType.Integer:
                    PutInt(room, ((int*)data)[row]);
                    break;
                case EngineType.Date:
                    PutInt(room, ((int*)data)[row] - PostgresType.EpochDays);
                    break;
                case EngineType.Boolean:
                    BinaryPrimitives.WriteInt32BigEndian(room, 1);
                    room[sizeof(int)] = ((byte*)data)[row];
                    _length += sizeof(int) + 1;
                    break;
                case EngineType.Varchar or EngineType.Blob:
                    PutText((EngineText*)data + row);
                    break;
                default:
                    throw new PostgresEngineException(
                        string.Create(CultureInfo.InvariantCulture, $"column {column} is of a type that is not appended to"), _copySql);
            }
        }
    }

    private void PutLong(Span<byte> room, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(room[sizeof(int)..], value);
        _length += sizeof(int) + sizeof(long);
    }

    private void PutInt(Span<byte> room, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room[sizeof(int)..], value);
        _length += 2 * sizeof(int);
    }

    private void PutText(EngineText* text)
    {
        var length = (int)text->Length;
        var room = Room(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        new ReadOnlySpan<byte>(length <= EngineText.MaxInlineBytes ? text->Inline : text->Pointer, length).CopyTo(room[sizeof(int)..]);
        _length += sizeof(int) + length;
    }

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + bytes));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
