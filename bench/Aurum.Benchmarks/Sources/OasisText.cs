using System.Globalization;
using System.Text;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Sources;

/// <summary>Makes day-ahead price files in the form of OASIS' PRC_LMP version 12: by node and day, then by part, hours in no
/// order.</summary>
internal static class OasisText
{
    private const string CsvHeader =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,"
        + "LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP\n";

    private const string XmlHeader =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OASISReport xmlns=\"http://www.caiso.com/soa/OASISReport_v1.xsd\">\n"
        + "<MessagePayload>\n<RTO>\n<name>CAISO</name>\n";

    private const string ReportHeader =
        "<REPORT_ITEM>\n<REPORT_HEADER>\n<SYSTEM>OASIS</SYSTEM>\n<TZ>PPT</TZ>\n<REPORT>PRC_LMP</REPORT>\n<MKT_TYPE>"
        + "DAM</MKT_TYPE>\n<UOM>US$/MWh</UOM>\n<INTERVAL>ENDING</INTERVAL>\n<SEC_PER_INTERVAL>3600</SEC_PER_INTERVAL>\n"
        + "</REPORT_HEADER>\n";

    private const int Seed = 20190301;

    private static readonly LocalDate FirstDay = new(2025, 6, 1);

    private static readonly (string Type, string Item)[] Parts =
    [
        ("LMP", "LMP_PRC"), ("MCC", "LMP_CONG_PRC"), ("MCE", "LMP_ENE_PRC"), ("MCL", "LMP_LOSS_PRC"), ("MGHG", "LMP_GHG_PRC"),
    ];

    /// <summary>CSV of these nodes and days, in this order; 120 rows for each.</summary>
    public static byte[] Csv(IEnumerable<(int Node, int Day)> groups) => Make(groups, CsvHeader, "", "", "", CsvRow);

    /// <summary>XML of these nodes and days, in this order; one REPORT_ITEM for each part.</summary>
    public static byte[] Xml(IEnumerable<(int Node, int Day)> groups) => Make(
        groups, XmlHeader, ReportHeader, "</REPORT_ITEM>\n", "</RTO>\n</MessagePayload>\n</OASISReport>\n", XmlRow);

    private static byte[] Make(
        IEnumerable<(int Node, int Day)> groups, string head, string beforePart, string afterPart, string foot, Func<Row, string> print)
    {
        var random = new Random(Seed);
        var output = new MemoryStream();
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        writer.Write(head);
        var hours = Enumerable.Range(0, 24).ToArray();
        var group = 0;
        foreach (var (node, day) in groups)
        {
            foreach (var (type, item) in Parts)
            {
                writer.Write(beforePart);
                group++;
                random.Shuffle(hours);
                foreach (var hour in hours)
                {
                    var price = type == "MGHG" ? 0 : Math.Round((random.NextDouble() * 120) - 20, 5);
                    writer.Write(print(new Row($"NODE{node:D5}_7_N001", FirstDay.PlusDays(day), hour, type, item, price, group)));
                }

                writer.Write(afterPart);
            }
        }

        writer.Write(foot);
        writer.Flush();
        return output.ToArray();
    }

    private static string CsvRow(Row row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Start},{row.End},{row.Date:uuuu-MM-dd},{row.Hour + 1},0,{row.Node},{row.Node},{row.Node},DAM,{row.Type},"
        + $"{row.Item},{row.Node},ALL,1,{row.Price},{row.Group}\n");

    private static string XmlRow(Row row) => string.Create(
        CultureInfo.InvariantCulture,
        $"<REPORT_DATA>\n<DATA_ITEM>{row.Item}</DATA_ITEM>\n<RESOURCE_NAME>{row.Node}</RESOURCE_NAME>\n<OPR_DATE>"
        + $"{row.Date:uuuu-MM-dd}</OPR_DATE>\n<INTERVAL_NUM>{row.Hour + 1}</INTERVAL_NUM>\n<INTERVAL_START_GMT>"
        + $"{row.Start}</INTERVAL_START_GMT>\n<INTERVAL_END_GMT>{row.End}</INTERVAL_END_GMT>\n<VALUE>{row.Price}</VALUE>\n"
        + $"</REPORT_DATA>\n");

    private readonly record struct Row(string Node, LocalDate Date, int Hour, string Type, string Item, double Price, int Group)
    {
        public string Start => Gmt(Hour);

        public string End => Gmt(Hour + 1);

        private string Gmt(int hour)
        {
            var instant = new OperatingDay(Date, MarketZones.Pacific).Start + Duration.FromHours(hour);
            return $"{instant:uuuu-MM-dd'T'HH:mm:ss}-00:00";
        }
    }
}
