using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Aurum.App.Api.Metrics;

/// <summary>Writes metrics as Prometheus text 0.0.4 or OpenMetrics 1.0.0. Pure.</summary>
/// <remarks>Names: dots become underscores, the unit is appended (<c>aurum_ingest_duration_seconds</c>), counters end in
/// <c>_total</c>; a gauge may not end in <c>_count</c>, <c>_sum</c> or <c>_bucket</c>, which belong to histograms, so those get
/// <c>_current</c>.</remarks>
public sealed class PrometheusText(bool isOpenMetrics)
{
    private readonly StringBuilder _text = new(16 << 10);
    private readonly StringBuilder _labels = new(256);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    public void Add(Metric metric)
    {
        var kind = KindOf(metric.MetricType);
        if (kind == Kind.Unknown)
        {
            return;
        }

        var unit = UnitName(metric.Unit, kind);
        var name = FamilyName(metric.Name, unit, kind);
        if (!_families.Add(name))
        {
            // Two meters with one name: a family may be written only once.
            return;
        }

        Head(name, unit, kind, metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            SetLabels(point.Tags);
            AddPoint(name, metric.MetricType, in point);
        }
    }

    /// <summary>The whole text; call once, at the end.</summary>
    public byte[] ToUtf8()
    {
        if (isOpenMetrics)
        {
            _text.Append("# EOF\n");
        }

        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private static Kind KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => Kind.Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic =>
        Kind.Gauge,
        MetricType.Histogram => Kind.Histogram,
        _ => Kind.Unknown,
    };

    /// <summary>The unit as the exposition formats write it; empty for counts of things (<c>{row}</c>).</summary>
    private static string UnitName(string? unit, Kind kind) => unit switch
    {
        null or "" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "1" => kind == Kind.Gauge ? "ratio" : "",
        "%" => "percent",
        _ when unit.StartsWith('{') => "",
        _ => Sanitized(unit),
    };

    private static string FamilyName(string metricName, string unit, Kind kind)
    {
        var name = Sanitized(metricName);
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            name += "_" + unit;
        }

        return kind switch
        {
            Kind.Counter when name.EndsWith("_total", StringComparison.Ordinal) => name[..^"_total".Length],
            Kind.Gauge when name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal)
                || name.EndsWith("_bucket", StringComparison.Ordinal) => name + "_current",
            _ => name,
        };
    }

    private static string Sanitized(string name) => string.Create(name.Length, name, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = text[i];
            span[i] = char.IsAsciiLetter(c) || (i > 0 && char.IsAsciiDigit(c)) ? c : '_';
        }
    });

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private void Head(string name, string unit, Kind kind, string? description)
    {
        var family = kind == Kind.Counter && !isOpenMetrics ? name + "_total" : name;
        var type = kind switch { Kind.Counter => "counter", Kind.Histogram => "histogram", _ => "gauge" };
        _text.Append("# TYPE ").Append(family).Append(' ').Append(type).Append('\n');
        if (isOpenMetrics && unit.Length > 0)
        {
            _text.Append("# UNIT ").Append(family).Append(' ').Append(unit).Append('\n');
        }

        _text.Append("# HELP ").Append(family).Append(' ').Append(Escaped(description ?? "", isOpenMetrics)).Append('\n');
    }

    private void AddPoint(string name, MetricType type, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum: Line(name, "_total", point.GetSumLong()); break;
            case MetricType.DoubleSum: Line(name, "_total", point.GetSumDouble()); break;
            case MetricType.LongSumNonMonotonic: Line(name, "", point.GetSumLong()); break;
            case MetricType.DoubleSumNonMonotonic: Line(name, "", point.GetSumDouble()); break;
            case MetricType.LongGauge: Line(name, "", point.GetGaugeLastValueLong()); break;
            case MetricType.DoubleGauge: Line(name, "", point.GetGaugeLastValueDouble()); break;
            default: AddHistogram(name, in point); break;
        }
    }

    private void AddHistogram(string name, in MetricPoint point)
    {
        var labels = _labels.Length;
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            _labels.Append(labels == 0 ? "" : ",").Append("le=\"").Append(Number(bucket.ExplicitBound)).Append('"');
            Line(name, "_bucket", below);
            _labels.Length = labels;
        }

        Line(name, "_sum", point.GetHistogramSum());
        Line(name, "_count", point.GetHistogramCount());
    }

    private void SetLabels(ReadOnlyTagCollection tags)
    {
        _labels.Clear();
        foreach (var tag in tags)
        {
            var value = tag.Value is bool flag ? (flag ? "true" : "false")
                : Convert.ToString(tag.Value, CultureInfo.InvariantCulture);
            _labels.Append(_labels.Length == 0 ? "" : ",").Append(Sanitized(tag.Key)).Append("=\"")
                .Append(Escaped(value ?? "", quotes: true))
                .Append('"');
        }
    }

    private void Line(string name, string suffix, double value)
    {
        _text.Append(name).Append(suffix);
        if (_labels.Length > 0)
        {
            _text.Append('{').Append(_labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private enum Kind
    {
        Unknown,
        Counter,
        Gauge,
        Histogram,
    }
}
