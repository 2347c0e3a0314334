using System.Runtime.InteropServices;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>What a cell holds.</summary>
public enum CellKind : byte
{
    /// <summary>Nothing: no value, or an empty text.</summary>
    Empty,

    Number,

    /// <summary>A number under a format that shows a date or time.</summary>
    Date,

    Text,

    Boolean,

    /// <summary>What a formula failed with: <c>#N/A</c>, as text.</summary>
    Error,
}

/// <summary>The value of one cell. Texts are with its sheet.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Number">The number; days since the workbook's epoch for a date; 1 and 0 for a Boolean.</param>
/// <param name="TextId">Which text; -1 where it is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cell(short Column, CellKind Kind, double Number, int TextId)
{
    public static readonly Cell Empty = new(0, CellKind.Empty, double.NaN, -1);
}
