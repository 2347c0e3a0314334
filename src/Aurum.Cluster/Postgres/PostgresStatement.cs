using Aurum.Store.Engines;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Aurum.Cluster.Postgres;

/// <summary>A statement for PostgreSQL. The driver prepares those that come again and again.</summary>
internal sealed class PostgresStatement : EngineStatement
{
    private static readonly string[] QueryWords = ["select", "with", "values", "table", "show", "explain", "("];

    private readonly PostgresConnection _connection;
    private readonly NpgsqlCommand _command;
    private EngineType[]? _types;
    private string[] _names = [];
    private bool _isOne;

    public PostgresStatement(PostgresConnection connection, NpgsqlCommand command)
    {
        _connection = connection;
        _command = command;
    }

    /// <summary>A statement that the server describes with columns, and whose first word is that of a query. What may yet write is
    /// refused by the transaction, which is for reading.</summary>
    public override bool IsQuery
    {
        get
        {
            Describe();
            return _isOne && _names.Length > 0 && BeginsAsQuery;
        }
    }

    public override int ColumnCount => Describe().Length;

    public override string ColumnName(int column)
    {
        Describe();
        return _names[column];
    }

    public override EngineType ColumnType(int column) => Describe()[column];

    public override PostgresStatement Bind(bool value) => Add(value, NpgsqlDbType.Boolean);

    public override PostgresStatement Bind(int value) => Add(value, NpgsqlDbType.Integer);

    public override PostgresStatement Bind(long value) => Add(value, NpgsqlDbType.Bigint);

    public override PostgresStatement Bind(double value) => Add(value, NpgsqlDbType.Double);

    public override PostgresStatement Bind(LocalDate? date) => date is { } day
        ? Add(Period.DaysBetween(EngineTimes.Epoch, day) - PostgresType.EpochDays, NpgsqlDbType.Date)
        : AddNull(NpgsqlDbType.Date);

    public override PostgresStatement Bind(Instant? instant) => instant is { } value
        ? Add(EngineTimes.ToMicros(value) - PostgresType.EpochMicros, NpgsqlDbType.TimestampTz)
        : AddNull(NpgsqlDbType.TimestampTz);

    public override PostgresStatement Bind(string? text) => text is null ? AddNull(NpgsqlDbType.Text) : Add(text, NpgsqlDbType.Text);

    public override PostgresStatement BindNull() => AddNull(NpgsqlDbType.Unknown);

    public override long Run()
    {
        try
        {
            return _connection.Working(_command, static command => command.ExecuteNonQuery());
        }
        finally
        {
            _command.Parameters.Clear();
        }
    }

    public override PostgresRows Query()
    {
        var reader = BeginsAsQuery ? _connection.Reading(_command, Read) : _connection.Working(_command, Read);
        _command.Parameters.Clear();
        var types = new EngineType[reader.FieldCount];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = PostgresType.Of(reader.GetDataTypeOID(i));
        }

        return new PostgresRows(_connection, reader, types, _command.CommandText);
    }

    public override void Dispose() => _command.Dispose();

    private bool BeginsAsQuery
    {
        get
        {
            var text = _command.CommandText.TrimStart();
            return Array.Exists(QueryWords, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static NpgsqlDataReader Read(NpgsqlCommand command) => command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess);

    private EngineType[] Describe()
    {
        if (_types is not null)
        {
            return _types;
        }

        using var reader = _connection.Reading(_command, static command => command.ExecuteReader(System.Data.CommandBehavior.SchemaOnly));
        _types = new EngineType[reader.FieldCount];
        _names = new string[reader.FieldCount];
        for (var i = 0; i < _types.Length; i++)
        {
            _types[i] = PostgresType.Of(reader.GetDataTypeOID(i));
            _names[i] = reader.GetName(i);
        }

#pragma warning disable CS0618 // The only place where the driver tells that it has found more statements than one.
        _isOne = _command.Statements.Count == 1;
#pragma warning restore CS0618

        return _types;
    }

    private PostgresStatement Add<T>(T value, NpgsqlDbType type)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }

    private PostgresStatement AddNull(NpgsqlDbType type)
    {
        _command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }
}
