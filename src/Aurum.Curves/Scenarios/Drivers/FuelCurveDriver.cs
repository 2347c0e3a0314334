using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>A fuel that costs more or less than its forward curve says.</summary>
/// <remarks>
/// <para>Fuel moves by <c>reference x (basis points / 10,000 + percent / 100) + absolute change + (target curve - reference)</c>,
/// times
/// the ramp, per MMBtu. Power moves by heat rate x share of hours in which the fuel is marginal x that. A curve that is the reference
/// itself moves by the change alone.</para>
/// <para>With fuel <c>co2</c> it is a carbon price: per tonne, and the emission rate of the marginal unit takes the place of heat
/// rate
/// and share.</para>
/// </remarks>
public sealed record FuelCurveDriver : Driver
{
    internal const string TypeName = "fuel_curve";

    private static readonly NumberRange BasisPointsRange = new(-10_000, 100_000, "basis points");
    private static readonly NumberRange PercentRange = new(-100, 1_000, "%");
    private static readonly NumberRange AmountRange = new(-1_000, 1_000, "a MMBtu or tonne");
    private static readonly NumberRange HeatRateRange = NumberRange.Above0(30, "MMBtu/MWh");
    private static readonly NumberRange ShareRange = NumberRange.From0(1);
    private static readonly NumberRange EmissionRange = NumberRange.From0(3, "t/MWh");

    private static readonly DriverParameter[] Numbers =
    [
        DriverParameter.Of<FuelCurveDriver>(
            "basis_points_adjustment", BasisPointsRange, static d => d.BasisPoints, static (d, v) => d with { BasisPoints = v }),
        DriverParameter.Of<FuelCurveDriver>(
            "change_pct", PercentRange, static d => d.ChangePct, static (d, v) => d with { ChangePct = v }),
        DriverParameter.Of<FuelCurveDriver>("change", AmountRange, static d => d.Change, static (d, v) => d with { Change = v }),
        DriverParameter.Of<FuelCurveDriver>(
            "heat_rate_mmbtu_per_mwh", HeatRateRange, static d => d.HeatRate, static (d, v) => d with { HeatRate = v }),
        DriverParameter.Of<FuelCurveDriver>(
            "marginal_share", ShareRange, static d => d.MarginalShare?.OnPeak, static (d, v) => d with { MarginalShare = ByBlock.Of(v) }),
    ];

    public required Fuel Fuel { get; init; }

    /// <summary>The fuel's forward curve, by name or key.</summary>
    public required string Reference { get; init; }

    /// <summary>Hundredths of a percent of the reference.</summary>
    public double BasisPoints { get; init; }

    /// <summary>Percent of the reference.</summary>
    public double ChangePct { get; init; }

    /// <summary>Amount per MMBtu, or per tonne of CO2, in the currency of the curve.</summary>
    public double Change { get; init; }

    /// <summary>Curve that the fuel's prices become; null: the reference stays what changes are of.</summary>
    public string? Target { get; init; }

    /// <summary>MMBtu/MWh; null: the assumption of the fuel.</summary>
    public double? HeatRate { get; init; }

    /// <summary>Share of hours in which the fuel sets the price, 0 to 1; null: the assumption.</summary>
    public ByBlock? MarginalShare { get; init; }

    /// <summary>Of <c>co2</c> alone, t CO2/MWh of the marginal unit; null: the assumption.</summary>
    public ByBlock? EmissionRate { get; init; }

    public Ramp Ramp { get; init; }

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References
    {
        get
        {
            var named = Fields.Reference(this);
            return Target is { } target
                ? [new(Reference, named, Kind), new(target, $"{Path}.payload.target_series", Kind)]
                : NeedsReference ? [new(Reference, named, Kind)] : [];
        }
    }

    internal override IReadOnlyList<DriverParameter> Parameters => Numbers;

    /// <summary>Which field of the payload names the reference.</summary>
    internal bool IsNamedByKey { get; init; }

    private ReferenceKind Kind => Fuel == Fuel.Co2 ? ReferenceKind.Carbon : ReferenceKind.Fuel;

    /// <summary>An absolute change alone needs no prices.</summary>
    private bool NeedsReference => BasisPoints != 0 || ChangePct != 0 || Target is not null;

    internal static FuelCurveDriver Read(DocumentReader payload, DriverHead head)
    {
        var fuel = payload.Choice<Fuel>("fuel");
        var series = payload.Text("reference_series");
        var key = payload.OptionalText("reference_curve_key");
        var driver = new FuelCurveDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            Fuel = fuel,
            Reference = key ?? series,
            IsNamedByKey = key is not null,
            BasisPoints = payload.NumberOr("basis_points_adjustment", 0, BasisPointsRange),
            ChangePct = payload.NumberOr("change_pct", 0, PercentRange),
            Change = payload.NumberOr("change", 0, AmountRange),
            Target = payload.OptionalText("target_series"),
            HeatRate = payload.OptionalNumber("heat_rate_mmbtu_per_mwh", HeatRateRange),
            MarginalShare = BlockNumbers.Read(payload, "marginal_share", ShareRange),
            EmissionRate = BlockNumbers.Read(payload, "emission_rate_t_per_mwh", EmissionRange),
            Ramp = Ramp.Read(payload),
        };
        RefuseMisplaced(payload, driver);
        return driver;
    }

    private static void RefuseMisplaced(DocumentReader payload, FuelCurveDriver driver)
    {
        if (driver.Fuel == Fuel.Co2 && driver.HeatRate is not null)
        {
            payload.Refuse("heat_rate_mmbtu_per_mwh", "no heat rate with fuel co2: emission_rate_t_per_mwh takes its place");
        }

        if (driver.Fuel != Fuel.Co2 && driver.EmissionRate is not null)
        {
            payload.Refuse("emission_rate_t_per_mwh", "no emission rate but with fuel co2");
        }
    }

    internal override bool ActsOn(CurveView view) =>
        Scope.Covers(view.Curve) || (view.IsCalled(Reference) && Scope.CoversPlace(view.Curve));

    internal override double Effect(in DeliveryState at)
    {
        var change = Change;
        if (NeedsReference)
        {
            var reference = at.View.Reference(Reference, Kind)[at.Index];
            change += reference * ((BasisPoints / 10_000) + (ChangePct / 100));
            change += Target is { } target ? at.View.Reference(target, Kind)[at.Index] - reference : 0;
        }

        change *= Ramp.ShareAt(at.Month, at.View.Curve.AsOf);
        if (at.View.IsCalled(Reference))
        {
            return change * (Kind == ReferenceKind.Fuel ? at.View.PerMmbtu : at.View.PerTonne);
        }

        return at.View.PerMwh * change * UnitsPerMwh(at);
    }

    /// <summary>MMBtu, or tonnes of CO2, that move the price of a MWh.</summary>
    private double UnitsPerMwh(in DeliveryState at)
    {
        if (Fuel == Fuel.Co2)
        {
            return (EmissionRate ?? at.View.Grid.EmissionTonnesPerMwh()).At(at.OnPeakShare) * (MarginalShare?.At(at.OnPeakShare) ?? 1);
        }

        return (HeatRate ?? at.View.Grid.HeatRateOf(Fuel)) * (MarginalShare ?? at.View.Grid.MarginalShareOf(Fuel)).At(at.OnPeakShare);
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        var factor = !view.IsCalled(Reference) ? view.PerMwh : Kind == ReferenceKind.Fuel ? view.PerMmbtu : view.PerTonne;
        if (double.IsNaN(factor))
        {
            var expected = $"curves with a price of energy or carbon, or a scope without {view.Curve.Name}";
            check.Refuse(Path, expected, $"{view.Curve.Unit}");
        }
    }

    internal override string Explain(ScenarioInputs inputs)
    {
        var name = ChoiceNames<Fuel>.Of(Fuel);
        var change = Fields.Changes(Reference, ChangePct + (BasisPoints / 100), Change, Fuel == Fuel.Co2 ? "tonne" : "MMBtu", Target);
        if (Fuel == Fuel.Co2)
        {
            return $"{name} {change}{Ramp}; emission rate {Fields.Told(EmissionRate, inputs.Grid.EmissionTonnesPerMwh())} t/MWh";
        }

        var heat = Fields.Told(HeatRate, inputs.Grid.HeatRateOf(Fuel));
        return $"{name} {change}{Ramp}; heat rate {heat} MMBtu/MWh, marginal in a share of hours of "
            + Fields.Told(MarginalShare, inputs.Grid.MarginalShareOf(Fuel));
    }
}
