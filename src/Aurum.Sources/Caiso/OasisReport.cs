namespace Aurum.Sources.Caiso;

/// <summary>An OASIS report as a feed asks for it and reads it.</summary>
/// <param name="Query">Query name: PRC_LMP.</param>
/// <param name="Version">Version of the report's form.</param>
/// <param name="MarketRun">The market run that the feed is of; rows of others are passed over. Empty for reports that are of no
/// market run.</param>
/// <param name="PlaceColumns">Names of the column that says where, in CSV and XML; empty where the report is of one thing
/// alone.</param>
/// <param name="KindColumns">Names of the column that says which kind (LMP_TYPE, RENEWABLE_TYPE, ANC_TYPE); empty where there is
/// none.</param>
/// <param name="IntervalMinutes">Length of the intervals.</param>
internal sealed record OasisReport(
    string Query, int Version, string MarketRun, string[] PlaceColumns, string[] KindColumns, int IntervalMinutes)
{
    /// <summary>Further parameters of the request, for example <c>execution_type=RTPD</c>.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>Names of a second column that says which kind (RESULT_TYPE, TI_DIRECTION); empty where there is none.</summary>
    public string[] DetailColumns { get; init; } = [];

    /// <summary>Names of the column that holds the number.</summary>
    public string[] ValueColumns { get; init; } = ["MW", "VALUE", "PRC"];

    /// <summary>Rows of another length may stand beside the usual ones; where false, they are an error.</summary>
    public bool HasOtherIntervals { get; init; }
}
