using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Aurum.App.Api.Metrics;

/// <summary>Hands the metrics of the OpenTelemetry SDK over when somebody asks for them.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private bool _isOpenMetrics;
    private byte[] _text = [];

    /// <summary>Set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Collects and writes all metrics. One caller at a time.</summary>
    /// <exception cref="InvalidOperationException">Collecting failed or took longer than the time-out.</exception>
    public byte[] Scrape(bool isOpenMetrics, int timeoutMilliseconds)
    {
        var collect = Collect ?? throw new InvalidOperationException("the exporter has no reader");
        _isOpenMetrics = isOpenMetrics;
        return collect(timeoutMilliseconds)
            ? _text
            : throw new InvalidOperationException($"metrics could not be collected in {timeoutMilliseconds} ms");
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText(_isOpenMetrics);
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        _text = text.ToUtf8();
        return ExportResult.Success;
    }
}
