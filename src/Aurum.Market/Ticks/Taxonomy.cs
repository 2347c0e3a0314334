namespace Aurum.Market.Ticks;

/// <summary>What kind of thing an instrument is, and how sure that is.</summary>
/// <param name="Commodity"><c>electricity</c>, <c>natural_gas</c>, ..., or <c>unknown</c>.</param>
/// <param name="Region"><c>west</c>, <c>texas</c>, ..., or <c>unknown</c>.</param>
/// <param name="ProductTier"><c>standard</c> or <c>premium</c>.</param>
/// <param name="Confidence">0 to 1: 0.95 from the book, at most 0.9 by rule.</param>
/// <param name="Method"><c>book</c> or <c>rules</c>.</param>
public sealed record Taxonomy(string Commodity, string Region, string ProductTier, double Confidence, string Method)
{
    public const string Unknown = "unknown";

    /// <summary>Below this a tick is flagged.</summary>
    public const double LeastSure = 0.8;

    /// <summary>Of ticks that have not been enriched.</summary>
    public static readonly Taxonomy None = new(Unknown, Unknown, "standard", 0, "none");

    public bool IsSure => Confidence >= LeastSure;
}
