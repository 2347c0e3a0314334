using System.Globalization;
using Aurum.Store.DuckDb;

namespace Aurum.Store.Reading;

/// <summary>Lets one read-only query through, and gives its columns types that readers know.</summary>
internal static class SqlGuard
{
    /// <summary>Prepares a query. Types that a reader does not know come as text, decimals as numbers.</summary>
    /// <exception cref="ArgumentException">Not a query, or one that the engine refuses.</exception>
    public static (DuckDbStatement Statement, IReadOnlyList<ResultColumn> Columns) Prepare(DuckDbConnection connection, string sql)
    {
        var text = sql.TrimEnd(' ', '\t', '\r', '\n', ';');
        var statement = TryPrepare(connection, text);
        if (!statement.IsQuery)
        {
            statement.Dispose();
            throw new ArgumentException("only queries can be run here: SELECT, WITH, VALUES, DESCRIBE, SHOW, EXPLAIN");
        }

        List<ResultColumn> columns = [];
        var casts = new string[statement.ColumnCount];
        for (var i = 0; i < casts.Length; i++)
        {
            var (kind, cast) = KindOf(statement.ColumnType(i));
            columns.Add(new ResultColumn(statement.ColumnName(i), kind));
            casts[i] = string.Format(CultureInfo.InvariantCulture, cast, $"c{i}");
        }

        if (casts.Select((cast, i) => cast == $"c{i}").All(same => same))
        {
            return (statement, columns);
        }

        statement.Dispose();
        var names = string.Join(", ", casts.Select((_, i) => $"c{i}"));
        return (TryPrepare(connection, $"SELECT {string.Join(", ", casts)} FROM (\n{text}\n) AS q({names})"), columns);
    }

    private static DuckDbStatement TryPrepare(DuckDbConnection connection, string sql)
    {
        try
        {
            return connection.Prepare(sql);
        }
        catch (DuckDbException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    private static (ResultKind Kind, string Cast) KindOf(DuckDbType type) => type switch
    {
        DuckDbType.Varchar => (ResultKind.Text, "{0}"),
        DuckDbType.Double or DuckDbType.Float => (ResultKind.Number, "{0}"),
        DuckDbType.Decimal => (ResultKind.Number, "CAST({0} AS DOUBLE)"),
        DuckDbType.TimestampTz => (ResultKind.Instant, "{0}"),
        DuckDbType.Date => (ResultKind.Date, "{0}"),
        DuckDbType.Boolean => (ResultKind.Boolean, "{0}"),
        DuckDbType.TinyInt or DuckDbType.SmallInt or DuckDbType.Integer or DuckDbType.BigInt or DuckDbType.HugeInt
            or DuckDbType.UTinyInt or DuckDbType.USmallInt or DuckDbType.UInteger or DuckDbType.UBigInt => (ResultKind.Whole, "{0}"),
        _ => (ResultKind.Text, "CAST({0} AS VARCHAR)"),
    };
}
