using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>A vendor whose workbooks are made up.</summary>
/// <param name="Code">Its code: <c>eugp</c>.</param>
/// <param name="Columns">Columns of its main sheets.</param>
/// <param name="Draft">A day's workbook.</param>
/// <param name="WithoutUnit">A column under a name or unit that no list knows.</param>
internal sealed record WorkbookVendor(
    string Code, IReadOnlyList<PriceColumn> Columns, Func<CurvePrices, LocalDate, BookDraft> Draft,
    Func<PriceColumn, PriceColumn> WithoutUnit)
{
    public static readonly IReadOnlyList<WorkbookVendor> All = [EugpBook.Vendor, RpBook.Vendor, PwBook.Vendor];

    public static string FileOf(string code, LocalDate asOf) =>
        FormattableString.Invariant($"EOD_{code.ToUpperInvariant()}_{asOf.Year:0000}{asOf.Month:00}{asOf.Day:00}_1430.xlsx");
}
