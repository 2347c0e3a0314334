using Aurum.Curves.Documents;

namespace Aurum.Curves.Simulation;

/// <summary>Reads a price model that a user wrote. Every field may be left out; what is not there is the default.</summary>
/// <remarks>Fields: <c>reversion_per_day</c>, <c>short_deviation</c> (12 numbers), <c>long_volatility</c>, <c>shift_per_mwh</c>,
/// <c>spikes_up</c> and <c>spikes_down</c> (<c>per_year</c>: 12 numbers, <c>mean_size</c>, <c>half_life_hours</c>),
/// <c>volume_deviation</c>, <c>volume_reversion_per_day</c>, <c>correlation</c>.</remarks>
public static class PriceModelReader
{
    /// <summary>Reads the fields of an object; what is wrong is noted in the reader.</summary>
    /// <param name="defaults">What fields that are not there are taken as; null: the model's own defaults.</param>
    public static PriceModel Read(DocumentReader document, PriceModel? defaults = null)
    {
        var model = defaults ?? new PriceModel();
        return model with
        {
            ReversionPerDay = document.NumberOr("reversion_per_day", model.ReversionPerDay, PriceModel.ReversionRange),
            ShortDeviation = Monthly(document, "short_deviation", model.ShortDeviation, PriceModel.DeviationRange),
            LongVolatility = document.NumberOr("long_volatility", model.LongVolatility, PriceModel.DeviationRange),
            ShiftPerMwh = document.NumberOr("shift_per_mwh", model.ShiftPerMwh, PriceModel.ShiftRange),
            Up = Spikes(document.Maybe("spikes_up"), model.Up),
            Down = Spikes(document.Maybe("spikes_down"), model.Down),
            VolumeDeviation = document.NumberOr("volume_deviation", model.VolumeDeviation, PriceModel.DeviationRange),
            VolumeReversionPerDay =
                document.NumberOr("volume_reversion_per_day", model.VolumeReversionPerDay, PriceModel.ReversionRange),
            Correlation = document.NumberOr("correlation", model.Correlation, PriceModel.CorrelationRange),
        };
    }

    private static SpikeModel Spikes(DocumentReader? document, SpikeModel defaults) => document is null
        ? defaults
        : new SpikeModel(
            Monthly(document, "per_year", defaults.PerYear, PriceModel.IntensityRange),
            document.NumberOr("mean_size", defaults.MeanSize, PriceModel.SizeRange),
            document.NumberOr("half_life_hours", defaults.HalfLifeHours, PriceModel.HalfLifeRange));

    private static IReadOnlyList<double> Monthly(
        DocumentReader document, string name, IReadOnlyList<double> defaults, NumberRange range) =>
        document.Has(name) ? document.Numbers(name, PriceModel.Months, PriceModel.Months, range) : defaults;
}
