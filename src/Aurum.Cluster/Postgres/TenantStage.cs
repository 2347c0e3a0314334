namespace Aurum.Cluster.Postgres;

/// <summary>COPY does not look at row security, so PostgreSQL refuses it for tables that have it: rows for them come through a temporary
/// table, and an INSERT that is looked at. Inside a transaction.</summary>
internal sealed class TenantStage
{
    private readonly PostgresConnection _connection;
    private readonly string _target;
    private readonly string _columns;

    public TenantStage(PostgresConnection connection, string table, string columns)
    {
        _connection = connection;
        _target = table;
        _columns = columns;
        Table = $"stage_of_{table}";
        connection.Execute($"DROP TABLE IF EXISTS {Table}; CREATE TEMPORARY TABLE {Table} (LIKE {table})");
    }

    /// <summary>Where to copy to.</summary>
    public string Table { get; }

    /// <summary>Moves the rows over.</summary>
    public void Move() =>
        _connection.Execute($"INSERT INTO {_target} ({_columns}) SELECT {_columns} FROM {Table}; DROP TABLE {Table}");
}
