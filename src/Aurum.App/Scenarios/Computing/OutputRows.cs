using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;
using Aurum.Store.Models;

namespace Aurum.App.Scenarios.Computing;

/// <summary>A result as rows of output.</summary>
internal static class OutputRows
{
    /// <summary>Price under the scenario.</summary>
    public const string Mid = "mid";

    /// <summary>Median of the ensemble, with its quantiles as band; only where drivers are stochastic.</summary>
    public const string EnsembleMedian = "ensemble_median";

    private const int HashDigits = 16;

    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In the order of the result; months of a curve, then its strips.</summary>
    public static IReadOnlyList<OutputRecord> Of(ScenarioResult result, string inputHash)
    {
        var rows = new List<OutputRecord>();
        foreach (var curve in result.Curves)
        {
            foreach (var point in curve.Points)
            {
                rows.Add(Row(curve.Curve, point, Mid, inputHash, (point.Value, point.BandLower, point.BandUpper)));
                if (point.Ensemble is { } ensemble)
                {
                    rows.Add(Row(
                        curve.Curve, point, EnsembleMedian, inputHash, (ensemble.Median, ensemble.Lower, ensemble.Upper)));
                }
            }
        }

        return rows;
    }

    private static OutputRecord Row(
        ScenarioCurve curve, ScenarioPoint point, string metric, string inputHash, (decimal Value, decimal Lower, decimal Upper) numbers)
    {
        var type = point.Tenor.Type.ToString().ToUpperInvariant();
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{inputHash}|{curve.CurveKey}|{type}|{point.Tenor.Label}|{metric}|{numbers.Value}");
        return new OutputRecord(
            curve.CurveKey,
            curve.Name,
            curve.AsOf,
            type,
            point.Tenor.First.OnDayOfMonth(1),
            point.Tenor.Label,
            metric,
            curve.Unit?.ToString() ?? "",
            (double)point.Base,
            (double)numbers.Value,
            (double)numbers.Lower,
            (double)numbers.Upper,
            metric == Mid ? Attribution(point.Attribution) : "[]",
            CanonicalJson.Sha256(key)[..HashDigits]);
    }

    private static string Attribution(IReadOnlyList<AttributionPart> parts)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Form))
        {
            json.WriteStartArray();
            foreach (var part in parts)
            {
                json.WriteStartObject();
                json.WriteString("component", part.Component);
                json.WriteNumber("delta", (double)part.Delta);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
