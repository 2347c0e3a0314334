using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Makes vendors' end-of-day workbooks over a seeded world: real .xlsx files in the vendors' layouts, whose strips, spark spreads,
/// bids and asks have the arithmetic of recorded ones.</summary>
/// <remarks>The same seed gives the same world on all days, so that workbooks of neighbouring days differ as days of a market do.</remarks>
public static class VendorWorkbooks
{
    /// <summary>Codes of the vendors.</summary>
    public static IReadOnlyList<string> Vendors { get; } = [.. WorkbookVendor.All.Select(v => v.Code)];

    /// <summary>The workbook of a vendor and day.</summary>
    /// <param name="vendor">One of <see cref="Vendors"/>.</param>
    /// <param name="asOf">Day of its prices.</param>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="faults">What is wrong with it.</param>
    /// <exception cref="ArgumentException">There is no such vendor.</exception>
    public static GeneratedWorkbook Make(string vendor, LocalDate asOf, ulong seed, params IReadOnlyList<WorkbookFault> faults)
    {
        var known = WorkbookVendor.All.FirstOrDefault(v => v.Code == vendor)
            ?? throw new ArgumentException($"expected one of {string.Join(", ", Vendors)}, found '{vendor}'", nameof(vendor));
        var dice = new Dice(seed).For("workbook faults").For(vendor);
        var prices = new CurvePrices(seed);
        foreach (var fault in faults)
        {
            fault.OfPrices?.Invoke(prices, known, dice.For(fault.Name));
        }

        var book = known.Draft(prices, asOf);
        foreach (var fault in faults)
        {
            fault.OfBook?.Invoke(book, known, dice.For(fault.Name));
        }

        var bytes = new XlsxWriter(book.Look.HasInlineTexts).Write(book.Sheets());
        return new GeneratedWorkbook(
            book.File, book.Damage(bytes), faults.Any(f => f.Notice == FaultNotice.Refused) ? [] : book.Truth());
    }

    /// <summary>The business days that end at a day, oldest first.</summary>
    public static IReadOnlyList<LocalDate> Days(LocalDate last, int count)
    {
        var days = new List<LocalDate> { last };
        while (days.Count < count)
        {
            days.Insert(0, BusinessDays.Before(days[0]));
        }

        return days;
    }
}

/// <summary>A made-up workbook.</summary>
/// <param name="File">Its name: <c>EOD_EUGP_20250917_1430.xlsx</c>.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Truth">The rows that a reader must find, sheet by sheet; none where it must refuse the file.</param>
public sealed record GeneratedWorkbook(string File, byte[] Bytes, IReadOnlyList<TrueQuote> Truth);
