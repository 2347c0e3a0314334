using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Load that grows faster, or slower, than the curve has priced in.</summary>
/// <remarks>With growth g and years t, load is higher by <c>x = (1 + g)^t - 1</c>. With an elasticity e the price moves by
/// <c>e x |price| x x</c>; with a supply stack by what the stack says of load times x, in the month and block.</remarks>
public sealed record LoadGrowthDriver : Driver
{
    internal const string TypeName = "load_growth";

    private static readonly NumberRange GrowthRange = new(-50, 50, "% a year");
    private static readonly NumberRange ElasticityRange = NumberRange.From0(20);

    private static readonly DriverParameter[] Numbers =
    [
        DriverParameter.Of<LoadGrowthDriver>(
            "annual_growth_pct", GrowthRange, static d => d.AnnualGrowthPct, static (d, v) => d with { AnnualGrowthPct = v }),
        DriverParameter.Of<LoadGrowthDriver>(
            "elasticity", ElasticityRange, static d => d.Elasticity, static (d, v) => d with { Elasticity = v }),
    ];

    /// <summary>Growth a year beyond what the curve has priced in, percent: 2.5 is 2.5 %.</summary>
    public required double AnnualGrowthPct { get; init; }

    /// <summary>Years in which it grows.</summary>
    public Ramp Ramp { get; init; }

    /// <summary>Percent of price for a percent of load; null: stack, or the assumption.</summary>
    public double? Elasticity { get; init; }

    /// <summary>Curve whose price an elasticity is of; null: the curve's own.</summary>
    public string? ReferenceCurveKey { get; init; }

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References => ReferenceCurveKey is { } key
        ? [new ReferenceNeed(key, $"{Path}.payload.reference_curve_key", ReferenceKind.Power)]
        : [];

    internal override IReadOnlyList<DriverParameter> Parameters => Numbers;

    internal static LoadGrowthDriver Read(DocumentReader payload, DriverHead head) => new()
    {
        Name = head.Name,
        Path = head.Path,
        Version = head.Version,
        Scope = payload.OptionalText("region") is { } region
            ? head.Scope with { Regions = [.. head.Scope.Regions, region] }
            : head.Scope,
        AnnualGrowthPct = payload.Number("annual_growth_pct", GrowthRange),
        Ramp = Ramp.Read(payload),
        Elasticity = payload.OptionalNumber("elasticity", ElasticityRange),
        ReferenceCurveKey = payload.OptionalText("reference_curve_key"),
    };

    internal override double Effect(in DeliveryState at)
    {
        var years = Ramp.YearsAt(at.Month, at.View.Curve.AsOf);
        if (years == 0)
        {
            return 0;
        }

        double? level = ReferenceCurveKey is { } key ? at.View.Reference(key, ReferenceKind.Power)[at.Index] : null;
        return GridResponse.OfLoadShare(at, Math.Pow(1 + (AnnualGrowthPct / 100), years) - 1, Elasticity, level);
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        if (ReferenceCurveKey is null)
        {
            GridResponse.Check(this, view, check, Elasticity, isInMegawatts: false);
        }
    }

    internal override string Explain(ScenarioInputs inputs)
    {
        var response = ReferenceCurveKey is { } key
            ? FormattableString.Invariant($"price elasticity to load {Elasticity ?? inputs.Grid.PriceElasticityToLoad:0.####} of {key}")
            : GridResponse.Explain(inputs, Elasticity, null);
        var years = Ramp == default ? " from January of the as-of year on" : Ramp.ToString();
        return FormattableString.Invariant(
            $"load grows by {AnnualGrowthPct:0.####} % a year more than the curve has priced in, compounding{years}; {response}");
    }
}
