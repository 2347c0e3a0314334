using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aurum.Market.Curves;

namespace Aurum.Curves.Scenarios;

/// <summary>What became of the curves.</summary>
public sealed record ScenarioResult
{
    /// <summary>In the order of the inputs.</summary>
    public required IReadOnlyList<CurveScenario> Curves { get; init; }

    /// <summary>Names of the drivers in the order in which they act; the parts of every attribution.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>What was assumed and how the result was made, for people, a sentence each.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Seed of the ensemble.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Paths of the ensemble; 0 where no driver is stochastic.</summary>
    public required int Paths { get; init; }

    /// <summary>SHA-256 of every number and name of the result, in order: the same for the same inputs, whatever the
    /// threads.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (var curve in Curves)
        {
            text.Clear().Append(curve.Curve.CurveKey).Append('\n');
            foreach (var point in curve.Points)
            {
                point.AppendTo(text);
            }

            text.AppendJoin('\n', curve.Notes);

            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Components, .. Assumptions])));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A curve under the scenario.</summary>
/// <param name="Curve">As it was.</param>
/// <param name="Months">Its months, in its order.</param>
/// <param name="Strips">Its strips, in its order; those of which no month is there are left out.</param>
/// <param name="Notes">What is particular about this curve, for people.</param>
public sealed record CurveScenario(
    ScenarioCurve Curve, IReadOnlyList<ScenarioPoint> Months, IReadOnlyList<ScenarioPoint> Strips, IReadOnlyList<string> Notes)
{
    /// <summary>Months, then strips.</summary>
    public IEnumerable<ScenarioPoint> Points => Months.Concat(Strips);
}

/// <summary>A month or a strip under the scenario. All prices in the curve's unit with six decimals, and
/// <c>Base + sum of Attribution == Value</c> to the last of them.</summary>
public sealed record ScenarioPoint
{
    public required Tenor Tenor { get; init; }

    /// <summary>Hours of delivery of the months that are there.</summary>
    public required int Hours { get; init; }

    /// <summary>Price of the curve as it was.</summary>
    public required decimal Base { get; init; }

    /// <summary>Price under the scenario; with stochastic drivers the mean over the ensemble.</summary>
    public required decimal Value { get; init; }

    /// <summary>Lower end of the band.</summary>
    public required decimal BandLower { get; init; }

    /// <summary>Upper end of the band.</summary>
    public required decimal BandUpper { get; init; }

    /// <summary>What each driver moved, in the order in which they act.</summary>
    public required IReadOnlyList<AttributionPart> Attribution { get; init; }

    /// <summary>What stochastic drivers alone spread; null where there are none.</summary>
    public EnsembleFigures? Ensemble { get; init; }

    /// <summary>Months of a strip that the curve does not have.</summary>
    public int MissingMonths { get; init; }

    internal void AppendTo(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Tenor.Label}|{Hours}|{MissingMonths}|{Base}|{Value}|{BandLower}|{BandUpper}");
        if (Ensemble is { } figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{figures.Lower}|{figures.Median}|{figures.Upper}|{figures.StandardError}");
        }

        foreach (var part in Attribution)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{part.Delta}");
        }

        text.Append('\n');
    }
}

/// <summary>What a driver moved.</summary>
/// <param name="Component">The driver's name.</param>
/// <param name="Delta">In the curve's unit, six decimals.</param>
public readonly record struct AttributionPart(string Component, decimal Delta);

/// <summary>The ensemble's spread of a price.</summary>
/// <param name="Lower">Quantile below which half of what lies outside the band's level is.</param>
/// <param name="Median">Half of the paths are below it.</param>
/// <param name="Upper">The upper quantile.</param>
/// <param name="StandardError">Of the mean over the paths.</param>
public readonly record struct EnsembleFigures(decimal Lower, decimal Median, decimal Upper, decimal StandardError);
