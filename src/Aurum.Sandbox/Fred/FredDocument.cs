using System.Globalization;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Fred;

/// <summary>Writes an answer with observations as FRED does: on one line, every value as text.</summary>
internal static class FredDocument
{
    private static readonly RowForm Form = new("{", "}", ",", ",\"revision\":0");

    public static void Write(
        Stream body, FredSpan span, int count, int offset, int limit, IEnumerable<FredRow> rows, Moment moment)
    {
        var value = "value";
        if (moment.Tampering.RenamesColumn)
        {
            value = "val";
            moment.Tampering.Note("value is called val");
        }

        var writer = new RowWriter(body, Form, moment.Tampering);
        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"{{\"realtime_start\":\"{span.RealtimeStart:uuuu-MM-dd}\",\"realtime_end\":\"{span.RealtimeEnd:uuuu-MM-dd}\","
            + $"\"observation_start\":\"{span.ObservationStart:uuuu-MM-dd}\",\"observation_end\":\"{span.ObservationEnd:uuuu-MM-dd}\","
            + $"\"units\":\"lin\",\"output_type\":1,\"file_type\":\"json\",\"order_by\":\"observation_date\",\"sort_order\":\"asc\","
            + $"\"count\":{count},\"offset\":{offset},\"limit\":{limit},\"observations\":["));
        foreach (var row in rows)
        {
            writer.Begin(CalendarPeriods.MidnightUtc(row.Vintage.Date));
            writer.Text($"\"realtime_start\":\"{row.RealtimeStart:uuuu-MM-dd}\",\"realtime_end\":\"{row.RealtimeEnd:uuuu-MM-dd}\",");
            writer.Text($"\"date\":\"{row.Vintage.Date:uuuu-MM-dd}\",\"{value}\":\"");
            if (row.Vintage.Text != ".")
            {
                writer.Value();
            }

            writer.Text(row.Vintage.Text);
            writer.Text("\""u8);
            writer.End();
        }

        writer.Text("]}"u8);
        writer.Flush();
    }
}
