using System.Globalization;
using System.Text;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Store;

namespace Aurum.Tests.Engines.ClickHouse;

/// <summary>Rows of either engine as lines that can be compared: unknown is <c>?</c>, numbers have 12 digits.</summary>
internal static class ClickHouseLines
{
    public static Task<List<string>> Of(ClickHouseClient client, string sql) => client.Rows(
        sql,
        static (r, i) => string.Join(' ', Enumerable.Range(0, r.ColumnCount).Select(c => Cell(r[c], i))),
        CancellationToken.None);

    public static List<string> Of(AurumStore store, string sql)
    {
        using var rows = store.Read.Sql(sql);
        List<string> lines = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var row = i;
                lines.Add(string.Join(' ', Enumerable.Range(0, rows.Columns.Count).Select(c => rows.Value(c, row) switch
                {
                    null => "?",
                    double number => Number(number),
                    var value => Convert.ToString(value, CultureInfo.InvariantCulture),
                })));
            }
        }

        return lines;
    }

    /// <summary>Waits until the number that a query finds is as it should be.</summary>
    public static async Task Until(ClickHouseClient client, string sql, Func<long, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if (holds((await client.Rows(sql, static (r, i) => r[0].Whole(i), limit.Token))[0]))
                {
                    return;
                }
            }
            catch (ClickHouseException e) when (e.Code is 60 or 81)
            {
                // The server has not made the tables yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Drops both databases, as somebody may under a running server.</summary>
    public static async Task Drop(ClickHouseClient client)
    {
        foreach (var database in new[] { client.Options.Database, client.Options.OpsDatabase })
        {
            await client.Execute($"DROP DATABASE {database}", CancellationToken.None);
        }
    }

    private static string Cell(NativeValues values, int row)
    {
        if (values.IsUnknown(row))
        {
            return "?";
        }

        var type = values.Type.Inner is { } inner && values.Type.Kind == NativeKind.Nullable ? inner : values.Type;
        return type.Kind switch
        {
            NativeKind.Float => Number(values.Number(row)),
            NativeKind.Text or NativeKind.LowCardinality => Encoding.UTF8.GetString(values.Text(row)),
            _ => values.Whole(row).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Number(double value) => value.ToString("G12", CultureInfo.InvariantCulture);
}
