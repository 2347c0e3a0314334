using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>Reads sheets that show columns of a price sheet again: their names become tags of their curves.</summary>
/// <param name="main">The sheet of prices.</param>
/// <param name="book">Takes the tags.</param>
internal sealed class Themes(SheetGrid main, CurveBook book)
{
    private readonly Dictionary<(string, string), List<GridColumn>> _columns = ByName(main.Columns);

    /// <returns>Where a sheet's labels and columns stand.</returns>
    public SheetLayout Read(Sheet sheet, WorkbookLayout layout, TenorRules tenors, IdentityPool identities)
    {
        var theme = SheetGrid.Read(sheet, main.Group, layout, tenors, identities);
        var haveSameRows = main.Rows.Select(r => r.Tenor).SequenceEqual(theme.Rows.Select(r => r.Tenor));
        foreach (var column in theme.Columns)
        {
            var known = haveSameRows
                ? _columns.GetValueOrDefault(NameOf(column.Identity), []).FindAll(c => AreSame(c, theme, column))
                : [];
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

    private static Dictionary<(string, string), List<GridColumn>> ByName(List<GridColumn> columns)
    {
        var byName = new Dictionary<(string, string), List<GridColumn>>();
        foreach (var column in columns)
        {
            var name = NameOf(column.Identity);
            if (!byName.TryGetValue(name, out var same))
            {
                byName[name] = same = [];
            }

            same.Add(column);
        }

        return byName;
    }

    /// <summary>Thematic sheets leave the region out, so it does not count.</summary>
    private static (string, string) NameOf(CurveIdentity identity) =>
        (identity.Location?.ToUpperInvariant() ?? "", identity.Product?.ToUpperInvariant() ?? "");

    private bool AreSame(GridColumn a, SheetGrid theme, GridColumn b)
    {
        for (var i = 0; i < main.Rows.Count; i++)
        {
            if (!main.Sheet[main.Rows[i].Number, a.Number].Number.Equals(theme.Sheet[theme.Rows[i].Number, b.Number].Number))
            {
                return false;
            }
        }

        return true;
    }
}
