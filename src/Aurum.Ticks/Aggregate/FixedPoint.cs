namespace Aurum.Ticks.Aggregate;

/// <summary>Prices and volumes as whole numbers, whose sums are exact and therefore the same in any order.</summary>
/// <remarks>Prices to nine decimals, volumes to six; what ticks may hold (10^7, 10^9) fits 64 bits, a product of the two 128.</remarks>
internal static class FixedPoint
{
    public const double PriceScale = 1e9;
    public const double VolumeScale = 1e6;

    public static long Price(double price) => (long)Math.Round(price * PriceScale);

    /// <summary>An unknown volume is none.</summary>
    public static long Volume(double volume) => double.IsNaN(volume) ? 0 : (long)Math.Round(volume * VolumeScale);

    /// <summary>The product, in units of both scales.</summary>
    public static Int128 Times(long price, long volume)
    {
        var high = Math.BigMul(price, volume, out var low);
        return new Int128((ulong)high, (ulong)low);
    }
}
