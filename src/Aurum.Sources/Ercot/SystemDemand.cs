using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT demand of the whole system every 15 minutes.</summary>
/// <remarks>
/// <para>Source: report NP6-235-CD of the public API; MIS documents of type 12340.</para>
/// <para>Shape: 92, 96 or 100 intervals a day. Units: MW.</para>
/// <para>Time: the local time that the interval ends at, 00:15 to 24:00, Central clock; DSTFlag tells the repeated hour.</para>
/// <para>Revisions: none announced.</para>
/// </remarks>
public static class SystemDemand
{
    private const int Minutes = 15;
    private const string Endpoint = "system_wide_demand";

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ercot/system-demand"),
        Title = "ERCOT system-wide demand, 15 minutes",
        Facts = new FeedFacts(
            "ERCOT public API, NP6-235-CD (report type 12340)",
            "92, 96 or 100 intervals a day",
            "MW",
            "the local time that the interval ends at, 00:15 to 24:00, Central clock; DSTFlag is set in the second HE02",
            "none announced"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(1),
            CompleteAt: Duration.FromHours(26),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Central, Minutes),
        Suite = "iso_load",
        IntervalMinutes = Minutes,
        Table = PowerTables.Load,
        Locate = static (day, _) => ErcotRequests.Day($"np6-235-cd/{Endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"timeEnding\"") && head.Has("\"demand\""))
            : head.HeaderHas("DeliveryDate", "TimeEnding", "Demand"),
        Parse = static (file, output) => ErcotReport.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(ErcotReport report, RowBuffer<LoadRow> rows)
    {
        var date = report.Header.Required("deliveryDate");
        var ending = report.Header.Required("timeEnding");
        var demand = report.Header.Required("demand");
        var repeated = report.Header.Required("DSTFlag");
        var flag = default(RepeatedHourFlag);
        while (report.Read())
        {
            var minute = MinuteOf(report[ending]);
            if (minute is < Minutes or > 24 * 60 || minute % Minutes != 0)
            {
                throw report.Unexpected(ending, "a quarter of an hour from 00:15 to 24:00");
            }

            var hour = flag.Hour(
                report.Date(date), ((minute - 1) / 60) + 1, report.Flag(repeated), MarketZones.Central);
            var part = new HourPart(hour, ((minute - 1) % 60 / Minutes) + 1, Minutes).ToInterval(MarketZones.Central);
            rows.Add(new LoadRow(ErcotHeads.System, part, report.Number(demand)));
        }
    }

    /// <summary>Minutes of <c>09:45</c> or <c>9:45</c>; -1 for other text.</summary>
    private static int MinuteOf(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        return colon is 1 or 2 && text.Length == colon + 3
            && Reading.Numbers.TryParseInteger(text[..colon], out var hours)
            && Reading.Numbers.TryParseInteger(text[(colon + 1)..], out var minutes) && minutes is >= 0 and < 60
            ? (hours * 60) + minutes
            : -1;
    }
}
