namespace Aurum.Curves.Simulation;

/// <summary>Sudden moves of a price in one direction, which die away.</summary>
/// <remarks>In each interval a spike starts with probability intensity times length; its size is exponential and is put on the price (or
/// taken from it) as an amount per MWh, halved every <paramref name="HalfLifeHours"/>.</remarks>
/// <param name="PerYear">Spikes that start in a year of such months, by calendar month, January first: 12 numbers.</param>
/// <param name="MeanSize">Mean size when it starts, per MWh.</param>
/// <param name="HalfLifeHours">Time in which half of it is gone.</param>
public sealed record SpikeModel(IReadOnlyList<double> PerYear, double MeanSize, double HalfLifeHours)
{
    /// <summary>No spikes.</summary>
    public static readonly SpikeModel None = Even(0, 0, 1);

    /// <summary>Whether there are any.</summary>
    public bool Happens => MeanSize > 0 && PerYear.Any(static n => n > 0);

    /// <summary>As many in each month.</summary>
    public static SpikeModel Even(double perYear, double meanSize, double halfLifeHours) =>
        new([.. Enumerable.Repeat(perYear, PriceModel.Months)], meanSize, halfLifeHours);
}
