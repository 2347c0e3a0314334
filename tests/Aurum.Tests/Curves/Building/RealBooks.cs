using Aurum.Curves.Building;
using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;

namespace Aurum.Tests.Curves.Building;

/// <summary>The recorded workbooks as curves: what a builder is given.</summary>
internal static class RealBooks
{
    public static readonly IReadOnlyList<string> Files =
    [
        "EOD_EUGP_20250212_1430.xlsx", "EOD_EUGP_20250701_1430.xlsx", "EOD_EUGP_20250916_1430.xlsx", "EOD_EUGP_20250917_1430.xlsx",
        "EOD_RP_20250212_1430.xlsx", "EOD_RP_20250218_1430.xlsx", "EOD_RP_20250711_1430.xlsx", "EOD_RP_20250917_1430.xlsx",
    ];

    private static readonly Dictionary<string, Lazy<IReadOnlyList<RealCurve>>> Books =
        Files.ToDictionary(f => f, f => new Lazy<IReadOnlyList<RealCurve>>(() => Read(f)));

    /// <summary>The curves of a workbook, those without a unit too.</summary>
    public static IReadOnlyList<RealCurve> Curves(string file) => Books[file].Value;

    private static List<RealCurve> Read(string file)
    {
        using var stream = File.OpenRead(Samples.PathOf("workbooks", file));
        var book = WorkbookReader.Read(stream, file);
        return [.. book.Quotes.Concat(book.Quarantined.Select(q => q.Quote))
            .GroupBy(q => q.Head.Identity)
            .Select(curve => new RealCurve(curve.Key, curve.First().Head.Unit, [.. curve.Select(q => BuildQuote.Of(q))]))];
    }
}

/// <summary>One curve of one workbook.</summary>
internal sealed record RealCurve(CurveIdentity Identity, CurveUnit? Unit, IReadOnlyList<BuildQuote> Quotes)
{
    public IReadOnlyList<BuildQuote> Months => [.. Quotes.Where(q => q.IsMonth)];

    public IReadOnlyList<BuildQuote> Strips => [.. Quotes.Where(q => !q.IsMonth)];
}
