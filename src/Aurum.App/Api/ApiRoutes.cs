using Aurum.App.Api.Documents;
using Aurum.App.Api.Events;
using Aurum.App.Api.Metrics;
using Aurum.App.Api.Ppa;
using Aurum.App.Api.Resources;
using Aurum.App.Api.Scenarios;
using Aurum.App.Api.Ticks;

namespace Aurum.App.Api;

/// <summary>All endpoints, written out.</summary>
internal static class ApiRoutes
{
    public static void Map(WebApplication app)
    {
        HealthEndpoints.Map(app);
        app.Services.GetRequiredService<StoreGauges>();
        app.Services.GetRequiredService<MetricsEndpoint>().Map(app);
        OpenApi.Map(app);
        var v1 = app.MapGroup("/v1");
        LmpEndpoints.Map(v1);
        LatestEndpoints.Map(v1);
        BarEndpoints.Map(v1);
        LoadEndpoints.Map(v1);
        GenerationEndpoints.Map(v1);
        AncillaryEndpoints.Map(v1);
        SeriesEndpoints.Map(v1);
        LocationEndpoints.Map(v1);
        FeedEndpoints.Map(v1);
        GapEndpoints.Map(v1);
        QuarantineEndpoints.Map(v1);
        DriftEndpoints.Map(v1);
        WarningEndpoints.Map(v1);
        FileEndpoints.Map(v1);
        StatusEndpoints.Map(v1);
        ExternalEndpoints.Map(v1);
        SinkEndpoints.Map(v1);
        EventEndpoints.Map(v1);
        SqlEndpoint.Map(v1);
        BackfillEndpoint.Map(v1);
        JobEndpoints.Map(v1);
        CurveEndpoints.Map(v1);
        CurveWriteEndpoints.Map(v1);
        LakeFsEndpoint.Map(v1);
        BuiltCurveEndpoints.Map(v1);
        MetadataEndpoints.Map(v1);
        ScenarioEndpoints.Map(v1);
        RunEndpoints.Map(v1);
        OutputEndpoints.Map(v1);
        PpaRoutes.Map(v1, app.Services.GetRequiredService<ApiOptions>());
        TickRoutes.Map(v1, app.Services.GetRequiredService<ApiOptions>());
    }
}
