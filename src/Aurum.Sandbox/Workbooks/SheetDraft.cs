using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>A sheet before it is written: cells by row and column from 1. A cell is a text, a number, a date, a formula, or
/// nothing.</summary>
internal sealed class SheetDraft(string name)
{
    private readonly List<List<object?>> _rows = [];

    public string Name => name;

    /// <summary>Rows from the top, each with its cells from column A.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows => _rows;

    public object? this[int row, int column]
    {
        get => row <= _rows.Count && column <= _rows[row - 1].Count ? _rows[row - 1][column - 1] : null;
        set
        {
            while (_rows.Count < row)
            {
                _rows.Add([]);
            }

            var cells = _rows[row - 1];
            while (cells.Count < column)
            {
                cells.Add(null);
            }

            cells[column - 1] = value;
        }
    }
}

/// <summary>A formula, with the value that was saved with it.</summary>
internal sealed record Formula(string Text, double Value);

/// <summary>Where a header text stands on a vendor's sheets.</summary>
/// <param name="Row">From 1.</param>
/// <param name="LabelColumn">Column of the label, from 1.</param>
/// <param name="Label">What stands there; null where the vendor gives the row no label.</param>
/// <param name="Key">Which of a column's header texts stand in the row.</param>
/// <param name="OnlyWhereItChanges">Whether a text that stands left of it again is left out.</param>
internal sealed record HeaderLine(int Row, int LabelColumn, string? Label, string Key, bool OnlyWhereItChanges = false);

/// <summary>A column of prices: its header texts, and what a reader must make of them.</summary>
/// <param name="Identity">Which curve.</param>
/// <param name="Unit">Null where the vendor does not say and no list knows.</param>
/// <param name="UnitsRaw">The unit's text.</param>
/// <param name="Header">Texts by the keys of the header's lines.</param>
/// <param name="Price">How its prices come about.</param>
/// <param name="HeldBack">Why a reader must hold its quotes back; null where it must not, but for a missing unit.</param>
/// <param name="IsRepeated">Whether it is an earlier column again.</param>
internal sealed record PriceColumn(
    CurveIdentity Identity, CurveUnit? Unit, string? UnitsRaw, IReadOnlyDictionary<string, string> Header, PriceModel Price,
    string? HeldBack = null, bool IsRepeated = false);

/// <summary>A price with its bid and ask, or the text that stands in its place.</summary>
internal readonly record struct PriceCell(double Mid, double Bid, double Ask, string? MidText = null, string? BidAskText = null)
{
    /// <summary>What a reader finds: without a mid that of bid and ask.</summary>
    public (double Mid, double Bid, double Ask) Read(bool hasBidAsk)
    {
        var (bid, ask) = hasBidAsk ? (Bid, Ask) : (double.NaN, double.NaN);
        return (MidText is null ? Mid : (bid + ask) / 2, bid, ask);
    }
}

/// <summary>A row of prices.</summary>
/// <param name="Tenor">The period; null for a row that parts others.</param>
internal sealed record PriceRow(Tenor? Tenor)
{
    public List<PriceCell> Cells { get; } = [];
}

/// <summary>A sheet of prices and the one with their bids and asks.</summary>
/// <param name="Mid">Name of the sheet of prices.</param>
/// <param name="BidAsk">Name of the sheet of bids and asks; null where there is none.</param>
/// <param name="Columns">Its columns, from C on.</param>
internal sealed record PriceBlock(string Mid, string? BidAsk, List<PriceColumn> Columns)
{
    public List<PriceRow> Rows { get; } = [];

    public string? BidAsk { get; set; } = BidAsk;
}

/// <summary>A sheet that shows columns of the first block again.</summary>
internal sealed record ThemeDraft(string Name, Func<PriceColumn, bool> Holds);

/// <summary>The days on which vendors put workbooks out: Monday to Friday.</summary>
internal static class BusinessDays
{
    public static LocalDate Before(LocalDate day)
    {
        do
        {
            day = day.PlusDays(-1);
        }
        while (day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);

        return day;
    }
}
