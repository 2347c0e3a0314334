using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>How much energy a contract is for.</summary>
public sealed record PpaVolume
{
    public required VolumeKind Kind { get; init; }

    /// <summary>Power of a baseload contract, or of the plant, MW.</summary>
    public double CapacityMw { get; init; }

    /// <summary>Hours in which a baseload contract or a monthly profile delivers.</summary>
    public Block Block { get; init; } = Block.AllHours;

    /// <summary>Twelve numbers of a monthly profile, January first, in <see cref="ProfileUnit"/>.</summary>
    public IReadOnlyList<double> Profile { get; init; } = [];

    public ProfileUnit ProfileUnit { get; init; } = ProfileUnit.Mwh;

    /// <summary>When the plant produces; null where the volume does not hang on a plant.</summary>
    public GenerationShape? Shape { get; init; }

    /// <summary>Part of the plant that the contract is for, percent.</summary>
    public double SharePercent { get; init; } = 100;

    /// <summary>What a year takes from the output of the year before, percent; steps on the anniversaries of
    /// <see cref="DegradationFrom"/>.</summary>
    public double DegradationPercentPerYear { get; init; }

    /// <summary>Day from which years of degradation count; null: the start of the contract.</summary>
    public LocalDate? DegradationFrom { get; init; }

    /// <summary>Time in which the plant can produce, percent, by calendar month, January first. Not for proxy generation, which does not
    /// hang on outages.</summary>
    public IReadOnlyList<double> AvailabilityPercent { get; init; } = [.. Enumerable.Repeat(100.0, 12)];

    /// <summary>What proxy generation settles of what the weather would have allowed, percent.</summary>
    public double ProxyPercent { get; init; } = 100;

    /// <summary>Which yield is expected: the median one, or the one that nine of ten years exceed.</summary>
    public Exceedance Exceedance { get; init; } = Exceedance.P50;

    /// <summary>The P90 yield, percent of the P50 yield; the shape is that of the P50.</summary>
    public double P90PercentOfP50 { get; init; } = 100;

    /// <summary>Bounds of a calendar year's volume; null where there are none.</summary>
    public VolumeBand? Band { get; init; }

    /// <summary>Whether the volume hangs on a plant and its weather.</summary>
    public bool IsProduced => Kind is VolumeKind.PayAsProduced or VolumeKind.ProxyGeneration;
}

/// <summary>What a contract's volume hangs on.</summary>
public enum VolumeKind
{
    /// <summary>The same power in every hour of a block.</summary>
    Baseload,

    /// <summary>A number for each calendar month, alike in the hours of a block.</summary>
    MonthlyProfile,

    /// <summary>What the plant's meter counts.</summary>
    PayAsProduced,

    /// <summary>What the plant would have produced by the weather alone, whether it ran or not.</summary>
    ProxyGeneration,
}

/// <summary>Unit of a monthly profile.</summary>
public enum ProfileUnit
{
    /// <summary>Energy of a whole month.</summary>
    Mwh,

    /// <summary>Power in each hour of the block.</summary>
    Mw,
}

/// <summary>A yield of many years.</summary>
public enum Exceedance
{
    P50,
    P90,
}

/// <summary>When a plant produces: its output as a share of its capacity, 0 to 1.</summary>
/// <param name="Kind">How it is given.</param>
/// <param name="Factors">288 numbers by calendar month and hour of the local clock (January's midnight hour first), or 8,760 by day and
/// hour of a year without 29 February; empty where a history gives it.</param>
/// <param name="History">Where the history is from; null where factors are given.</param>
public sealed record GenerationShape(GenerationShapeKind Kind, IReadOnlyList<double> Factors, GenerationHistory? History);

/// <summary>How a generation shape is given.</summary>
public enum GenerationShapeKind
{
    /// <summary>12 months of 24 hours.</summary>
    MonthHours,

    /// <summary>The 8,760 hours of a year.</summary>
    Hours,

    /// <summary>Stored hours of a plant or a region, which the view of the market brings.</summary>
    History,
}

/// <summary>A stored series of output.</summary>
/// <param name="Feed">Id of the feed.</param>
/// <param name="Location">Its location or series.</param>
/// <param name="CapacityMw">Capacity that the output was made with, MW: a share is output divided by it.</param>
public sealed record GenerationHistory(string Feed, string Location, double CapacityMw);

/// <summary>Bounds of a calendar year's volume, and what is outside them. A year in part has its share of days.</summary>
/// <param name="MinMwh">Least of a whole year; 0 where there is none.</param>
/// <param name="MaxMwh">Most of a whole year; infinite where there is none.</param>
/// <param name="Excess">What happens to volume above.</param>
/// <param name="ExcessPrice">Per MWh, where the excess has a price.</param>
/// <param name="Shortfall">What happens to volume that is missing.</param>
/// <param name="ShortfallCharge">Per missing MWh from the seller to the buyer, where there is a charge.</param>
public sealed record VolumeBand(
    double MinMwh, double MaxMwh, ExcessRule Excess, double ExcessPrice, ShortfallRule Shortfall, double ShortfallCharge);

/// <summary>What happens to volume above a year's bound. Each interval's volume is cut by the same share.</summary>
public enum ExcessRule
{
    /// <summary>It is settled at the market price: worth nothing to either side.</summary>
    Market,

    /// <summary>The buyer pays a price of its own for it.</summary>
    Price,
}

/// <summary>What happens to volume that is missing to a year's bound.</summary>
public enum ShortfallRule
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is settled as if it had been delivered with the rest, at the year's mean net of a MWh.</summary>
    Replace,

    /// <summary>The seller pays a charge for each MWh.</summary>
    Charge,
}
