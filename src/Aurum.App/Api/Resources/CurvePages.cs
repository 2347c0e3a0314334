using System.Globalization;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;

namespace Aurum.App.Api.Resources;

/// <summary>Pages of queries about curves. A walk has one state of knowledge, so that a page is found by how many rows came
/// before.</summary>
internal static class CurvePages
{
    /// <summary>Rows of a Parquet file for which no limit is given.</summary>
    private const int MostRowsOfFile = 1_000_000;

    /// <summary>Runs an ordered query and writes a page of it.</summary>
    public static Page Read(ListRequest list, string sql, RowServices services, CancellationToken cancel)
    {
        var started = services.Api.Time.GetTimestamp();
        var isFile = list.Format == ResponseFormat.Parquet;
        var limit = isFile && list.Query.Text("limit") is null ? MostRowsOfFile : list.Limit;
        var data = new PooledBytes(64 << 10);
        try
        {
            var (count, isTruncated) = isFile
                ? WriteFile(data, sql, limit, Offset(list), services, cancel)
                : WriteRows(data, sql, limit, list, services, cancel);
            services.Api.Metrics.RowsSent(list.Resource, count);
            return new Page
            {
                Data = data,
                Format = list.Format,
                Count = count,
                AsOf = list.AsOf,
                NextCursor = isTruncated
                    ? services.Cursors.Sign(new Cursor(list.Resource, list.AsOf, list.Query.Filters, Next(list, limit)))
                    : null,
                QueryMilliseconds = services.Api.Time.GetElapsedTime(started).TotalMilliseconds,
            };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>What a page of a list may show, and one more.</summary>
    public static IReadOnlyList<T> From<T>(IReadOnlyList<T> all, ListRequest list) => [.. all.Skip(Offset(list)).Take(list.Limit + 1)];

    public static IReadOnlyList<string> Next(ListRequest list) => Next(list, list.Limit);

    private static string[] Next(ListRequest list, int limit) => [(Offset(list) + limit).ToString(CultureInfo.InvariantCulture)];

    private static (int Count, bool IsTruncated) WriteRows(
        PooledBytes to, string sql, int limit, ListRequest list, RowServices services, CancellationToken cancel)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{sql} limit {limit + 1} offset {Offset(list)}");
        using var reader = services.Store.Sql(text, limit, cancel);
        var count = SqlRows.Write(to, list.Format, reader, cancel);
        return (count, reader.IsTruncated);
    }

    /// <summary>Rows are counted first: one beyond the limit says that there are more.</summary>
    private static (int Count, bool IsTruncated) WriteFile(
        PooledBytes to, string sql, int limit, int offset, RowServices services, CancellationToken cancel)
    {
        using var counted = services.Store.Sql(
            string.Create(CultureInfo.InvariantCulture, $"select count(*) from ({sql} limit {limit + 1} offset {offset}) as q"), 1, cancel);
        counted.NextChunk();
        var found = (int)counted.Whole(0, 0);
        services.Api.Store.Parquet.Read(
            string.Create(CultureInfo.InvariantCulture, $"{sql} limit {limit} offset {offset}"),
            file =>
            {
                for (int read; (read = file.Read(to.GetSpan(64 << 10))) > 0;)
                {
                    to.Advance(read);
                }
            },
            cancel);
        return (Math.Min(found, limit), found > limit);
    }

    private static int Offset(ListRequest list) => list.After is [var after] ? int.Parse(after, CultureInfo.InvariantCulture) : 0;
}
