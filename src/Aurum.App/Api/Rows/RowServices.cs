using Aurum.App.Api.Requests;
using Aurum.App.Curves.Building;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Rows;

/// <summary>What endpoints with rows work with.</summary>
internal sealed class RowServices(ApiServices services, CursorSigner cursors)
{
    public ApiServices Api => services;

    public StoreReader Store => services.Store.Read;

    public FeedTable Feeds { get; } = new(services.Feeds);

    public LocationNames Names { get; } = new(services.Store, services.Time);

    public CursorSigner Cursors => cursors;

    public BuiltCurves BuiltCurves { get; } = new();

    /// <summary>The state of knowledge that a request without <c>as_of</c> sees, and all its further pages: now, or the newest
    /// commit where its stamp lies ahead of the clock.</summary>
    public Instant Latest()
    {
        var now = services.Now;
        var newest = Store.Outbox(new RecordQuery { Descending = true, Limit = 1 });
        return newest.Count > 0 && newest[0].KnownAt > now ? newest[0].KnownAt : now;
    }
}
