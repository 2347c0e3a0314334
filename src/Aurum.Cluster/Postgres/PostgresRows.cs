using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>Rows of a query as they come from the server, put into chunks: no object a row or cell.</summary>
internal sealed unsafe class PostgresRows : EngineRows
{
    /// <summary>Rows of the first chunk, and of the others: most results are small.</summary>
    private const int FirstRows = 128;
    private const int MostRows = 2048;

    private readonly NpgsqlDataReader _reader;
    private readonly string _sql;
    private readonly EngineType[] _types;
    private readonly PostgresConnection _connection;
    private NativeColumns? _columns;
    private bool _isOver;

    public PostgresRows(PostgresConnection connection, NpgsqlDataReader reader, EngineType[] types, string sql)
        : base(types)
    {
        _connection = connection;
        _reader = reader;
        _types = types;
        _sql = sql;
    }

    public override string Name(int column) => _reader.GetName(column);

    public override bool NextChunk()
    {
        Count = 0;
        if (_isOver)
        {
            return false;
        }

        Make();
        try
        {
            while (Count < _columns!.Rows)
            {
                if (!_reader.Read())
                {
                    _isOver = true;
                    break;
                }

                for (var i = 0; i < _types.Length; i++)
                {
                    Take(i, Count);
                }

                Count++;
            }
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error, _sql);
        }

        return Count > 0;
    }

    public override void Dispose()
    {
        Count = 0;
        try
        {
            if (!_isOver && !_connection.IsWriting)
            {
                // Else all rows that nobody wants would have to come first.
                _connection.Interrupt();
            }

            _isOver = true;
            _reader.Dispose();
        }
        catch (NpgsqlException)
        {
            // What the server still had to say about rows that nobody reads.
        }

        _columns?.Dispose();
        _columns = null;
    }

    private void Make()
    {
        var rows = _columns is null ? FirstRows : MostRows;
        if (_columns?.Rows == rows)
        {
            _columns.Clear();
            return;
        }

        _columns?.Dispose();
        _columns = new NativeColumns(_types, rows);
        _columns.Data.CopyTo(Data);
        _columns.Validity.CopyTo(Validity);
    }

    private void Take(int column, int row)
    {
        if (_reader.IsDBNull(column))
        {
            _columns!.SetNull(column, row);
            return;
        }

        var data = (void*)Data[column];
        switch (_types[column])
        {
            case EngineType.Boolean:
                ((byte*)data)[row] = _reader.GetBoolean(column) ? (byte)1 : (byte)0;
                break;
            case EngineType.SmallInt:
                ((short*)data)[row] = _reader.GetInt16(column);
                break;
            case EngineType.Integer:
                ((int*)data)[row] = _reader.GetInt32(column);
                break;
            case EngineType.BigInt:
                ((long*)data)[row] = _reader.GetInt64(column);
                break;
            case EngineType.Float:
                ((float*)data)[row] = _reader.GetFloat(column);
                break;
            case EngineType.Double:
                ((double*)data)[row] = _reader.GetDouble(column);
                break;
            case EngineType.Date:
                ((int*)data)[row] = _reader.GetFieldValue<int>(column) + PostgresType.EpochDays;
                break;
            case EngineType.TimestampTz or EngineType.Timestamp:
                ((long*)data)[row] = _reader.GetFieldValue<long>(column) + PostgresType.EpochMicros;
                break;
            case EngineType.Varchar or EngineType.Blob:
                TakeText(column, row);
                break;
            default:
                throw new PostgresEngineException(
                    $"column {Name(column)} is of type {_reader.GetDataTypeName(column)}, which is not read: cast it", _sql);
        }
    }

    private void TakeText(int column, int row)
    {
        var length = (int)_reader.GetBytes(column, 0, null, 0, 0);
        var room = _columns!.Text(column, row, length);
        if (length > 0)
        {
            using var bytes = _reader.GetStream(column);
            bytes.ReadExactly(room);
        }
    }
}
