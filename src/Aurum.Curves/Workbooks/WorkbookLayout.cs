using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>How a vendor lays its workbooks out. Rows and columns are found by their labels, never by position.</summary>
public sealed record WorkbookLayout
{
    /// <summary>Rows from the top in which labels and the as-of date are looked for.</summary>
    public const int HeaderRows = 12;

    /// <summary>Code of the vendor, lower-case: <c>eugp</c>.</summary>
    public required string Vendor { get; init; }

    public required string Title { get; init; }

    /// <summary>What each sheet is.</summary>
    public required Func<string, SheetKind> KindOf { get; init; }

    /// <summary>Labels of column A or B without which a price sheet is not this vendor's.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Labels that some sheets have.</summary>
    public IReadOnlyList<string> OtherLabels { get; init; } = [];

    /// <summary>Cells where labels have stood in every workbook that was seen; a label that stands elsewhere is read there and told of.
    /// Empty where no workbook was seen.</summary>
    public IReadOnlyDictionary<string, CellAddress> Places { get; init; } = new Dictionary<string, CellAddress>();

    /// <summary>A name for the row over a label's, where the vendor gives that row none.</summary>
    public (string Name, string Below)? UnnamedRow { get; init; }

    /// <summary>Whether an empty header cell means what stands left of it. Never for units.</summary>
    public bool CarriesLeft { get; init; }

    /// <summary>The year that a winter is named after.</summary>
    public required WinterYear Winter { get; init; }

    /// <summary>The curve of a column, from its labels and its sheet's group; null where the labels do not make one.</summary>
    public required Func<ColumnLabels, string, CurveIdentity?> Identify { get; init; }

    /// <summary>The unit of a column, and where it is from: text of the workbook, or the name of a rule.</summary>
    public required Func<ColumnLabels, CurveIdentity, (CurveUnit? Unit, string? Raw)> UnitOf { get; init; }
}
