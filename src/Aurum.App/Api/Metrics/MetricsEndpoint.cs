using Aurum.App.Running;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Aurum.App.Api.Metrics;

/// <summary><c>GET /metrics</c>: everything that this process counts, for Prometheus.</summary>
internal sealed class MetricsEndpoint : IDisposable
{
    /// <summary>Bytes a second at 1 ms and up to a minute: what our work takes.</summary>
    private static readonly double[] DurationSeconds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private const int ScrapeTimeoutMilliseconds = 5000;
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string PlainType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;
    private readonly Lock _oneAtATime = new();

    public MetricsEndpoint()
    {
        var reader =
            new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(AurumMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime")
            .AddView(instrument => instrument.Name.StartsWith("aurum.", StringComparison.Ordinal) && instrument.Unit == "s"
                ? new ExplicitBucketHistogramConfiguration { Boundaries = DurationSeconds }
                : null)
            .AddReader(reader)
            .Build();
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Get)
        .WithName("Metrics").WithTags("operations")
        .WithSummary("Metrics of this process")
        .WithDescription("Prometheus text 0.0.4, or OpenMetrics 1.0.0 where Accept asks for application/openmetrics-text.")
        .Produces<string>(StatusCodes.Status200OK, "text/plain", "application/openmetrics-text");

    public void Dispose() => _provider.Dispose();

    private IResult Get(HttpRequest request)
    {
        var isOpenMetrics = request.Headers.Accept.ToString()
            .Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
        lock (_oneAtATime)
        {
            return Results.Bytes(_exporter.Scrape(isOpenMetrics, ScrapeTimeoutMilliseconds),
                isOpenMetrics ? OpenMetricsType : PlainType);
        }
    }
}
