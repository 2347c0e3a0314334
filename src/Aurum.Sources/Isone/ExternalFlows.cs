using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England flows over its borders with their schedules and limits, 5 minutes.</summary>
/// <remarks>
/// <para>Source: web service fiveminuteexternalflow; the answer that the web site's interface chart gets has the same fields under
/// shorter names.</para>
/// <para>Shape: 6 or 7 external nodes × 276, 288 or 300 intervals; four series each: actual, scheduled, import-limit and
/// export-limit.</para>
/// <para>Units: MW, negative into New England; import limits are negative.</para>
/// <para>Time: beginning of the interval with offset.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class ExternalFlows
{
    private const int BeginDate = 0;
    private const int Name = 1;
    private const int Actual = 2;
    private const int Scheduled = 3;
    private const int ImportLimit = 4;
    private const int ExportLimit = 5;

    private static readonly RecordShape Shape = new(
        "ExternalFlows",
        "ExternalFlow",
        [
            "BeginDate", "$", new RecordField("ActualFlow", OnPages: "Actual"), new RecordField("CurrentSchedule", OnPages: "Current"),
            new RecordField("ImportLimit", OnPages: "Import"), new RecordField("ExportLimit", OnPages: "Export"),
        ],
        "@LocId", "Sale", "Purchase", "TotalExports", "TotalImports")
    {
        PageList = RecordShape.AnyList,
    };

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("isone/external-flows"),
        Title = "ISO New England flows over its borders, 5 minutes",
        Facts = new FeedFacts(
            "ISO New England web service, fiveminuteexternalflow",
            "6 or 7 external nodes × actual, scheduled and two limits × 276, 288 or 300 intervals",
            "MW, negative into New England",
            "beginning of the interval, with offset",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = IsoneSchedules.Running,
        Suite = "timeseries_observation",
        IntervalMinutes = 5,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => [IsoneRequests.Day("fiveminuteexternalflow", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape)
            || (head.FirstLine.StartsWith("[{\"data\":{", StringComparison.Ordinal) && head.Has("\"Import\":") && head.Has("\".I.")),
        Parse = static (file, output) => IsoneFile.Parse<SeriesPoint>(file, output, Shape, Records),
    };

    private static Action Records(RecordValues record, RowBuffer<SeriesPoint> rows)
    {
        var borders = new NameTable<Border>(record.File, static name => new Border(name), limit: 1_000);
        return () =>
        {
            var border = borders.Of(record[Name]);
            var interval = record.Starting(BeginDate, 5);
            rows.Add(new SeriesPoint(border.Actual, interval, record.NumberOrNaN(Actual)));
            rows.Add(new SeriesPoint(border.Scheduled, interval, record.NumberOrNaN(Scheduled)));
            rows.Add(new SeriesPoint(border.ImportLimit, interval, record.NumberOrNaN(ImportLimit)));
            rows.Add(new SeriesPoint(border.ExportLimit, interval, record.NumberOrNaN(ExportLimit)));
        };
    }

    /// <summary>The four series of an external node: <c>external-flows/.I.ROSETON 345 1/actual</c>.</summary>
    private sealed class Border(string name)
    {
        public SeriesKey Actual { get; } = Key(name, "actual");

        public SeriesKey Scheduled { get; } = Key(name, "scheduled");

        public SeriesKey ImportLimit { get; } = Key(name, "import-limit");

        public SeriesKey ExportLimit { get; } = Key(name, "export-limit");

        private static SeriesKey Key(string name, string part) =>
            new($"external-flows/{name}/{part}", "MW", $"{name}: {part.Replace('-', ' ')}");
    }
}
