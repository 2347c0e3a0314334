using Aurum.Market.Feeds;

namespace Aurum.Sources.Caiso;

/// <summary>Tells from the beginning of a file whether it is an answer of OASIS, and to which report.</summary>
internal static class OasisHeads
{
    /// <summary>XML of this report and market run; or an error, or a file that cannot be unpacked, whose name says so.</summary>
    public static bool IsReport(FileHead head, OasisReport report)
    {
        if (head.Has("<REPORT>"))
        {
            return head.Has($"<REPORT>{report.Query}</REPORT>")
                && (report.MarketRun.Length == 0 || head.Has($"<MKT_TYPE>{report.MarketRun}</MKT_TYPE>"));
        }

        return (head.Text.Length == 0 || head.Has("OASISReport")) && (Names(head.InnerName, report) || Names(head.Name, report));
    }

    /// <summary>CSV with these columns, and with the report's market run in its rows where it is of one.</summary>
    public static bool IsCsv(FileHead head, OasisReport report, params ReadOnlySpan<string> columns) =>
        head.HeaderHas("OPR_HR") && head.HeaderHas(columns)
            && (report.MarketRun.Length == 0 || (head.HeaderHas("MARKET_RUN_ID") && head.Has($",{report.MarketRun},")));

    /// <summary>Whether a file name has the report and its market run, or the report and no market run at all.</summary>
    private static bool Names(string name, OasisReport report)
    {
        var at = name.IndexOf(report.Query, StringComparison.Ordinal);
        return at >= 0
            && ((report.MarketRun.Length > 0 && name.Contains($"{report.Query}_{report.MarketRun}_", StringComparison.Ordinal))
                || !HasMarket(name[(at + report.Query.Length)..]));
    }

    private static bool HasMarket(string rest) =>
        rest.Split('_', '.').Any(part => part is "DAM" or "RTM" or "RTPD" or "HASP" or "ACTUAL" or "2DA" or "7DA" or "RTD");
}
