using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>One report and market run of the sandbox's OASIS.</summary>
/// <param name="Query">PRC_LMP, SLD_FCST, ...</param>
/// <param name="MarketRun">DAM, RTM, ...</param>
/// <param name="Seconds">Length of an interval.</param>
/// <param name="Columns">CSV columns in order.</param>
/// <param name="ValueColumn">The column that holds the number: MW, VALUE or PRC.</param>
/// <param name="Decimals">Decimals of the number, zeros at the end cut.</param>
/// <param name="MostHours">Longest span of a request.</param>
/// <param name="Release">When an interval is shown first.</param>
/// <param name="Blocks">The series that a request selects on a day.</param>
internal sealed record OasisReport(
    string Query,
    string MarketRun,
    int Seconds,
    IReadOnlyList<string> Columns,
    string ValueColumn,
    int Decimals,
    int MostHours,
    Release Release,
    Func<Query, OperatingDay, Instant, IEnumerable<OasisBlock>> Blocks)
{
    /// <summary>Parts of a price: LMP_TYPE and data item, in the order of the groups.</summary>
    public static IReadOnlyList<(string Type, string Item)> Parts { get; } =
        [("LMP", "LMP_PRC"), ("MCC", "LMP_CONG_PRC"), ("MCE", "LMP_ENE_PRC"), ("MCL", "LMP_LOSS_PRC"), ("MGHG", "LMP_GHG_PRC")];

    /// <summary>Units of measure in the XML's header.</summary>
    public string Unit => Query.StartsWith("PRC_", StringComparison.Ordinal) ? "US$/MWh" : "MW";

    public int MostGroups => Query.EndsWith("_LMP", StringComparison.Ordinal) ? Parts.Count : 1;
}
