namespace Aurum.Market.Ticks;

/// <summary>The names of quality flags on the wire: <c>price_negative</c>. A tick without any is <c>valid</c>.</summary>
public static class QualityFlagNames
{
    public const string Valid = "valid";

    private static readonly (QualityFlags Flag, string Name)[] Names =
    [
        (QualityFlags.PriceNegative, "price_negative"),
        (QualityFlags.OutOfRange, "out_of_range"),
        (QualityFlags.VolumeSpike, "volume_spike"),
        (QualityFlags.LateArrival, "late_arrival"),
        (QualityFlags.MissingMetadata, "missing_metadata"),
        (QualityFlags.Duplicate, "duplicate"),
        (QualityFlags.SequenceGap, "sequence_gap"),
        (QualityFlags.OutOfOrder, "out_of_order"),
        (QualityFlags.MissingVolume, "missing_volume"),
        (QualityFlags.MissingPricePrimary, "missing_price_primary"),
        (QualityFlags.PriceBackfilled, "price_backfilled"),
        (QualityFlags.LowConfidenceClassification, "low_confidence_classification"),
        (QualityFlags.CrossedQuote, "crossed_quote"),
        (QualityFlags.UnknownMarket, "unknown_market"),
    ];

    /// <summary>The set flags by name, in the order of their bits; <c>valid</c> where there are none.</summary>
    public static IReadOnlyList<string> Of(QualityFlags flags) =>
        flags == QualityFlags.None ? [Valid] : [.. Names.Where(n => flags.HasFlag(n.Flag)).Select(n => n.Name)];

    /// <returns>False where the name is of no flag.</returns>
    public static bool TryParse(string name, out QualityFlags flag)
    {
        flag = Array.Find(Names, n => n.Name == name).Flag;
        return flag != QualityFlags.None || name == Valid;
    }
}
