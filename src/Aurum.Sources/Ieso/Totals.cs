using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO totals of energy, losses, load and reserves: of real time by 5 minutes, and as the pre-dispatch expects them by the
/// hour.</summary>
/// <remarks>
/// <para>Source: public reports RealtimeTotals, an XML an hour, and PredispTotals, an XML a day; until 2025 RealtimeConstTotals and
/// PredispConstTotals in the same form.</para>
/// <para>Shape: 7 or 8 quantities × intervals or hours: <c>real-time-totals/Total Energy</c>, <c>predispatch-totals/Total
/// 10S</c>.</para>
/// <para>Units: MW, one decimal.</para>
/// <para>Time: hour ending 1 to 24 and interval 1 to 12 on Eastern Standard Time all year.</para>
/// <para>Revisions: in place; pre-dispatch is replaced every hour. The files of about 30 days are kept.</para>
/// </remarks>
public static class Totals
{
    public static readonly Feed<SeriesPoint> RealTime = new()
    {
        Id = new FeedId("ieso/real-time-totals"),
        Title = "IESO real-time totals, 5 minutes",
        Facts = Facts("RealtimeTotals, a file an hour", "8 quantities × 12 intervals a file", "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.RealTime(Duration.FromMinutes(30), IesoSchedules.ShortKeptDays),
        Suite = "timeseries_observation",
        IntervalMinutes = 5,
        Table = SeriesTables.Observation,
        Locate = static (day, now) => IesoFiles.Hours("RealtimeTotals", "xml", day, now),
        Recognizes = static head => IesoHeads.IsReport(head, "RealtimeTotals", "Realtime Totals Report")
            || IesoHeads.IsReport(head, "RealtimeConstTotals", "Realtime Constrained Totals Report"),
        Parse = static (file, output) => Parse(file, output, "real-time-totals", isHourly: true),
    };

    public static readonly Feed<SeriesPoint> Predispatch = new()
    {
        Id = new FeedId("ieso/predispatch-totals"),
        Title = "IESO pre-dispatch totals",
        Facts = Facts("PredispTotals", "7 quantities × 24 hours", "every hour until the day's end, in place"),
        Zone = MarketZones.EasternStandard,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-3),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1),
            IesoSchedules.ShortKeptDays),
        Suite = "timeseries_observation",
        IntervalMinutes = 60,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => IesoFiles.Day("PredispTotals", "xml", day),
        Recognizes = static head => IesoHeads.IsReport(head, "PredispTotals", "Predispatch Totals Report")
            || IesoHeads.IsReport(head, "PredispConstTotals", "Predispatch Constrained Totals Report"),
        Parse = static (file, output) => Parse(file, output, "predispatch-totals", isHourly: false),
    };

    private static FeedFacts Facts(string report, string shape, string revisions) => new(
        $"IESO public report {report}",
        shape,
        "MW, one decimal",
        "hour ending and interval 1 to 12, Eastern Standard Time all year: every day has 24 hours",
        revisions);

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output, string dataset, bool isHourly) =>
        IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            new Reader(xml, rows, dataset, isHourly).Read();
            return xml.Notes;
        });

    private sealed class Reader(IesoXml xml, RowBuffer<SeriesPoint> rows, string dataset, bool isHourly)
    {
        private readonly NameTable<SeriesKey> _series =
            new(xml.File, name => new SeriesKey($"{dataset}/{name}", "MW", name), limit: 100);

        public void Read()
        {
            var body = xml.Depth;
            var hasRows = false;
            while (xml.Next(body))
            {
                if (xml.Is("Energies"u8))
                {
                    hasRows |= ReadList();
                }
                else if (!ZonalPrices.TryReadLabel(xml))
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(hasRows, isHourly ? "Energies with an IntervalEnergy" : "Energies with an HourlyConstrainedEnergy");
        }

        private bool ReadList()
        {
            var list = xml.Depth;
            var hasRows = false;
            while (xml.Next(list))
            {
                if (isHourly ? xml.Is("IntervalEnergy"u8) : xml.Is("HourlyConstrainedEnergy"u8) || xml.Is("HourlyEnergy"u8))
                {
                    hasRows = true;
                    ReadInterval();
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            return hasRows;
        }

        private void ReadInterval()
        {
            var depth = xml.Depth;
            DeliveryInterval? delivery = null;
            while (xml.Next(depth))
            {
                if (isHourly && xml.Is("Interval"u8))
                {
                    delivery = xml.Interval(xml.WholeNumber("Interval"));
                }
                else if (!isHourly && xml.Is("DeliveryHour"u8))
                {
                    delivery = xml.Hour(xml.WholeNumber("DeliveryHour"));
                }
                else if (xml.Is("MQ"u8))
                {
                    xml.Require(delivery is not null, isHourly ? "Interval" : "DeliveryHour");
                    ReadQuantity(delivery!.Value);
                }
                else if (xml.Is("Flag"u8))
                {
                    xml.Skip();
                }
                else
                {
                    xml.SkipUnknown();
                }
            }
        }

        private void ReadQuantity(DeliveryInterval delivery)
        {
            var depth = xml.Depth;
            SeriesKey? series = null;
            var mw = double.NaN;
            var hasValue = false;
            while (xml.Next(depth))
            {
                if (xml.Is("MarketQuantity"u8))
                {
                    series = _series.Of(xml.Text(), xml.Line);
                }
                else if (xml.Is("EnergyMW"u8))
                {
                    (hasValue, mw) = (true, xml.NumberOrNaN("EnergyMW"));
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(series is not null, "MarketQuantity");
            xml.Require(hasValue, "EnergyMW");
            if (!double.IsNaN(mw))
            {
                rows.Add(new SeriesPoint(series!, delivery, mw));
            }
        }
    }
}
