using System.Security.Cryptography;
using System.Text;
using Aurum.Market.Curves;
using Aurum.Sources.Shapes;

namespace Aurum.Curves.Workbooks;

/// <summary>Where a workbook's labels and columns stand. Prices and periods are no part of it: workbooks of one layout have one
/// fingerprint on all days.</summary>
/// <param name="Vendor">Code of the vendor.</param>
/// <param name="Sheets">Sheets that hold prices, in the order of their tabs.</param>
public sealed record BookLayout(string Vendor, IReadOnlyList<SheetLayout> Sheets)
{
    /// <summary>SHA-256 of the sheets' names, of the labels with their cells and of the columns' names, in their order. 64 lower-case
    /// hexadecimal digits.</summary>
    public string Fingerprint => FingerprintOf(Sheets);

    /// <summary>The same as the form of a file, by which a feed's later files are held against its earlier ones: one column for each label
    /// at its cell, and one for each curve of a sheet of prices.</summary>
    public FileShape ToShape()
    {
        var columns = new List<ShapeColumn>();
        foreach (var sheet in Sheets)
        {
            columns.AddRange(sheet.Labels.Select(l => new ShapeColumn($"{sheet.Name}!{l.Cell} {l.Label}", CellKind.Text)));
            if (sheet.Role == SheetRole.Mid)
            {
                columns.AddRange(sheet.Columns.Distinct().Select(c => new ShapeColumn($"{sheet.Name}: {c}", CellKind.Number)));
            }
        }

        return new FileShape("workbook", columns, IsWhole: true);
    }

    private static string FingerprintOf(IReadOnlyList<SheetLayout> sheets)
    {
        var text = new StringBuilder();
        foreach (var sheet in sheets)
        {
            text.Append(sheet.Name).Append('|').Append(sheet.Role).Append('|').Append(sheet.FirstRow).Append('\n');
            foreach (var (label, cell) in sheet.Labels)
            {
                text.Append(label).Append('|').Append(cell).Append('\n');
            }

            text.AppendJoin('\n', sheet.Columns).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>Where one sheet's labels and columns stand.</summary>
/// <param name="Name">Name of the sheet.</param>
/// <param name="Role">What it holds.</param>
/// <param name="Labels">Labels as the layout names them, with their cells, from the top.</param>
/// <param name="FirstRow">Row of the first period.</param>
/// <param name="Columns">Header texts of each column of prices, from left to right.</param>
public sealed record SheetLayout(
    string Name, SheetRole Role, IReadOnlyList<(string Label, CellAddress Cell)> Labels, int FirstRow, IReadOnlyList<string> Columns);
