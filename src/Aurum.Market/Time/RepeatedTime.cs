namespace Aurum.Market.Time;

/// <summary>How a column of local readings tells the two passes of a repeated hour apart.</summary>
public enum RepeatedTime
{
    /// <summary>It does not: a repeated reading fails by name.</summary>
    Refuse,

    /// <summary>Every repeated reading is meant before the clock went back.</summary>
    FirstPass,

    /// <summary>Every repeated reading is meant after the clock went back.</summary>
    SecondPass,

    /// <summary>The column is one series in time order: the second pass begins where the readings go back.</summary>
    SeriesOrder,
}
