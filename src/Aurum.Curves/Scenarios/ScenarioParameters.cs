using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Curves.Scenarios.Grid;

namespace Aurum.Curves.Scenarios;

/// <summary>What a run may set besides its drivers: <c>{"paths": 2000, "grid": {...}, "bands": {...}}</c>. What is not there
/// keeps its
/// default.</summary>
/// <param name="Paths">Of the ensemble.</param>
/// <param name="Grid">Assumptions about the power system.</param>
/// <param name="Bands">Volatility and correlation.</param>
public sealed record ScenarioParameters(int Paths, GridAssumptions Grid, BandModel Bands)
{
    private const int DefaultPaths = 1_000;
    private const int MonthsOfYear = 12;

    private static readonly NumberRange Share = NumberRange.From0(1);
    private static readonly NumberRange HeatRate = NumberRange.Above0(30, "MMBtu/MWh");
    private static readonly NumberRange Carbon = NumberRange.From0(1, "t CO2/MMBtu");
    private static readonly NumberRange Volatility = NumberRange.From0(5);

    public static readonly ScenarioParameters Default = new(DefaultPaths, GridAssumptions.Default, BandModel.Default);

    /// <summary>Reads parameters; faults are noted in the reader, whose owner closes it and throws.</summary>
    public static ScenarioParameters Read(DocumentReader reader) => new(
        reader.IntegerOr("paths", DefaultPaths, 1, ScenarioInputs.MaxPaths, "paths"),
        reader.Maybe("grid") is { } grid ? ReadGrid(grid) : GridAssumptions.Default,
        reader.Maybe("bands") is { } bands ? ReadBands(bands) : BandModel.Default);

    private static GridAssumptions ReadGrid(DocumentReader grid)
    {
        var usual = GridAssumptions.Default;
        return new GridAssumptions
        {
            GasHeatRateMmbtuPerMwh = grid.NumberOr("gas_heat_rate_mmbtu_per_mwh", usual.GasHeatRateMmbtuPerMwh, HeatRate),
            CoalHeatRateMmbtuPerMwh = grid.NumberOr("coal_heat_rate_mmbtu_per_mwh", usual.CoalHeatRateMmbtuPerMwh, HeatRate),
            OilHeatRateMmbtuPerMwh = grid.NumberOr("oil_heat_rate_mmbtu_per_mwh", usual.OilHeatRateMmbtuPerMwh, HeatRate),
            GasMarginalShare = BlockNumbers.Read(grid, "gas_marginal_share", Share) ?? usual.GasMarginalShare,
            CoalMarginalShare = BlockNumbers.Read(grid, "coal_marginal_share", Share) ?? usual.CoalMarginalShare,
            OilMarginalShare = BlockNumbers.Read(grid, "oil_marginal_share", Share) ?? usual.OilMarginalShare,
            GasCarbonTonnesPerMmbtu = grid.NumberOr("gas_carbon_t_per_mmbtu", usual.GasCarbonTonnesPerMmbtu, Carbon),
            CoalCarbonTonnesPerMmbtu = grid.NumberOr("coal_carbon_t_per_mmbtu", usual.CoalCarbonTonnesPerMmbtu, Carbon),
            OilCarbonTonnesPerMmbtu = grid.NumberOr("oil_carbon_t_per_mmbtu", usual.OilCarbonTonnesPerMmbtu, Carbon),
            MarginalEmissionTonnesPerMwh = BlockNumbers.Read(grid, "marginal_emission_t_per_mwh", NumberRange.From0(3, "t/MWh")),
            PriceElasticityToLoad = grid.NumberOr("price_elasticity_to_load", usual.PriceElasticityToLoad, NumberRange.From0(20)),
            SystemLoadMw = grid.OptionalNumber("system_load_mw", NumberRange.Above0(10_000_000, "MW")),
            WindCapacityFactor = BlockNumbers.Read(grid, "wind_capacity_factor", Share) ?? usual.WindCapacityFactor,
            SolarCapacityFactor = BlockNumbers.Read(grid, "solar_capacity_factor", Share) ?? usual.SolarCapacityFactor,
            NuclearCapacityFactor = BlockNumbers.Read(grid, "nuclear_capacity_factor", Share) ?? usual.NuclearCapacityFactor,
            HydroCapacityFactor = BlockNumbers.Read(grid, "hydro_capacity_factor", Share) ?? usual.HydroCapacityFactor,
            ThermalAvailability = BlockNumbers.Read(grid, "thermal_availability", Share) ?? usual.ThermalAvailability,
        };
    }

    private static BandModel ReadBands(DocumentReader bands)
    {
        var usual = BandModel.Default;
        return new BandModel
        {
            Level = bands.NumberOr("level", usual.Level, new NumberRange(0.01, 0.999)),
            NearVolatility = bands.NumberOr("near_volatility", usual.NearVolatility, Volatility),
            FarVolatility = bands.NumberOr("far_volatility", usual.FarVolatility, Volatility),
            DecayPerYear = bands.NumberOr("decay_per_year", usual.DecayPerYear, NumberRange.From0(100)),
            FarCorrelation = bands.NumberOr("far_correlation", usual.FarCorrelation, Share),
            CorrelationMonths = bands.NumberOr("correlation_months", usual.CorrelationMonths, NumberRange.Above0(1_200, "months")),
            MonthFactors = bands.Has("month_factors")
                ? bands.Numbers("month_factors", MonthsOfYear, MonthsOfYear, NumberRange.From0(10))
                : usual.MonthFactors,
            HorizonYears = bands.OptionalNumber("horizon_years", NumberRange.Above0(100, "years")),
        };
    }
}
