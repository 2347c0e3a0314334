using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Workbooks;

/// <summary>What a workbook says: the quotes of its curves, those that are held back, and what a person should know of it.</summary>
/// <param name="Vendor">Code of the vendor.</param>
/// <param name="File">Name of the workbook.</param>
/// <param name="AsOf">Date that its prices are for.</param>
public sealed record CurveBook(string Vendor, string File, LocalDate AsOf)
{
    /// <summary>Quotes, sheet by sheet, column by column, in the order of their tenors.</summary>
    public List<CurveQuote> Quotes { get; } = [];

    /// <summary>Quotes that lack what a row must have.</summary>
    public List<QuarantinedQuote> Quarantined { get; } = [];

    /// <summary>Themes of curves by curve key.</summary>
    public Dictionary<string, List<string>> Tags { get; } = [];

    /// <summary>Where its labels and columns stand.</summary>
    public BookLayout Layout { get; internal set; } = new(Vendor, []);

    /// <summary>What the workbook has that its layout does not expect.</summary>
    public List<string> Messages { get; } = [];
}

/// <summary>A quote that is held back.</summary>
/// <param name="Quote">The quote, with what it has.</param>
/// <param name="Reasons">Codes such as <c>missing_units_raw</c>, joined with bars.</param>
public readonly record struct QuarantinedQuote(CurveQuote Quote, string Reasons);
