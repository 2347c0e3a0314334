namespace Aurum.Curves.Feeds;

/// <summary>What a vendor's workbook must at least be, beside what its suites ask for.</summary>
/// <param name="MinRows">Fewest quotes, held-back ones included.</param>
/// <param name="MaxHeldShare">Largest share of quotes that may be held back, 0 to 1.</param>
public sealed record VendorBounds(int MinRows, double MaxHeldShare)
{
    /// <summary>Recorded workbooks have 11,483 and about 27,000 quotes. Of RP's, three in ten are of products whose unit neither name nor
    /// magnitude tells; the others are complete.</summary>
    public static VendorBounds Of(string vendor) => vendor switch
    {
        "eugp" => new VendorBounds(50, 0.05),
        "rp" => new VendorBounds(75, 0.36),
        _ => new VendorBounds(25, 0.05),
    };
}
