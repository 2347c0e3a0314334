using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Curves.Scenarios.Running;
using NodaTime;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Capacity that is built or retired.</summary>
/// <remarks>What it would have run, capacity x capacity factor of the block, moves residual load: less supply is more of it. The
/// price
/// moves by the supply stack between both loads, or by a slope; retiring raises it, adding lowers it. In the month of the
/// effective date
/// by the share of hours from that day on.</remarks>
public sealed record FleetChangeDriver : Driver
{
    internal const string TypeName = "fleet_change";

    private static readonly NumberRange CapacityRange = NumberRange.Above0(1_000_000, "MW");
    private static readonly NumberRange FactorRange = NumberRange.From0(1);
    private static readonly NumberRange SlopeRange = NumberRange.From0(10, "per MWh a MW");

    private static readonly DriverParameter[] Numbers =
    [
        DriverParameter.Of<FleetChangeDriver>(
            "capacity_mw", CapacityRange, static d => d.CapacityMw, static (d, v) => d with { CapacityMw = v }),
        DriverParameter.Of<FleetChangeDriver>(
            "capacity_factor", FactorRange, static d => d.CapacityFactor?.OnPeak,
            static (d, v) => d with { CapacityFactor = ByBlock.Of(v) }),
        DriverParameter.Of<FleetChangeDriver>(
            "slope_per_mw", SlopeRange, static d => d.SlopePerMw, static (d, v) => d with { SlopePerMw = v }),
    ];

    /// <summary>What is built or retired, for people.</summary>
    public required string FleetId { get; init; }

    public required FleetChange ChangeType { get; init; }

    /// <summary>First day without it, or with it.</summary>
    public required LocalDate EffectiveDate { get; init; }

    /// <summary>Last day of the change; null: for ever.</summary>
    public LocalDate? EndDate { get; init; }

    public required double CapacityMw { get; init; }

    public Technology Technology { get; init; } = Technology.Other;

    /// <summary>Mean output over capacity by block, 0 to 1; null: the assumption of the technology.</summary>
    public ByBlock? CapacityFactor { get; init; }

    /// <summary>Price a MWh for one MW of residual load; null: stack, or the assumptions.</summary>
    public double? SlopePerMw { get; init; }

    public override string Type => TypeName;

    internal override IReadOnlyList<DriverParameter> Parameters => Numbers;

    internal static FleetChangeDriver Read(DocumentReader payload, DriverHead head)
    {
        var driver = new FleetChangeDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            FleetId = payload.Text("fleet_id"),
            ChangeType = payload.Choice<FleetChange>("change_type"),
            EffectiveDate = payload.Date("effective_date"),
            EndDate = payload.OptionalDate("end_date"),
            CapacityMw = payload.Number("capacity_mw", CapacityRange),
            Technology = payload.ChoiceOr("technology", Technology.Other),
            CapacityFactor = BlockNumbers.Read(payload, "capacity_factor", FactorRange),
            SlopePerMw = payload.OptionalNumber("slope_per_mw", SlopeRange),
        };
        if (driver.EndDate < driver.EffectiveDate)
        {
            payload.Refuse("end_date", $"a day from effective_date {driver.EffectiveDate:uuuu-MM-dd} on");
        }

        return driver;
    }

    internal override double Effect(in DeliveryState at)
    {
        var share = MonthShares.Between(at, EffectiveDate, EndDate);
        if (share == 0)
        {
            return 0;
        }

        var factor = (CapacityFactor ?? at.View.Grid.CapacityFactorOf(Technology)).At(at.OnPeakShare);
        var megawatts = CapacityMw * factor * (ChangeType == FleetChange.Retire ? 1 : -1);
        return share * GridResponse.OfMegawatts(at, megawatts, SlopePerMw);
    }

    internal override void Check(CurveView view, DriverCheck check) =>
        GridResponse.Check(this, view, check, SlopePerMw, isInMegawatts: true);

    internal override string Explain(ScenarioInputs inputs)
    {
        var technology = ChoiceNames<Technology>.Of(Technology);
        var until = EndDate is { } end ? $" until {end:uuuu-MM-dd}" : "";
        var factor = Fields.Told(CapacityFactor, inputs.Grid.CapacityFactorOf(Technology));
        var verb = ChangeType == FleetChange.Retire ? "retire" : "are added";
        return FormattableString.Invariant($"{CapacityMw:0.####} MW of {FleetId} ({technology}) {verb} ")
            + $"from {EffectiveDate:uuuu-MM-dd}{until}; "
            + $"output over capacity {factor}; {GridResponse.Explain(inputs, null, SlopePerMw)}";
    }
}

/// <summary>What happens to capacity. In text the names are lower-case.</summary>
public enum FleetChange
{
    Retire,
    Add,
}
