namespace Aurum.Curves.Scenarios.Grid;

/// <summary>What is assumed of a power system where a driver does not say it and no supply stack was measured.</summary>
/// <remarks>Every value can be overridden, for a run or by a driver; what was used is told in the result. Defaults describe a
/// thermal system whose price is mostly set by gas, and are no measurement of any market.</remarks>
public sealed record GridAssumptions
{
    public static readonly GridAssumptions Default = new();

    /// <summary>Heat that a marginal gas unit takes, MMBtu/MWh, higher heating value. 7.5: between a new combined cycle (6.4) and
    /// a combustion turbine (11); EIA Electric Power Annual, table 8.2, has 7.6 for combined cycles.</summary>
    public double GasHeatRateMmbtuPerMwh { get; init; } = 7.5;

    /// <summary>Of a marginal coal unit, MMBtu/MWh. 10.5: EIA Electric Power Annual, table 8.1.</summary>
    public double CoalHeatRateMmbtuPerMwh { get; init; } = 10.5;

    /// <summary>Of a marginal oil unit, MMBtu/MWh. 10.8: EIA Electric Power Annual, table 8.1, petroleum.</summary>
    public double OilHeatRateMmbtuPerMwh { get; init; } = 10.8;

    /// <summary>Share of hours in which gas sets the price. 0.70 / 0.60: monitors of PJM and ISO New England have 0.6 to
    /// 0.8.</summary>
    public ByBlock GasMarginalShare { get; init; } = new(0.70, 0.60);

    /// <summary>Share of hours in which coal sets the price. 0.10 / 0.15.</summary>
    public ByBlock CoalMarginalShare { get; init; } = new(0.10, 0.15);

    /// <summary>Share of hours in which oil sets the price. 0.02 / 0.01.</summary>
    public ByBlock OilMarginalShare { get; init; } = new(0.02, 0.01);

    /// <summary>Carbon in gas, t CO2/MMBtu. 0.05306: EPA, 40 CFR 98, table C-1.</summary>
    public double GasCarbonTonnesPerMmbtu { get; init; } = 0.05306;

    /// <summary>Carbon in coal, t CO2/MMBtu. 0.09552: EPA, 40 CFR 98, table C-1, mixed for electric power.</summary>
    public double CoalCarbonTonnesPerMmbtu { get; init; } = 0.09552;

    /// <summary>Carbon in oil, t CO2/MMBtu. 0.0751: EPA, 40 CFR 98, table C-1, residual fuel oil number 6.</summary>
    public double OilCarbonTonnesPerMmbtu { get; init; } = 0.0751;

    /// <summary>Emission rate of the marginal unit, t CO2/MWh; null takes heat rate x carbon x share of hours of the three
    /// fuels.</summary>
    public ByBlock? MarginalEmissionTonnesPerMwh { get; init; }

    /// <summary>Percent that the price rises where load rises by one percent, without a supply stack. 1.2: studies of the merit
    /// order effect find about 1 EUR/MWh per GW in systems of 50 GW at 40 to 50 EUR/MWh, that is 1 to 1.3.</summary>
    public double PriceElasticityToLoad { get; init; } = 1.2;

    /// <summary>Mean load, MW, which turns megawatts into percent without a supply stack; null: there is no default, and a driver
    /// in megawatts that has nothing else to go by is refused.</summary>
    public double? SystemLoadMw { get; init; }

    /// <summary>Mean output over capacity of wind. 0.33 / 0.38: EIA Electric Power Monthly, table 6.07.B has 0.34 over all hours;
    /// nights
    /// are windier.</summary>
    public ByBlock WindCapacityFactor { get; init; } = new(0.33, 0.38);

    /// <summary>Of solar, by block. 0.40 / 0.10 of a 5x16 calendar make 0.24 over all hours, as EIA's table 6.07.B has it.</summary>
    public ByBlock SolarCapacityFactor { get; init; } = new(0.40, 0.10);

    /// <summary>Of nuclear. 0.92: EIA's table 6.07.B.</summary>
    public ByBlock NuclearCapacityFactor { get; init; } = ByBlock.Of(0.92);

    /// <summary>Of hydro. 0.42 / 0.32 make 0.37 over all hours, as EIA's table has it.</summary>
    public ByBlock HydroCapacityFactor { get; init; } = new(0.42, 0.32);

    /// <summary>Availability of thermal units, whose retirement moves the stack by what they could have run. 0.90.</summary>
    public ByBlock ThermalAvailability { get; init; } = ByBlock.Of(0.90);

    public double HeatRateOf(Fuel fuel) => fuel switch
    {
        Fuel.NaturalGas => GasHeatRateMmbtuPerMwh,
        Fuel.Coal => CoalHeatRateMmbtuPerMwh,
        Fuel.Oil => OilHeatRateMmbtuPerMwh,
        _ => throw new ArgumentOutOfRangeException(nameof(fuel), fuel, "expected a fuel that is burnt"),
    };

    public ByBlock MarginalShareOf(Fuel fuel) => fuel switch
    {
        Fuel.NaturalGas => GasMarginalShare,
        Fuel.Coal => CoalMarginalShare,
        Fuel.Oil => OilMarginalShare,
        _ => ByBlock.Of(1),
    };

    public ByBlock CapacityFactorOf(Technology technology) => technology switch
    {
        Technology.Wind => WindCapacityFactor,
        Technology.Solar => SolarCapacityFactor,
        Technology.Nuclear => NuclearCapacityFactor,
        Technology.Hydro => HydroCapacityFactor,
        _ => ThermalAvailability,
    };

    /// <summary>Emission rate of the marginal unit, t CO2/MWh, as given or of the three fuels.</summary>
    public ByBlock EmissionTonnesPerMwh() => MarginalEmissionTonnesPerMwh ?? new ByBlock(
        Emission(GasMarginalShare.OnPeak, CoalMarginalShare.OnPeak, OilMarginalShare.OnPeak),
        Emission(GasMarginalShare.OffPeak, CoalMarginalShare.OffPeak, OilMarginalShare.OffPeak));

    private double Emission(double gas, double coal, double oil) =>
        (gas * GasHeatRateMmbtuPerMwh * GasCarbonTonnesPerMmbtu)
        + (coal * CoalHeatRateMmbtuPerMwh * CoalCarbonTonnesPerMmbtu)
        + (oil * OilHeatRateMmbtuPerMwh * OilCarbonTonnesPerMmbtu);
}
