namespace Aurum.Sources.Caiso;

/// <summary>Which number of a price a row of PRC_LMP and its sisters is; the position of the number in
/// <see cref="LmpPivot"/>.</summary>
internal enum LmpPart
{
    Price,
    Energy,
    Congestion,
    Loss,
    Ghg,
    Count,
}

internal static class LmpParts
{
    /// <summary>Price, energy, congestion and loss as bits: a price of OASIS has at least these.</summary>
    public const byte Complete = 0b01111;

    /// <summary>The part that a row is: by LMP_TYPE in CSV, by DATA_ITEM in XML; <see cref="LmpPart.Count"/> where it is
    /// none.</summary>
    public static LmpPart Of(ReadOnlySpan<byte> lmpType, ReadOnlySpan<byte> item)
    {
        if (lmpType.Length == 3)
        {
            return lmpType switch
            {
                [(byte)'L', (byte)'M', (byte)'P'] => LmpPart.Price,
                [(byte)'M', (byte)'C', (byte)'E'] => LmpPart.Energy,
                [(byte)'M', (byte)'C', (byte)'C'] => LmpPart.Congestion,
                [(byte)'M', (byte)'C', (byte)'L'] => LmpPart.Loss,
                [(byte)'G', (byte)'H', (byte)'G'] => LmpPart.Ghg,
                _ => LmpPart.Count,
            };
        }

        return !lmpType.IsEmpty ? (lmpType.SequenceEqual("MGHG"u8) ? LmpPart.Ghg : LmpPart.Count)
            : item.SequenceEqual("LMP_PRC"u8) ? LmpPart.Price
            : item.SequenceEqual("LMP_ENE_PRC"u8) ? LmpPart.Energy
            : item.SequenceEqual("LMP_CONG_PRC"u8) ? LmpPart.Congestion
            : item.SequenceEqual("LMP_LOSS_PRC"u8) ? LmpPart.Loss
            : item.SequenceEqual("LMP_GHG_PRC"u8) ? LmpPart.Ghg
            : LmpPart.Count;
    }
}
