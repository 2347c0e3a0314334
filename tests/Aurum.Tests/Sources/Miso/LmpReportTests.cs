using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Sources.Miso;

public sealed class LmpReportTests
{
    private static readonly OperatingDay Day = DayAheadLmp.ExPost.Day(new LocalDate(2026, 3, 4));

    [Fact]
    public void Three_blocks_become_one_row_a_node_and_hour_with_the_energy_part_computed()
    {
        var rows = Recorded(DayAheadLmp.ExPost, "20261001_da_expost_lmp_reduced.csv");
        var aeci = rows.Where(r => r.Location.Id == "AECI").ToList();
        Assert.Equal((28.16, -7.65, -1.4, 37.21), Of(aeci[0]));
        Assert.Equal("2026-10-01T05:00:00Z/2026-10-01T06:00:00Z", aeci[0].Delivery.ToString());
        Assert.Equal((28.48, -7.01, -2.58, 38.07), Of(aeci[23]));
        Assert.Equal(5588.96, rows.Sum(r => r.LmpUsdPerMwh), 6);
        Assert.All(rows, r => Assert.True(double.IsNaN(r.GhgUsdPerMwh)));
        Assert.Equal([LocationType.Interface, LocationType.Hub], rows.Select(r => r.Location.Type).Distinct());
    }

    [Fact]
    public void The_energy_part_is_the_same_at_all_nodes_of_an_hour() => Assert.All(
        Recorded(DayAheadLmp.ExPost, "20261001_da_expost_lmp_reduced.csv").GroupBy(r => r.Delivery),
        hour => Assert.InRange(hour.Max(r => r.EnergyUsdPerMwh) - hour.Min(r => r.EnergyUsdPerMwh), 0, 0.0200001));

    [Fact]
    public void Reads_numbers_without_zeros_and_with_two_decimals()
    {
        var dropped = Recorded(DayAheadLmp.ExPost, "20251102_da_expost_lmp_reduced.csv");
        var minn = dropped.Where(r => r.Location.Id == "MINN.HUB").Select(r => r.LmpUsdPerMwh).ToList();
        Assert.Equal([.15, -.37, 1.27], minn[12..15]);
        var fixedDecimals = Recorded(HourlyLmp.Feed, "20260926_rt_lmp_final_reduced.csv");
        Assert.Equal((16.30, -1.57, -1.63, 19.5), Of(fixedDecimals.Where(r => r.Location.Id == "AECI").ElementAt(8)));
        Assert.Equal(2728.25, fixedDecimals.Sum(r => r.LmpUsdPerMwh), 6);
    }

    [Theory]
    [InlineData(2025, 3, 9)]
    [InlineData(2025, 11, 2)]
    public void The_days_of_clock_changes_elsewhere_have_24_hours(int year, int month, int day)
    {
        var rows = Parse(DayAheadLmp.ExPost, Report(new LocalDate(year, month, day))).Rows.Where(r => r.Location.Id == "A").ToList();
        Assert.Equal(24, rows.Count);
        Assert.Equal(Instant.FromUtc(year, month, day, 5, 0), rows[0].Delivery.Start);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
    }

    [Fact]
    public void A_node_without_its_parts_is_a_note_in_a_file_from_a_person_and_a_cut_answer_otherwise()
    {
        var text = Report(Day.Date);
        text = text[..(text.IndexOf("B,Gennode,MLC", StringComparison.Ordinal))];
        var (result, rows) = Parse(DayAheadLmp.ExPost, text);
        Assert.Equal(["x.csv: 1 of 2 nodes lack a part"], result.Notes);
        Assert.All(rows.Where(r => r.Location.Id == "B"), r =>
            Assert.True(double.IsNaN(r.LossUsdPerMwh) && double.IsNaN(r.EnergyUsdPerMwh)));
        Assert.Equal("x.csv: expected MLC of B, found none: the file may be cut", Error(text));
    }

    [Fact]
    public void An_answer_that_ends_inside_a_line_is_a_cut_one()
    {
        var text = Report(Day.Date);
        Assert.Equal("x.csv:11: expected 27 fields as in the header, found 26", Error(text[..text.LastIndexOf(',')].TrimEnd()));
        Assert.EndsWith("expected a line end, found the end of the file: it may be cut", Error(text.TrimEnd()), StringComparison.Ordinal);
        Assert.Equal(Outcome.Data, Parse(DayAheadLmp.ExPost, text.TrimEnd()).Result.Outcome);
    }

    [Fact]
    public void The_blank_line_before_the_clock_may_lack() =>
        Assert.Equal(48, Parse(DayAheadLmp.ExPost, Report(Day.Date).Replace("\n\n", "\n", StringComparison.Ordinal)).Rows.Count);

    [Fact]
    public void An_empty_hour_gives_no_row()
    {
        var text = Report(Day.Date).Replace(",7,", ",,", StringComparison.Ordinal);
        var rows = Parse(DayAheadLmp.ExPost, text).Rows;
        Assert.Equal(46, rows.Count);
        Assert.DoesNotContain(rows, r => r.Delivery.Start == Day.Start + Duration.FromHours(6));
    }

    [Theory]
    [InlineData("HE 24", "HE 25", "expected a column HE 24, found Node,Type,Value,")]
    [InlineData("Value", "Values", "(nearest: Values)")]
    [InlineData("Day Ahead Market ExPost", "Day Ahead Market ExAnte", "x.csv:1: expected a title with DayAheadMarketExPost")]
    [InlineData("03/04/2026", "03/05/2026", "x.csv:2: expected the date 2026-03-04, found 2026-03-05")]
    [InlineData("03/04/2026", "March 4", "x.csv:2: expected a date like 10/01/2026, found 'March 4'")]
    [InlineData("Eastern Standard Time", "Central Time", "expected a line with Eastern Standard Time before it, found none")]
    [InlineData("A,Hub,MCC", "A,Hub,MEC", "expected LMP, MCC or MLC in Value, found 'MEC'")]
    [InlineData(",7,", ",n/a,", "x.csv:6: expected a decimal in HE 7, found 'n/a'")]
    [InlineData("B,Gennode,LMP,1,", "A,Gennode,LMP,9,", "expected one LMP of A for HE 1, found two, 1 and 9")]
    [InlineData("B,Gennode,LMP", ",Gennode,LMP", "x.csv:7: expected a name, found nothing")]
    public void What_is_not_as_documented_fails_by_name(string from, string to, string message) =>
        Assert.Contains(message, Error(Report(Day.Date).Replace(from, to, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_row_that_comes_twice_alike_is_a_note()
    {
        var row = "A,Hub,LMP," + string.Join(',', Enumerable.Range(1, 24));
        var (result, rows) = Parse(DayAheadLmp.ExPost, Report(Day.Date) + row + "\n");
        Assert.Equal((48, "x.csv: 1 rows repeated"), (rows.Count, Assert.Single(result.Notes)));
    }

    [Fact]
    public void A_column_that_nobody_documented_is_a_note()
    {
        var text = Report(Day.Date).Replace("HE 24", "HE 24,Remark", StringComparison.Ordinal)
            .Replace(",24\n", ",24,0\n", StringComparison.Ordinal);
        Assert.Equal(["x.csv: unknown column Remark"], Parse(DayAheadLmp.ExPost, text).Result.Notes);
    }

    [Fact]
    public void A_header_without_rows_is_proven_empty_and_an_empty_file_fails()
    {
        var text = Report(Day.Date);
        var header = text[..(text.IndexOf("HE 24\n", StringComparison.Ordinal) + 6)];
        Assert.Equal(Outcome.ProvenEmpty, Parse(DayAheadLmp.ExPost, header).Result.Outcome);
        Assert.Throws<FeedFormatException>(() => Parse(DayAheadLmp.ExPost, ""));
        Assert.Contains("expected a header Node,Type,Value", Error(text[..45]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_page_with_status_200_is_no_data() =>
        Assert.Equal(Outcome.Unavailable, Parse(DayAheadLmp.ExPost, "<html><title>Sorry</title></html>").Result.Outcome);

    [Theory]
    [InlineData("2026-03-05T12:00:00Z", "/20260304_rt_lmp_prelim.csv")]
    [InlineData("2026-03-10T04:59:59Z", "/20260304_rt_lmp_prelim.csv")]
    [InlineData("2026-03-10T05:00:00Z", "/20260304_rt_lmp_final.csv")]
    [InlineData("2027-01-01T00:00:00Z", "/20260304_rt_lmp_final.csv")]
    public void Final_prices_are_asked_for_five_days_after_the_days_end(string now, string path)
    {
        var asked = NodaTime.Text.InstantPattern.General.Parse(now).Value;
        var request = Assert.Single(HourlyLmp.Feed.Locate(HourlyLmp.Feed.Day(Day.Date), asked));
        Assert.Equal(("miso-reports", path), (request.Site, request.PathAndQuery));
    }

    [Fact]
    public void Preliminary_and_final_files_give_the_same_keys()
    {
        var text = Report(Day.Date).Replace("Day Ahead Market ExPost LMPs", "Realtime Market LMPs", StringComparison.Ordinal);
        var preliminary = Parse(HourlyLmp.Feed, text).Rows;
        var final = Parse(HourlyLmp.Feed, text.Replace(",7,", ",7.50,", StringComparison.Ordinal)).Rows;
        Assert.Equal(preliminary.Select(r => (r.Location, r.Delivery)), final.Select(r => (r.Location, r.Delivery)));
        Assert.Equal(2, preliminary.Zip(final).Count(pair => pair.First != pair.Second));
    }

    private static List<LmpRow> Recorded(Feed<LmpRow> feed, string file) =>
        ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("miso", file))).Rows;

    private static (double, double, double, double) Of(LmpRow row) =>
        (row.LmpUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh, row.EnergyUsdPerMwh);

    private static (ParseResult Result, List<LmpRow> Rows) Parse(Feed<LmpRow> feed, string text) => ParsedFile.RowsOf(feed, "x.csv", text);

    /// <summary>What an answer for the day fails with.</summary>
    private static string Error(string text) => Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
        DayAheadLmp.ExPost, FeedFile.FromBytes("x.csv", Encoding.UTF8.GetBytes(text), Day) with { IsAnswer = true })).Message;

    /// <summary>A synthetic report of two nodes: prices 1 to 24, congestion and loss a tenth and a hundredth of them.</summary>
    private static string Report(LocalDate date)
    {
        var text = new StringBuilder($"Day Ahead Market ExPost LMPs\n{date:MM/dd/uuuu}\n\n");
        text.Append(",,,All Hours-Ending are Eastern Standard Time (EST)\nNode,Type,Value");
        text.Append(string.Concat(Enumerable.Range(1, 24).Select(hour => $",HE {hour}"))).Append('\n');
        foreach (var part in (string[])["LMP", "MCC", "MLC"])
        {
            foreach (var node in (string[])["A,Hub", "B,Gennode"])
            {
                text.Append($"{node},{part},{string.Join(',', Enumerable.Range(1, 24))}\n");
            }
        }

        return text.ToString();
    }
}
