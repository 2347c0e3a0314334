using Aurum.Curves.Workbooks.Eugp;
using Aurum.Curves.Workbooks.Pw;
using Aurum.Curves.Workbooks.Rp;

namespace Aurum.Curves.Workbooks;

/// <summary>The vendors whose workbooks are known.</summary>
public static class WorkbookLayouts
{
    public static IReadOnlyList<WorkbookLayout> All { get; } = [EugpLayout.Layout, RpLayout.Layout, PwLayout.Layout];

    /// <summary>The vendor of a workbook: by <c>_EUGP_</c> or <c>eugp_</c> in its name, else by the sheets that only one vendor
    /// has.</summary>
    /// <returns>Null where nothing tells, or where two could be meant.</returns>
    public static WorkbookLayout? Find(string file, IReadOnlyList<string> sheets)
    {
        var words = Path.GetFileNameWithoutExtension(file).Split('_', '-', ' ');
        var named = All.Where(l => words.Contains(l.Vendor, StringComparer.OrdinalIgnoreCase)).ToList();
        if (named.Count == 1)
        {
            return named[0];
        }

        var counts = All
            .Select(l => (Layout: l, Count: sheets.Count(s => l.KindOf(s).Role != SheetRole.None)))
            .OrderByDescending(c => c.Count).ToList();
        return counts[0].Count > counts[1].Count ? counts[0].Layout : null;
    }
}
