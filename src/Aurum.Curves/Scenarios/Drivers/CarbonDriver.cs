using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>A carbon price that is not what its forward curve says.</summary>
/// <remarks>Carbon moves by <c>reference x percent / 100 + absolute change</c>, or to a price that is given; power moves by
/// emission rate
/// of the marginal unit x pass-through x that. A curve that is the reference itself moves by the change alone.</remarks>
public sealed record CarbonDriver : Driver
{
    internal const string TypeName = "carbon";

    private static readonly NumberRange AmountRange = new(-1_000, 1_000, "a tonne");
    private static readonly NumberRange PercentRange = new(-100, 1_000, "%");
    private static readonly NumberRange PriceRange = NumberRange.From0(2_000, "a tonne");
    private static readonly NumberRange EmissionRange = NumberRange.From0(3, "t/MWh");
    private static readonly NumberRange PassThroughRange = NumberRange.From0(1);

    private static readonly DriverParameter[] Numbers =
    [
        DriverParameter.Of<CarbonDriver>(
            "change_per_tonne", AmountRange, static d => d.ChangePerTonne, static (d, v) => d with { ChangePerTonne = v }),
        DriverParameter.Of<CarbonDriver>("change_pct", PercentRange, static d => d.ChangePct, static (d, v) => d with { ChangePct = v }),
        DriverParameter.Of<CarbonDriver>(
            "price_per_tonne", PriceRange, static d => d.PricePerTonne, static (d, v) => d with { PricePerTonne = v }),
        DriverParameter.Of<CarbonDriver>(
            "emission_rate_t_per_mwh", EmissionRange, static d => d.EmissionRate?.OnPeak,
            static (d, v) => d with { EmissionRate = ByBlock.Of(v) }),
        DriverParameter.Of<CarbonDriver>(
            "pass_through", PassThroughRange, static d => d.PassThrough, static (d, v) => d with { PassThrough = v }),
    ];

    /// <summary>Amount per tonne, in the currency of the curve.</summary>
    public double ChangePerTonne { get; init; }

    /// <summary>Percent of the reference.</summary>
    public double ChangePct { get; init; }

    /// <summary>Price that carbon gets, per tonne in the currency of the curve; null: changes alone count.</summary>
    public double? PricePerTonne { get; init; }

    /// <summary>Carbon's forward curve, by name or key; null where only <see cref="ChangePerTonne"/> is given.</summary>
    public string? Reference { get; init; }

    /// <summary>t CO2/MWh of the marginal unit; null: the assumption.</summary>
    public ByBlock? EmissionRate { get; init; }

    /// <summary>Share of the cost that gets into the price, 0 to 1.</summary>
    public double PassThrough { get; init; } = 1;

    public Ramp Ramp { get; init; }

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References => Reference is { } name && (ChangePct != 0 || PricePerTonne is not null)
        ? [new ReferenceNeed(name, $"{Path}.payload.reference_series", ReferenceKind.Carbon)]
        : [];

    internal override IReadOnlyList<DriverParameter> Parameters => Numbers;

    internal static CarbonDriver Read(DocumentReader payload, DriverHead head)
    {
        var driver = new CarbonDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            ChangePerTonne = payload.NumberOr("change_per_tonne", 0, AmountRange),
            ChangePct = payload.NumberOr("change_pct", 0, PercentRange),
            PricePerTonne = payload.OptionalNumber("price_per_tonne", PriceRange),
            Reference = payload.OptionalText("reference_series"),
            EmissionRate = BlockNumbers.Read(payload, "emission_rate_t_per_mwh", EmissionRange),
            PassThrough = payload.NumberOr("pass_through", 1, PassThroughRange),
            Ramp = Ramp.Read(payload),
        };
        if (driver.PricePerTonne is not null && (driver.ChangePct != 0 || driver.ChangePerTonne != 0))
        {
            payload.Refuse("price_per_tonne", "either a price or changes");
        }

        if (driver.Reference is null && (driver.ChangePct != 0 || driver.PricePerTonne is not null))
        {
            payload.Refuse("reference_series", "the carbon curve that change_pct and price_per_tonne are measured from");
        }

        if (!payload.Has("change_per_tonne") && !payload.Has("change_pct") && !payload.Has("price_per_tonne"))
        {
            payload.Refuse("change_per_tonne", "one of change_per_tonne, change_pct, price_per_tonne");
        }

        return driver;
    }

    internal override bool ActsOn(CurveView view) =>
        Scope.Covers(view.Curve) || (Reference is { } name && view.IsCalled(name) && Scope.CoversPlace(view.Curve));

    internal override double Effect(in DeliveryState at)
    {
        var change = ChangePerTonne;
        if (References.Count > 0)
        {
            var reference = at.View.Reference(Reference!, ReferenceKind.Carbon)[at.Index];
            change += (reference * ChangePct / 100) + (PricePerTonne is { } price ? price - reference : 0);
        }

        change *= Ramp.ShareAt(at.Month, at.View.Curve.AsOf);
        if (Reference is { } name && at.View.IsCalled(name))
        {
            return change * at.View.PerTonne;
        }

        return at.View.PerMwh * change * PassThrough * (EmissionRate ?? at.View.Grid.EmissionTonnesPerMwh()).At(at.OnPeakShare);
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        if (double.IsNaN(Reference is { } name && view.IsCalled(name) ? view.PerTonne : view.PerMwh))
        {
            check.Refuse(Path, $"curves with a price of power or carbon, or a scope without {view.Curve.Name}", $"{view.Curve.Unit}");
        }
    }

    internal override string Explain(ScenarioInputs inputs)
    {
        var change = PricePerTonne is { } price
            ? FormattableString.Invariant($"costs {price:0.####} a tonne in the curve's currency in place of {Reference}")
            : Fields.Changes(Reference ?? "", ChangePct, ChangePerTonne, "tonne", null);
        return FormattableString.Invariant(
            $"carbon {change}{Ramp}; emission rate {Fields.Told(EmissionRate, inputs.Grid.EmissionTonnesPerMwh())} t/MWh, ")
            + FormattableString.Invariant($"of which {PassThrough:0.####} gets into the price");
    }
}
