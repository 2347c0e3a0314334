using System.Text;
using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Caiso;

/// <summary>Writes OASIS CSV: the columns in the report's own order, LF, groups one after the other, rows of a group in no order.</summary>
internal sealed class OasisCsv(OasisReport report, RowWriter writer)
{
    private static readonly string[] TimeColumns =
        ["INTERVALSTARTTIME_GMT", "INTERVALENDTIME_GMT", "OPR_DT", "OPR_HR", "OPR_INTERVAL"];

    private readonly List<Segment> _segments = [];
    private byte[][][] _times = [];
    private OasisSpan? _span;

    public void Header()
    {
        var columns = report.Columns.ToArray();
        var victim = Array.IndexOf(columns, report.ValueColumn);
        if (writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note($"{columns[victim]} is called QUANTITY");
            columns[victim] = "QUANTITY";
        }

        writer.Text(string.Join(',', columns));
        writer.Text(writer.Tampering.AddsColumn ? ",REMARK\n" : "\n");
    }

    /// <summary>Writes a group.</summary>
    /// <param name="span">Intervals.</param>
    /// <param name="group">Cells that do not change.</param>
    /// <param name="number">Number of the group in the answer, from 1.</param>
    /// <param name="values">Value by interval.</param>
    public void Group(OasisSpan span, OasisGroup group, int number, ReadOnlySpan<long> values)
    {
        Compile(group, number);
        if (span != _span)
        {
            _span = span;
            _times = [.. Enumerable.Range(0, span.Starts.Length).Select(i => TimesOf(span, i))];
        }

        foreach (var i in span.Order)
        {
            writer.Begin(span.Starts[i], group.Place);
            var times = _times[i];
            foreach (var segment in _segments)
            {
                if (segment.Text is { } text)
                {
                    writer.Text(text);
                }
                else if (segment.TimeRun >= 0)
                {
                    writer.Text(times[segment.TimeRun]);
                }
                else
                {
                    writer.Value();
                    writer.Fixed(values[i], report.Decimals, cutZeros: true);
                }
            }

            writer.End();
        }
    }

    /// <summary>Joins neighbouring cells of a row into as few pieces as can be copied whole.</summary>
    private void Compile(OasisGroup group, int number)
    {
        _segments.Clear();
        var text = new StringBuilder();
        var runs = 0;
        for (var c = 0; c < report.Columns.Count; c++)
        {
            var column = report.Columns[c];
            if (c > 0)
            {
                text.Append(',');
            }

            if (TimeColumns.Contains(column))
            {
                Push();
                _segments.Add(new Segment(null, runs++));
                while (c + 1 < report.Columns.Count && TimeColumns.Contains(report.Columns[c + 1]))
                {
                    c++;
                }
            }
            else if (column == report.ValueColumn)
            {
                Push();
                _segments.Add(new Segment(null, -1));
            }
            else
            {
                text.Append(column == "GROUP" ? $"{number}" : group.Cells[column]);
            }
        }

        Push();

        void Push()
        {
            if (text.Length > 0)
            {
                _segments.Add(new Segment(Encoding.UTF8.GetBytes(text.ToString()), -1));
                text.Clear();
            }
        }
    }

    /// <summary>The time cells of an interval, one piece for each run of neighbouring time columns.</summary>
    private byte[][] TimesOf(OasisSpan span, int interval)
    {
        var runs = new List<byte[]>();
        for (var c = 0; c < report.Columns.Count; c++)
        {
            var run = new List<byte>();
            for (; c < report.Columns.Count && TimeColumns.Contains(report.Columns[c]); c++)
            {
                if (run.Count > 0)
                {
                    run.Add((byte)',');
                }

                run.AddRange(report.Columns[c] switch
                {
                    "INTERVALSTARTTIME_GMT" => span.Start(interval),
                    "INTERVALENDTIME_GMT" => span.End(interval),
                    "OPR_DT" => span.Date(interval),
                    "OPR_HR" => span.Hour(interval),
                    _ => span.Number(interval),
                });
            }

            if (run.Count > 0)
            {
                runs.Add([.. run]);
            }
        }

        return [.. runs];
    }

    /// <summary>A piece of a row: text, the time cells of a run, or (neither) the value.</summary>
    private readonly record struct Segment(byte[]? Text, int TimeRun);
}
