using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;

namespace Aurum.App.Api.Rows;

/// <summary>Reads one page of a resource.</summary>
internal static class RowPages
{
    public static Page Read(RowResource resource, RowRequest request, RowServices services, CancellationToken cancel)
    {
        var started = services.Api.Time.GetTimestamp();
        var data = new PooledBytes(64 << 10);
        try
        {
            using var reader = services.Store.Rows(request.ToQuery(resource), cancel);
            var view = new RowView(reader, services.Feeds, services.Names.Current(), new LocalClock(request.Zone));
            var count = RowWriter.Write(data, request.Format, resource, view, cancel);
            services.Api.Metrics.RowsSent(resource.Name, count);
            return new Page
            {
                Data = data,
                Format = request.Format,
                Count = count,
                AsOf = request.AsOf,
                NextCursor = reader.NextCursor is { } after
                    ? services.Cursors.Sign(new Cursor(resource.Name, request.AsOf, request.CursorFilters, [after]))
                    : null,
                IsTruncated = reader.NextCursor is null && reader.IsTruncated,
                QueryMilliseconds = services.Api.Time.GetElapsedTime(started).TotalMilliseconds,
            };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }
}
