using System.Globalization;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;

namespace Aurum.App.Api.Resources;

/// <summary>Pages of queries about curves. A walk has one state of knowledge, so that a page is found by how many rows came
/// before.</summary>
internal static class CurvePages
{
    /// <summary>Runs an ordered query and writes a page of it.</summary>
    public static Page Read(ListRequest list, string sql, RowServices services, CancellationToken cancel)
    {
        var started = services.Api.Time.GetTimestamp();
        var data = new PooledBytes(64 << 10);
        try
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{sql} limit {list.Limit + 1} offset {Offset(list)}");
            using var reader = services.Store.Sql(text, list.Limit, cancel);
            var count = SqlRows.Write(data, list.Format, reader, cancel);
            services.Api.Metrics.RowsSent(list.Resource, count);
            return new Page
            {
                Data = data,
                Format = list.Format,
                Count = count,
                AsOf = list.AsOf,
                NextCursor = reader.IsTruncated
                    ? services.Cursors.Sign(new Cursor(list.Resource, list.AsOf, list.Query.Filters, Next(list)))
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

    public static IReadOnlyList<string> Next(ListRequest list) =>
        [(Offset(list) + list.Limit).ToString(CultureInfo.InvariantCulture)];

    private static int Offset(ListRequest list) => list.After is [var after] ? int.Parse(after, CultureInfo.InvariantCulture) : 0;
}
