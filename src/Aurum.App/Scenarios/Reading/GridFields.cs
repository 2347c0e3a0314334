using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Curves.Scenarios.Grid;

namespace Aurum.App.Scenarios.Reading;

/// <summary>Reads what a document says over the defaults of power systems and of bands.</summary>
internal static class GridFields
{
    private const int Months = 12;

    private static readonly NumberRange HeatRate = new(1, 50, "MMBtu/MWh");
    private static readonly NumberRange Carbon = new(0, 1, "t CO2/MMBtu");
    private static readonly NumberRange Share = new(0, 1);
    private static readonly NumberRange Emission = new(0, 3, "t CO2/MWh");

    /// <param name="document">Null where it says nothing.</param>
    public static GridAssumptions Read(DocumentReader? document)
    {
        var known = GridAssumptions.Default;
        return document is null ? known : known with
        {
            GasHeatRateMmbtuPerMwh = document.NumberOr("gas_heat_rate_mmbtu_per_mwh", known.GasHeatRateMmbtuPerMwh, HeatRate),
            CoalHeatRateMmbtuPerMwh = document.NumberOr("coal_heat_rate_mmbtu_per_mwh", known.CoalHeatRateMmbtuPerMwh, HeatRate),
            OilHeatRateMmbtuPerMwh = document.NumberOr("oil_heat_rate_mmbtu_per_mwh", known.OilHeatRateMmbtuPerMwh, HeatRate),
            GasMarginalShare = ByBlockOr(document, "gas_marginal_share", known.GasMarginalShare, Share),
            CoalMarginalShare = ByBlockOr(document, "coal_marginal_share", known.CoalMarginalShare, Share),
            OilMarginalShare = ByBlockOr(document, "oil_marginal_share", known.OilMarginalShare, Share),
            GasCarbonTonnesPerMmbtu = document.NumberOr("gas_carbon_tonnes_per_mmbtu", known.GasCarbonTonnesPerMmbtu, Carbon),
            CoalCarbonTonnesPerMmbtu = document.NumberOr("coal_carbon_tonnes_per_mmbtu", known.CoalCarbonTonnesPerMmbtu, Carbon),
            OilCarbonTonnesPerMmbtu = document.NumberOr("oil_carbon_tonnes_per_mmbtu", known.OilCarbonTonnesPerMmbtu, Carbon),
            MarginalEmissionTonnesPerMwh = document.Has("marginal_emission_tonnes_per_mwh")
                ? ByBlockOr(document, "marginal_emission_tonnes_per_mwh", default, Emission)
                : null,
            PriceElasticityToLoad = document.NumberOr("price_elasticity_to_load", known.PriceElasticityToLoad, new NumberRange(0, 20)),
            SystemLoadMw = document.OptionalNumber("system_load_mw", NumberRange.Above0(10_000_000, "MW")),
            WindCapacityFactor = ByBlockOr(document, "wind_capacity_factor", known.WindCapacityFactor, Share),
            SolarCapacityFactor = ByBlockOr(document, "solar_capacity_factor", known.SolarCapacityFactor, Share),
            NuclearCapacityFactor = ByBlockOr(document, "nuclear_capacity_factor", known.NuclearCapacityFactor, Share),
            HydroCapacityFactor = ByBlockOr(document, "hydro_capacity_factor", known.HydroCapacityFactor, Share),
            ThermalAvailability = ByBlockOr(document, "thermal_availability", known.ThermalAvailability, Share),
        };
    }

    /// <param name="document">Null where it says nothing.</param>
    public static BandModel ReadBands(DocumentReader? document)
    {
        var known = BandModel.Default;
        if (document is null)
        {
            return known;
        }

        var factors = document.Has("month_factors")
            ? document.Numbers("month_factors", Months, Months, NumberRange.Above0(10))
            : known.MonthFactors;
        return known with
        {
            Level = document.NumberOr("level", known.Level, new NumberRange(0.01, 0.999)),
            NearVolatility = document.NumberOr("near_volatility", known.NearVolatility, NumberRange.From0(5)),
            FarVolatility = document.NumberOr("far_volatility", known.FarVolatility, NumberRange.From0(5)),
            DecayPerYear = document.NumberOr("decay_per_year", known.DecayPerYear, NumberRange.From0(100)),
            FarCorrelation = document.NumberOr("far_correlation", known.FarCorrelation, Share),
            CorrelationMonths = document.NumberOr("correlation_months", known.CorrelationMonths, NumberRange.Above0(1_000, "months")),
            MonthFactors = factors,
            HorizonYears = document.OptionalNumber("horizon_years", NumberRange.Above0(100, "years")),
        };
    }

    /// <summary>A number for all hours, or <c>{"on_peak": 0.7, "off_peak": 0.6}</c>.</summary>
    private static ByBlock ByBlockOr(DocumentReader document, string name, ByBlock fallback, NumberRange range)
    {
        if (document.Raw(name) is { ValueKind: JsonValueKind.Object } value)
        {
            var parts = document.Open($"{document.Path}.{name}", value);
            return new ByBlock(parts.Number("on_peak", range), parts.Number("off_peak", range));
        }

        return document.OptionalNumber(name, range) is { } number ? ByBlock.Of(number) : fallback;
    }
}
