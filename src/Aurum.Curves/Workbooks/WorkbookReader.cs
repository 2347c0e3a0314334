using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Workbooks;

/// <summary>Reads a vendor's workbook into the quotes of its curves. Pure: the same bytes give the same quotes.</summary>
public static class WorkbookReader
{
    /// <param name="stream">The .xlsx or .xls file; it can seek, and stays open.</param>
    /// <param name="file">Its name, which is part of the quotes' version.</param>
    /// <param name="layout">Whose it is; null finds it by name and sheets.</param>
    /// <param name="asOf">The date of its prices; null finds it in its sheets.</param>
    /// <param name="limits">How much is believed.</param>
    /// <exception cref="FeedFormatException">It is damaged, no known vendor's, or not laid out as the vendor does it.</exception>
    public static CurveBook Read(
        Stream stream, string file, WorkbookLayout? layout = null, LocalDate? asOf = null, WorkbookLimits? limits = null)
    {
        using var workbook = WorkbookFile.Open(stream, file, limits);
        layout ??= WorkbookLayouts.Find(file, workbook.SheetNames) ?? throw new FeedFormatException(
            file, "", $"a workbook of {string.Join(", ", WorkbookLayouts.All.Select(l => l.Vendor))} (by name _VENDOR_ or by its sheets)",
            $"sheets {string.Join(", ", workbook.SheetNames)}");
        return Read(file, [.. workbook.SheetNames.Where(s => layout.KindOf(s).Role != SheetRole.None).Select(workbook.Read)], layout, asOf);
    }

    private static int IndexOf(IReadOnlyList<Sheet> sheets, string name) =>
        Enumerable.Range(0, sheets.Count).First(i => sheets[i].Name == name);

    /// <summary>Reads sheets of a vendor's workbook.</summary>
    public static CurveBook Read(string file, IReadOnlyList<Sheet> sheets, WorkbookLayout layout, LocalDate? asOf = null)
    {
        var date = asOf ?? AsOfDate.Of(file, sheets);
        var book = new CurveBook(layout.Vendor, file, date);
        if (AsOfDate.OfName(file) is { } named && named != date)
        {
            book.Messages.Add(
                $"{file} is named after {LocalDatePattern.Iso.Format(named)}, its prices are of {LocalDatePattern.Iso.Format(date)}");
        }

        if (asOf is not null && AsOfDate.Stated(file, sheets) is { } stated && stated != date)
        {
            book.Messages.Add(
                $"{file} says that its prices are of {LocalDatePattern.Iso.Format(stated)}; it is read as of "
                + LocalDatePattern.Iso.Format(date));
        }

        var tenors = new TenorRules { Winter = layout.Winter, AsOf = date.ToYearMonth() };
        var grids = new Dictionary<SheetKind, SheetGrid>();
        var identities = new IdentityPool();
        foreach (var sheet in sheets)
        {
            var kind = layout.KindOf(sheet.Name);
            if (kind.Role is SheetRole.Mid or SheetRole.BidAsk
                && !grids.TryAdd(kind, SheetGrid.Read(sheet, kind.Group, layout, tenors, identities)))
            {
                throw new FeedFormatException(file, sheet.Name, $"one sheet of {kind.Group} {kind.Role}", "a second one");
            }
        }

        book.Messages.AddRange(grids.Values.Select(g => g.Moved(layout)).OfType<string>());
        if (grids.Keys.All(k => k.Role != SheetRole.Mid))
        {
            throw new FeedFormatException(file, "", $"a sheet of prices as {layout.Vendor} names them", "none");
        }

        foreach (var (kind, grid) in grids)
        {
            if (kind.Role == SheetRole.Mid)
            {
                new SheetQuotes(book, layout, grid, grids.GetValueOrDefault(kind with { Role = SheetRole.BidAsk })).Read();
            }
            else if (!grids.ContainsKey(kind with { Role = SheetRole.Mid }))
            {
                new SheetQuotes(book, layout, grid, grid).Read();
            }
        }

        var layouts = grids.Select(g => g.Value.LayoutAs(g.Key.Role)).ToList();
        var themes = new Themes(grids.First(g => g.Key.Role == SheetRole.Mid).Value, book);
        foreach (var sheet in sheets.Where(s => layout.KindOf(s.Name).Role == SheetRole.Theme))
        {
            layouts.Add(themes.Read(sheet, layout, tenors, identities));
        }

        book.Layout = new BookLayout(layout.Vendor, [.. layouts.OrderBy(l => IndexOf(sheets, l.Name))]);
        return book;
    }
}
