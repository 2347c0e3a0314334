namespace Aurum.App.Api.Ticks;

/// <summary>The endpoints of real-time prices, written out.</summary>
internal static class TickRoutes
{
    public static void Map(IEndpointRouteBuilder v1, ApiOptions options)
    {
        TickWriteEndpoint.Map(v1, options);
        TickEndpoint.Map(v1);
        TickBarEndpoint.Map(v1);
        LatestTickEndpoint.Map(v1);
        CurveSnapshotEndpoint.Map(v1);
        LetterEndpoint.Map(v1);
        RedriveEndpoint.Map(v1);
        TickStatusEndpoint.Map(v1);
        TickStreamEndpoint.Map(v1);
        TickSocketEndpoint.Map(v1);
    }
}
