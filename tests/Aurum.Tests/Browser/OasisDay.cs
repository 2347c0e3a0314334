using System.Globalization;
using System.Text;

namespace Aurum.Tests.Browser;

/// <summary>A made-up day of CAISO day-ahead prices of one hub, as OASIS would send it: 24 hours of 10 July 2025, Pacific time.</summary>
internal static class OasisDay
{
    public const string Location = "TH_SP15_GEN-APND";
    public const string FirstHourUtc = "2025-07-10T07:00:00Z";
    public const string EndUtc = "2025-07-11T07:00:00Z";

    /// <summary>The hour whose price the tests change: noon to one o'clock.</summary>
    public const string NoonUtc = "2025-07-10T19:00:00Z";

    private const int NoonHour = 12;
    private const double EnergyUsdPerMwh = 30;
    private const double LossUsdPerMwh = 1;

    private const string Header =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,"
        + "LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP";

    /// <summary>Writes the file with this congestion at noon; the price is 31 USD/MWh more.</summary>
    public static string Write(string folder, double noonCongestionUsdPerMwh)
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var hour = 0; hour < 24; hour++)
        {
            var congestion = hour == NoonHour ? noonCongestionUsdPerMwh : hour;
            Append(text, hour, "LMP", EnergyUsdPerMwh + congestion + LossUsdPerMwh);
            Append(text, hour, "MCE", EnergyUsdPerMwh);
            Append(text, hour, "MCC", congestion);
            Append(text, hour, "MCL", LossUsdPerMwh);
        }

        var path = Path.Combine(folder, "20250710_20250710_PRC_LMP_DAM_v12.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static void Append(StringBuilder text, int hour, string part, double usdPerMwh)
    {
        var start = new DateTime(2025, 7, 10, 7, 0, 0, DateTimeKind.Utc).AddHours(hour);
        text.Append(CultureInfo.InvariantCulture,
            $"{start:yyyy-MM-ddTHH:mm:ss}-00:00,{start.AddHours(1):yyyy-MM-ddTHH:mm:ss}-00:00,2025-07-10,{hour + 1},0,");
        text.Append(CultureInfo.InvariantCulture,
            $"{Location},{Location},{Location},DAM,{part},LMP_PRC,{Location},ALL_APNODES,1,{usdPerMwh:F5},1\n");
    }
}
