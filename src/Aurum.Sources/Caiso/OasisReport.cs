namespace Aurum.Sources.Caiso;

/// <summary>An OASIS report as a feed asks for it and reads it.</summary>
/// <param name="Query">Query name: PRC_LMP.</param>
/// <param name="Version">Version of the report's form.</param>
/// <param name="MarketRun">The market run that the feed is of; rows of others are passed over.</param>
/// <param name="PlaceColumns">Names of the column that says where, in CSV and XML.</param>
/// <param name="KindColumns">Names of the column that says which kind (LMP_TYPE, RENEWABLE_TYPE, ANC_TYPE); empty where there is
/// none.</param>
/// <param name="IntervalMinutes">Length of the intervals.</param>
internal sealed record OasisReport(
    string Query, int Version, string MarketRun, string[] PlaceColumns, string[] KindColumns, int IntervalMinutes)
{
    /// <summary>Further parameters of the request, for example <c>execution_type=RTPD</c>.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>Rows of another length may stand beside the usual ones; where false, they are an error.</summary>
    public bool HasOtherIntervals { get; init; }
}
