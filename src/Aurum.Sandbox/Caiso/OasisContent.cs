using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>Writes the content of one OASIS answer: the reports that fit the request, day by day.</summary>
internal static class OasisContent
{
    /// <summary>Writes CSV or XML and gives the number of rows.</summary>
    public static long Write(
        Stream stream, IReadOnlyList<OasisReport> reports, Query query, (Instant Start, Instant End) span, bool isCsv, Moment moment)
    {
        var writer = new RowWriter(stream, isCsv ? RowForm.CsvLf : OasisXml.Rows, moment.Tampering);
        var csv = new OasisCsv(reports[0], writer);
        var xml = new OasisXml(reports[0], writer);
        if (isCsv)
        {
            csv.Header();
        }
        else
        {
            xml.Header(moment.Stamp);
        }

        var number = 0;
        foreach (var report in reports)
        {
            var csvPart = report == reports[0] ? csv : new OasisCsv(report, writer);
            var xmlPart = report == reports[0] ? xml : new OasisXml(report, writer);
            foreach (var (block, part) in Parts(report, query, span, moment.Now))
            {
                var values = part.Values;
                block.Fill(part.Span, values);
                for (var g = 0; g < block.Groups.Count; g++)
                {
                    number++;
                    if (isCsv)
                    {
                        csvPart.Group(part.Span, block.Groups[g], number, values[g]);
                    }
                    else
                    {
                        xmlPart.Group(part.Span, block.Groups[g], values[g]);
                    }
                }
            }
        }

        if (!isCsv)
        {
            xml.Footer();
        }

        writer.Flush();
        return writer.Rows;
    }

    /// <summary>Whether any row fits the request.</summary>
    public static bool HasRows(IReadOnlyList<OasisReport> reports, Query query, (Instant Start, Instant End) span, Instant now) =>
        reports.Any(report => Parts(report, query, span, now).Any());

    private static IEnumerable<(OasisBlock Block, OasisPart Part)> Parts(
        OasisReport report, Query query, (Instant Start, Instant End) span, Instant now)
    {
        var dice = new Dice(Dice.Hash(report.Query + report.MarketRun));
        for (var day = OperatingDay.Of(span.Start, MarketZones.Pacific); day.Start < span.End; day = day.Next)
        {
            var intervals = new OasisSpan(
                day, span.Start.ToUnixTimeSeconds(), span.End.ToUnixTimeSeconds(), report.Seconds,
                report.Release.VisibleUntil(day, now), dice);
            if (intervals.Starts.Length == 0)
            {
                continue;
            }

            var part = new OasisPart(intervals, [.. Enumerable.Range(0, report.MostGroups).Select(_ => new long[intervals.Starts.Length])]);
            foreach (var block in report.Blocks(query, day, now))
            {
                yield return (block, part);
            }
        }
    }

    private sealed record OasisPart(OasisSpan Span, long[][] Values);
}
