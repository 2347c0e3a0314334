using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>Locational marginal prices of ISO New England: one form for day-ahead, hourly and 5-minute prices.</summary>
/// <remarks>
/// <para>Web service: BeginDate with offset, Location with number, type and name, LmpTotal and its three parts, USD/MWh; numbers
/// shed zeros at their end. 5-minute answers were not seen: by public clients they differ from hourly ones in the names of list and
/// record alone.</para>
/// <para>Reports: Date, Hour Ending (01 to 24, quoted or not, 02X for the second of two equal hours), the same values.</para>
/// </remarks>
internal static class Lmp
{
    private const int BeginDate = 0;
    private const int Id = 1;
    private const int Type = 2;
    private const int Name = 3;
    private const int Total = 4;
    private const int Energy = 5;
    private const int Congestion = 6;
    private const int Loss = 7;

    public static readonly RecordShape Hourly = Shape("HourlyLmps", "HourlyLmp");

    public static readonly RecordShape FiveMinutes = Shape("FiveMinLmps", "FiveMinLmp");

    private static RecordShape Shape(string list, string record) => new(
        list,
        record,
        [
            "BeginDate", "@LocId", new RecordField("@LocType", IsRequired: false), "$", "LmpTotal", "EnergyComponent",
            "CongestionComponent", "LossComponent",
        ]);

    public static ParseResult ParseHourly(FeedFile file, IRowOutput<LmpRow> output) =>
        IsoneFile.Parse<LmpRow>(file, output, Hourly, static (record, rows) => Records(record, rows, 60), ReadReport);

    public static ParseResult ParseFiveMinutes(FeedFile file, IRowOutput<LmpRow> output) =>
        IsoneFile.Parse<LmpRow>(file, output, FiveMinutes, static (record, rows) => Records(record, rows, 5));

    private static Action Records(RecordValues record, RowBuffer<LmpRow> rows, int minutes)
    {
        var places = IsonePlaces.Of(record, Id, Type);
        return () => rows.Add(new LmpRow(
            places.Of(record[Name]), record.Starting(BeginDate, minutes), record.NumberOrNaN(Total), record.NumberOrNaN(Energy),
            record.NumberOrNaN(Congestion), record.NumberOrNaN(Loss), double.NaN));
    }

    private static void ReadReport(ReportCsv report, RowBuffer<LmpRow> rows)
    {
        var hours = new ReportHours(report, report.Header.Required("Date"), report.Header.Required("Hour Ending"));
        var id = report.Header.Required("Location ID");
        var name = report.Header.Required("Location Name");
        var type = report.Header.Required("Location Type");
        var total = report.Header.Required("Locational Marginal Price");
        var energy = report.Header.Required("Energy Component");
        var congestion = report.Header.Required("Congestion Component");
        var loss = report.Header.Required("Marginal Loss Component");
        var places = new NameTable<Location>(report.File, text => new Location(
            text, IsonePlaces.TypeOf(Text(report, type), text), publisherId: Text(report, id)));
        while (report.Read())
        {
            rows.Add(new LmpRow(
                places.Of(report[name], report.Line), hours.Read(), report.Number(total), report.Number(energy),
                report.Number(congestion), report.Number(loss), double.NaN));
        }
    }

    private static string Text(ReportCsv report, int column) => System.Text.Encoding.UTF8.GetString(report[column]).Trim();
}
