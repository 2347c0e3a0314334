using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Nyiso;

namespace Aurum.Tests.Sources.Nyiso;

/// <summary>Synthetic files: no recording of a running day exists.</summary>
public sealed class LookAheadRowsTests
{
    private const string Header =
        "Time Stamp,Name,PTID,LBMP ($/MWHr),Marginal Cost Losses ($/MWHr),Marginal Cost Congestion ($/MWHr)\n";

    [Fact]
    public void Quarter_hours_after_the_dispatched_rows_of_the_running_day_are_left_out()
    {
        var (result, rows) = Read("10:00 10:05 10:15 10:30 10:45 11:00");
        Assert.Equal(["14:00", "14:05"], Ends(rows));
        Assert.Equal(["x.csv: 8 look-ahead rows of the running day left out, up to 2026-07-01T15:00:00Z"], result.Notes);
    }

    [Fact]
    public void The_first_quarter_hour_goes_too_for_it_may_be_look_ahead() =>
        Assert.Equal(["14:05", "14:10"], Ends(Read("10:05 10:10 10:15 10:30 10:45").Rows));

    [Theory]
    [InlineData("00:15 00:30 00:45", 3)]
    [InlineData("10:05 10:10 10:15 10:30", 4)]
    [InlineData("10:05 10:10 10:20 10:25", 4)]
    [InlineData("10:00 10:15 10:30 10:35 10:40", 5)]
    [InlineData("23:50 23:55", 2)]
    public void Nothing_is_left_out_without_dispatch_before_and_two_quarter_hours_at_the_end(string stamps, int count) =>
        Assert.Equal(count, Ends(Read(stamps).Rows).Length);

    [Fact]
    public void A_file_grouped_by_name_is_passed_on_whole()
    {
        var text = new StringBuilder(Header);
        foreach (var name in (string[])["WEST", "NORTH"])
        {
            foreach (var stamp in (string[])["10:00", "10:05", "10:15", "10:30", "10:45"])
            {
                text.Append($"07/01/2026 {stamp}:00,{name},1,30,1,0\n");
            }
        }

        Assert.Equal(10, ParsedFile.RowsOf(RealTimeLmp.Zone, "x.csv", text.ToString()).Rows.Count);
    }

    private static (ParseResult Result, List<LmpRow> Rows) Read(string stamps)
    {
        var text = new StringBuilder(Header);
        foreach (var stamp in stamps.Split(' '))
        {
            text.Append($"07/01/2026 {stamp}:00,NORTH,61755,30,1,0\n07/01/2026 {stamp}:00,WEST,61752,30,1,0\n");
        }

        return ParsedFile.RowsOf(RealTimeLmp.Zone, "x.csv", text.ToString());
    }

    private static string[] Ends(List<LmpRow> rows) =>
        [.. rows.Where(r => r.Location.Id == "WEST").Select(r => $"{r.Delivery.End.InUtc().LocalDateTime:HH:mm}")];
}
