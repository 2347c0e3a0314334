using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>Reads a sheet that shows columns of a price sheet again: its name becomes a tag of their curves.</summary>
internal static class Themes
{
    /// <returns>Where its labels and columns stand.</returns>
    public static SheetLayout Read(
        Sheet sheet, WorkbookLayout layout, TenorRules tenors, IReadOnlyDictionary<SheetKind, SheetGrid> grids, CurveBook book)
    {
        var main = grids.Where(g => g.Key.Role == SheetRole.Mid).Select(g => g.Value).First();
        var theme = SheetGrid.Read(sheet, main.Group, layout, tenors);
        var columns = main.Columns.ToLookup(c => NameOf(c.Identity));
        foreach (var column in theme.Columns)
        {
            var known = columns[NameOf(column.Identity)].Where(c => AreSame(main, c, theme, column)).ToList();
            if (known.Count == 0)
            {
                book.Messages.Add(
                    $"{sheet.Name}!{CellAddress.ColumnText(column.Number)} is no copy of a column of {main.Sheet.Name}: {column.Labels}");
            }

            foreach (var key in known.Select(c => c.Identity.Key).Distinct())
            {
                if (!book.Tags.TryGetValue(key, out var tags))
                {
                    book.Tags[key] = tags = [];
                }

                if (!tags.Contains(sheet.Name))
                {
                    tags.Add(sheet.Name);
                }
            }
        }

        return theme.LayoutAs(SheetRole.Theme);
    }

    /// <summary>Thematic sheets leave the region out, so it does not count.</summary>
    private static (string?, string?) NameOf(CurveIdentity identity) =>
        (identity.Location?.ToUpperInvariant(), identity.Product?.ToUpperInvariant());

    private static bool AreSame(SheetGrid main, GridColumn a, SheetGrid theme, GridColumn b)
    {
        for (var i = 0; i < Math.Min(main.Rows.Count, theme.Rows.Count); i++)
        {
            if (main.Rows[i].Tenor != theme.Rows[i].Tenor
                || !main.Sheet[main.Rows[i].Number, a.Number].Number.Equals(theme.Sheet[theme.Rows[i].Number, b.Number].Number))
            {
                return false;
            }
        }

        return main.Rows.Count == theme.Rows.Count;
    }
}
