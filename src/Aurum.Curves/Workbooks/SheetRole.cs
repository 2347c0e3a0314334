namespace Aurum.Curves.Workbooks;

/// <summary>What a sheet of a vendor's workbook holds.</summary>
public enum SheetRole
{
    /// <summary>Nothing that becomes rows.</summary>
    None,

    /// <summary>Prices.</summary>
    Mid,

    /// <summary>Bid and ask of the prices on the sheet of the same group.</summary>
    BidAsk,

    /// <summary>Columns of a price sheet again, under a theme; a tag of their curves.</summary>
    Theme,
}

/// <summary>What a sheet is, and of which group.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Group">Name that a sheet of prices shares with its sheet of bids and asks: <c>Strips</c>.</param>
public readonly record struct SheetKind(SheetRole Role, string Group)
{
    public static readonly SheetKind None = new(SheetRole.None, "");

    /// <summary>The kind of a sheet named <c>GROUP - Mid</c> or <c>GROUP - BidAsk</c>, for groups that begin so; none for others.</summary>
    public static SheetKind OfPair(string sheet, params ReadOnlySpan<string> groups)
    {
        var dash = sheet.LastIndexOf(" - ", StringComparison.Ordinal);
        if (dash < 0)
        {
            return None;
        }

        var (group, side) = (sheet[..dash].Trim(), sheet[(dash + 3)..].Trim());
        foreach (var known in groups)
        {
            if (group.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return side.ToUpperInvariant() switch
                {
                    "MID" => new SheetKind(SheetRole.Mid, known),
                    "BIDASK" or "BID ASK" or "BID/ASK" => new SheetKind(SheetRole.BidAsk, known),
                    _ => None,
                };
            }
        }

        return None;
    }
}
