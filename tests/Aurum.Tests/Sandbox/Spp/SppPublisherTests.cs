using NodaTime;

namespace Aurum.Tests.Sandbox.Spp;

/// <summary>What the sandbox's SPP sends has the form of what the publisher sent.</summary>
public sealed class SppPublisherTests
{
    private const string Download = "/file-browser-api/download/";

    private static readonly Instant Later = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Theory]
    [InlineData("DA-LMP-SL-202503190100_trimmed.csv")]
    [InlineData("DA-LMP-SL-202603080100_reduced.csv")]
    [InlineData("DA-LMP-SL-202604120100_reduced.csv")]
    [InlineData("DA-LMP-SL-202610010100_reduced.csv")]
    public void A_day_of_prices_has_the_header_and_the_stamps_of_the_recorded_file(string file)
    {
        var sample = Wire.Lines(Wire.Sample("spp", file));
        var name = file.Split('_')[0] + ".csv";
        var lines = Wire.Lines(Ask($"da-lmp-by-settlement-location?path=/{file[10..14]}/{file[14..16]}/By_Day/{name}", Later));
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(Form(sample[1]), Form(lines[1]));
        var stamps = Wire.Columns(sample, 0, 1);
        Assert.Equal(stamps, Wire.Columns(lines, 0, 1)[..stamps.Length]);
    }

    [Fact]
    public void An_interval_has_the_header_and_the_stamps_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("spp", "RTBM-LMP-SL-202503310840.csv"));
        var lines = Wire.Lines(Ask("rtbm-lmp-by-location?path=/2025/03/By_Interval/31/RTBM-LMP-SL-202503310840.csv", Later));
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(Wire.Columns(sample, 0, 1), Wire.Columns(lines, 0, 1));
        Assert.Equal(Form(sample[1]), Form(lines[1]));
    }

    [Fact]
    public void Energy_is_one_price_for_all_places_of_an_hour_and_the_parts_add_up()
    {
        var rows = Wire.Lines(Ask("da-lmp-by-settlement-location?path=/2025/03/By_Day/DA-LMP-SL-202503190100.csv", Later)).Skip(1)
            .Select(l => l.Split(',')).ToList();
        Assert.All(rows, c => Assert.Equal(decimal.Parse(c[4]), decimal.Parse(c[5]) + decimal.Parse(c[6]) + decimal.Parse(c[7])));
        Assert.All(rows.GroupBy(c => c[0], c => c[7]), hour => Assert.Single(hour.Distinct()));
    }

    [Fact]
    public void In_early_June_2026_files_look_as_if_a_spreadsheet_had_saved_them()
    {
        var lines = Wire.Lines(Ask("da-lmp-by-settlement-location?path=/2026/06/By_Day/DA-LMP-SL-202606040100.csv", Later));
        Assert.Equal("INTERVAL,GMTINTERVALEND,BAA,SETTLEMENT_LOCATION,PNODE,LMP,MLC,MCC,MEC", lines[0]);
        Assert.StartsWith("6/4/2026 1:00,6/4/2026 6:00,SPP,AECI,AECI,", lines[1], StringComparison.Ordinal);
        Assert.Equal("6/5/2026 0:00,6/5/2026 5:00", string.Join(',', lines[^1].Split(',')[..2]));
    }

    [Fact]
    public void The_label_02_comes_twice_when_the_clock_goes_back_and_intervals_of_that_hour_have_a_d()
    {
        var lines = Wire.Lines(Ask("da-lmp-by-bus?path=/2025/11/By_Day/DA-LMP-B-202511020100.csv", Later));
        Assert.Equal(
            [
                "11/02/2025 01:00:00,11/02/2025 06:00:00", "11/02/2025 02:00:00,11/02/2025 07:00:00",
                "11/02/2025 02:00:00,11/02/2025 08:00:00", "11/02/2025 03:00:00,11/02/2025 09:00:00",
            ],
            Wire.Columns(lines, 0, 1)[..4]);
        const string Folder = "rtbm-lmp-by-bus?path=/2025/11/By_Interval/02/RTBM-LMP-B-202511020105";
        Assert.Equal("11/02/2025 01:05:00,11/02/2025 06:05:00", Wire.Columns(Wire.Lines(Ask($"{Folder}.csv", Later)), 0, 1)[0]);
        Assert.Equal("11/02/2025 01:05:00,11/02/2025 07:05:00", Wire.Columns(Wire.Lines(Ask($"{Folder}d.csv", Later)), 0, 1)[0]);
    }

    [Fact]
    public void The_file_of_a_real_time_day_comes_on_the_sixth_day_after_it()
    {
        const string Path = "rtbm-lmp-by-location?path=/2026/07/By_Day/RTBM-LMP-DAILY-SL-20260701.csv";
        var there = Instant.FromUtc(2026, 7, 7, 5, 0);
        Assert.Equal(404, Status(Path, there - Duration.FromSeconds(1)));
        var lines = Wire.Lines(Ask(Path, there));
        Assert.Equal("Interval,GMT Interval,Settlement Location Name,PNODE Name,LMP,MLC,MCC,MEC,BAA", lines[0]);
        Assert.Equal(288, Wire.Columns(lines, 1).Length);
    }

    [Fact]
    public void An_interval_that_has_not_ended_is_not_found()
    {
        const string Path = "rtbm-lmp-by-location?path=/2026/07/By_Interval/01/RTBM-LMP-SL-202607010005.csv";
        var end = Instant.FromUtc(2026, 7, 1, 5, 5);
        Assert.Equal(404, Status(Path, end - Duration.FromSeconds(1)));
        Assert.Equal(200, Status(Path, end));
        Assert.Equal(404, Status("da-lmp-by-settlement-location?path=/2026/07/By_Day/DA-LMP-SL-202607020100.csv", end));
        Assert.Equal(404, Status("no-such-report?path=/2026/07/x.csv", end));
    }

    [Fact]
    public void The_month_of_flows_has_the_header_and_the_form_of_the_recorded_file()
    {
        var text = Wire.Sample("spp", "TieFlows_SWPW_Mar2026.csv");
        var sample = Wire.Lines(text);
        var answer = Ask("historical-tie-flow?path=/TieFlows_SWPW_Mar2026.csv", Later);
        var lines = Wire.Lines(answer);
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(text.Contains("\r\n", StringComparison.Ordinal), answer.Contains("\r\n", StringComparison.Ordinal));
        Assert.Contains(sample[^1].Split(',')[0], Wire.Columns(lines, 0));
    }

    [Fact]
    public void The_chart_of_flows_has_the_stamps_and_the_form_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("spp", "interchange-trend-swpw_asFile_20260402.csv"));
        var now = Instant.FromUtc(2026, 4, 2, 16, 56);
        var lines = Wire.Lines(Wire.Text(Wire.Ask("spp", "/chart-api/interchange-trend-swpw/asFile", now)));
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(Wire.Columns(sample, 0)[..1440], Wire.Columns(lines, 0)[..1440]);
        Assert.Equal(Form(sample[10]), Form(lines[10]));
        Assert.Equal(Form(sample[^1]), Form(lines[^1]));
    }

    [Fact]
    public void Conforming_and_non_conforming_load_are_as_much_as_the_column_of_a_zone_was()
    {
        var wide = Wire.Lines(Ask("hourly-load?path=/2026/DAILY_HOURLY_LOAD-20260324.csv", Later));
        var rows = Wire.Lines(Ask("hourly-load?path=/2026/DAILY_HOURLY_LOAD-20260325.csv", Later));
        Assert.StartsWith("MarketHour, CSWS, EDE,", wide[0], StringComparison.Ordinal);
        Assert.Equal("Market Hour,Balancing Area Name,Control Zone Name,Forecast Area Type,Load MW", rows[0]);
        Assert.Equal("03/24/2026 06:00:00", wide[1].Split(',')[0]);
        Assert.Equal(["CF", "NC"], Wire.Columns(rows, 3));
        var zone = Array.IndexOf(wide[0].Split(','), " KCPL");
        var before = decimal.Parse(wide[^1].Split(',')[zone]);
        var after = rows.Where(r => r.StartsWith("03/25/2026 06:00:00,SPP,KCPL,", StringComparison.Ordinal))
            .Sum(r => decimal.Parse(r.Split(',')[4]));
        Assert.InRange(after / before, 0.9m, 1.1m);
    }

    private static int Status(string file, Instant now) => Wire.Ask("spp", Download + file, now).Status;

    private static string Ask(string file, Instant now)
    {
        var response = Wire.Ask("spp", Download + file, now);
        Assert.Equal(200, response.Status);
        return Wire.Text(response);
    }

    /// <summary>Numbers become 9 with as many decimals, names become a, so that lines of one form are equal.</summary>
    private static string Form(string line) => string.Join(',', line.Split(',').Select(cell =>
        cell.Length > 0 && char.IsAsciiLetter(cell[0]) ? "a"
        : System.Text.RegularExpressions.Regex.Replace(cell, @"^-?\d+(?=\.|$)", "9") is ['9', '.', .. var decimals]
            ? "9." + new string('9', decimals.Length)
            : System.Text.RegularExpressions.Regex.Replace(cell, @"-?\d+", "9")));
}
