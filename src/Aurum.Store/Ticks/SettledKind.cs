namespace Aurum.Store.Ticks;

/// <summary>What frames bring to the tables, for those who follow them.</summary>
public enum SettledKind
{
    Ticks,

    /// <summary>All revisions.</summary>
    Bars,

    /// <summary>Quotes of forward curves' months.</summary>
    CurvePoints,
}

/// <summary>How much some frames have brought.</summary>
/// <param name="Ticks">Ticks.</param>
/// <param name="Bars">Bars with their revisions.</param>
/// <param name="CurvePoints">Quotes of forward curves' months.</param>
public readonly record struct SettledCounts(long Ticks, long Bars, long CurvePoints)
{
    public long Rows => Ticks + Bars + CurvePoints;

    public long this[SettledKind kind] => kind switch
    {
        SettledKind.Ticks => Ticks,
        SettledKind.Bars => Bars,
        _ => CurvePoints,
    };
}
