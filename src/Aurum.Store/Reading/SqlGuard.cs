using System.Globalization;
using Aurum.Store.Engines;

namespace Aurum.Store.Reading;

/// <summary>Lets one read-only query through, and gives its columns types that readers know.</summary>
internal static class SqlGuard
{
    /// <summary>Prepares a query. Types that a reader does not know come as text, decimals as numbers.</summary>
    /// <exception cref="ArgumentException">Not a query, or one that the engine refuses.</exception>
    public static (EngineStatement Statement, IReadOnlyList<ResultColumn> Columns) Prepare(EngineConnection connection, string sql)
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

    private static EngineStatement TryPrepare(EngineConnection connection, string sql)
    {
        try
        {
            var statement = connection.Prepare(sql);
            _ = statement.ColumnCount;
            return statement;
        }
        catch (EngineException error) when (!error.IsTransient)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    private static (ResultKind Kind, string Cast) KindOf(EngineType type) => type switch
    {
        EngineType.Varchar => (ResultKind.Text, "{0}"),
        EngineType.Double or EngineType.Float => (ResultKind.Number, "{0}"),
        EngineType.Decimal => (ResultKind.Number, "CAST({0} AS DOUBLE PRECISION)"),
        EngineType.TimestampTz => (ResultKind.Instant, "{0}"),
        EngineType.Date => (ResultKind.Date, "{0}"),
        EngineType.Boolean => (ResultKind.Boolean, "{0}"),
        EngineType.TinyInt or EngineType.SmallInt or EngineType.Integer or EngineType.BigInt or EngineType.HugeInt
            or EngineType.UTinyInt or EngineType.USmallInt or EngineType.UInteger or EngineType.UBigInt => (ResultKind.Whole, "{0}"),
        _ => (ResultKind.Text, "CAST({0} AS VARCHAR)"),
    };
}
