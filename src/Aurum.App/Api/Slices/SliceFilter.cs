using Aurum.App.Api.Responses;

namespace Aurum.App.Api.Slices;

/// <summary>Answers from what is kept, or lets the endpoint answer once for all who ask the same at the time.</summary>
internal sealed class SliceFilter(SliceRule rule) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var slices = http.RequestServices.GetRequiredService<Slices>();
        var started = slices.Api.Time.GetTimestamp();
        object? own = null;
        try
        {
            var kept = await slices.Get(rule, http.Request, Make, http.RequestAborted);
            if (own is not null)
            {
                slices.Api.Metrics.CacheRead(rule.Resource, isKept: false);
                return own;
            }

            slices.Api.Metrics.CacheRead(rule.Resource, isKept: true);
            var page = kept is { } bytes ? SliceForm.Read(bytes.Span, slices.Api.Time.GetElapsedTime(started).TotalMilliseconds) : null;
            if (page is not null)
            {
                slices.Api.Metrics.RowsSent(rule.Resource, page.Count);
            }

            return page ?? await next(context);
        }
        catch
        {
            (own as Page)?.Data.Dispose();
            throw;
        }

        async ValueTask<ReadOnlyMemory<byte>?> Make()
        {
            own = await next(context);
            if (own is not IPaged answer)
            {
                return null;
            }

            var page = answer.ToPage(http);
            own = page;
            return SliceForm.Of(page);
        }
    }
}

/// <summary>Says of an endpoint that its answers may be kept.</summary>
internal static class SliceEndpoints
{
    public static RouteHandlerBuilder Kept(this RouteHandlerBuilder endpoint, SliceRule rule) =>
        endpoint.WithMetadata(rule).AddEndpointFilter(new SliceFilter(rule));
}
