using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Sources.Nyiso;
using NodaTime;

namespace Aurum.Tests.Sources.Nyiso;

public sealed class LbmpTests
{
    // Synthetic rows in the forms that NYISO's recorded files have.
    private const string Header =
        "Time Stamp,Name,PTID,LBMP ($/MWHr),Marginal Cost Losses ($/MWHr),Marginal Cost Congestion ($/MWHr)\n";

    [Fact]
    public void Reads_a_full_day_of_zonal_prices()
    {
        var rows = Recorded(DayAheadLmp.Zone, "20260923damlbmp_zone.csv");
        Assert.Equal(12745.47, rows.Sum(r => r.LmpUsdPerMwh), 6);
        Assert.Equal(148.78, rows.Sum(r => r.LossUsdPerMwh), 6);
        Assert.Equal(-84.24, rows.Sum(r => r.CongestionUsdPerMwh), 6);
        var pjm = rows[^2];
        Assert.Equal(("PJM", LocationType.Interface, "61847"), (pjm.Location.Id, pjm.Location.Type, pjm.Location.PublisherId));
        Assert.Equal(new LmpRow(pjm.Location, pjm.Delivery, 28.97, 33.94, -4.43, -0.54, double.NaN), pjm);
        Assert.Equal(4, rows.Select(r => r.Location).Distinct().Count(place => place.Type == LocationType.Interface));
        Assert.Equal(11, rows.Select(r => r.Location).Distinct().Count(place => place.Type == LocationType.Zone));
    }

    [Theory]
    [InlineData("20260923damlbmp_zone.csv")]
    [InlineData("20251102rtlbmp_zone_reduced.csv")]
    [InlineData("20250309damlbmp_zone_reduced.csv")]
    [InlineData("20251102realtime_zone_reduced.csv")]
    [InlineData("lmp_20160218_realtime_zone_reduced.csv")]
    public void Energy_congestion_and_loss_add_up_and_energy_is_one_price_for_all_zones(string file)
    {
        var rows = Recorded(FeedOf(file), file);
        Assert.All(rows, r => Assert.Equal(r.LmpUsdPerMwh, r.EnergyUsdPerMwh + r.CongestionUsdPerMwh + r.LossUsdPerMwh, 6));

        // Only with the congestion sign turned is the rest of every zone's price the same energy price, up to rounded cents.
        Assert.All(rows.GroupBy(r => r.Delivery), hour =>
            Assert.InRange(hour.Max(r => r.EnergyUsdPerMwh) - hour.Min(r => r.EnergyUsdPerMwh), 0, 0.0201));
    }

    [Fact]
    public void Reads_the_23_hour_day_of_March_2025()
    {
        var rows = Recorded(DayAheadLmp.Zone, "20250309damlbmp_zone_reduced.csv");
        var hours = rows.Select(r => r.Delivery).Distinct().Order().ToList();
        Assert.Equal(23, hours.Count);
        Assert.Equal(Instant.FromUtc(2025, 3, 9, 5, 0), hours[0].Start);
        Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Fact]
    public void Reads_the_25_hour_day_of_November_2025_by_file_order()
    {
        var west = Recorded(HourlyLmp.Zone, "20251102rtlbmp_zone_reduced.csv").Where(r => r.Location.Id == "WEST").ToList();
        Assert.Equal(25, west.Count);
        Assert.Equal((Instant.FromUtc(2025, 11, 2, 5, 0), 54.28), (west[1].Delivery.Start, west[1].LmpUsdPerMwh));
        Assert.Equal((Instant.FromUtc(2025, 11, 2, 6, 0), 35.99), (west[2].Delivery.Start, west[2].LmpUsdPerMwh));
        Assert.All(west.Zip(west.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
    }

    [Fact]
    public void The_day_ahead_hour_that_comes_twice_is_first_50_72_and_then_48_63_in_WEST()
    {
        // The two prices are those reported of 20251102damlbmp_zone; the file itself is not among the samples.
        var (_, rows) = ParsedFile.RowsOf(
            DayAheadLmp.Zone,
            "20251102damlbmp_zone.csv",
            Header + "11/02/2025 01:00,WEST,61752,50.72,-0.50,0.00\n11/02/2025 01:00,WEST,61752,48.63,-0.60,0.00\n");
        Assert.Equal([50.72, 48.63], rows.Select(r => r.LmpUsdPerMwh));
        Assert.Equal([5, 6], rows.Select(r => r.Delivery.Start.InUtc().Hour));
    }

    [Fact]
    public void Five_minute_stamps_name_the_end_of_their_interval()
    {
        var rows = Recorded(RealTimeLmp.Zone, "20251102realtime_zone_reduced.csv");
        Assert.Equal("2025-11-02T04:00:00Z/2025-11-02T04:05:00Z", rows[0].Delivery.ToString());
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
        Assert.Equal((49.23, Instant.FromUtc(2025, 11, 2, 6, 0)), (rows[23].LmpUsdPerMwh, rows[23].Delivery.End));
        Assert.Equal(2953.18, rows.Sum(r => r.LmpUsdPerMwh), 6);
    }

    [Fact]
    public void The_last_stamp_of_a_five_minute_file_is_midnight_of_the_next_day()
    {
        var text = new StringBuilder(Header);
        for (var minute = 5; minute <= 1440; minute += 5)
        {
            var stamp = new LocalDateTime(2026, 7, 1, 0, 0).PlusMinutes(minute);
            text.Append($"{stamp:MM'/'dd'/'uuuu HH':'mm':'ss},CAPITL,61757,30.00,1.00,0.00\n");
        }

        var (result, rows) = ParsedFile.RowsOf(RealTimeLmp.Zone, "20260701realtime_zone.csv", text.ToString());
        var day = new OperatingDay(new LocalDate(2026, 7, 1), MarketZones.Eastern);
        Assert.Equal((Outcome.Data, 288), (result.Outcome, rows.Count));
        Assert.Equal((day.Start, day.End), (rows[0].Delivery.Start, rows[^1].Delivery.End));
        Assert.All(rows, r => Assert.True(day.Contains(r.Delivery)));
    }

    [Theory]
    [InlineData("Marginal Cost Congestion ($/MWHr)")]
    [InlineData("Marginal Cost Congestion ($/MWH")]
    [InlineData("\"Marginal Cost Congestion ($/MWH\"")]
    public void The_congestion_column_is_known_whole_and_cut_off(string name)
    {
        var header = $"Time Stamp,Name,PTID,LBMP ($/MWHr),Marginal Cost Losses ($/MWHr),{name}\r\n";
        var text = header + "07/01/2010 00:00,WEST,61752,40.00,-2.00,-1.50\r\n";
        var (_, rows) = ParsedFile.RowsOf(DayAheadLmp.Zone, "x.csv", text);
        Assert.Equal((1.5, 40.5), (rows[0].CongestionUsdPerMwh, rows[0].EnergyUsdPerMwh));
    }

    [Fact]
    public void Generators_neighbours_and_the_reference_bus_are_told_apart()
    {
        var (_, rows) = ParsedFile.RowsOf(
            DayAheadLmp.Generator,
            "20260923damlbmp_gen.csv",
            Header
                + "09/23/2026 00:00,59TH STREET_GT_1,24138,35.00,1.20,0.00\n"
                + "09/23/2026 00:00,NYISO_LBMP_REFERENCE,24008,33.80,0.00,0.00\n"
                + "09/23/2026 00:00,PJM_GEN_KEYSTONE,24065,31.00,-0.50,1.00\n");
        Assert.Equal([LocationType.Node, LocationType.System, LocationType.Interface], rows.Select(r => r.Location.Type));
        Assert.Equal("24138", rows[0].Location.PublisherId);
    }

    [Theory]
    [InlineData("20260101damlbmp_gen.csv", Header, "09/23/2026 00:00,A,1,1,0,0", "nyiso/day-ahead-lmp-generator")]
    [InlineData("20260101realtime_gen_csv.csv", Header, "09/23/2026 00:00,A,1,1,0,0", "nyiso/real-time-lmp-generator")]
    [InlineData("20260101rtlbmp_gen.csv", Header, "09/23/2026 00:00,A,1,1,0,0", "nyiso/hourly-lmp-generator")]
    [InlineData("a.csv", Header, "09/23/2026 00:00,WEST,61752,1,0,0", "nyiso/day-ahead-lmp-zone")]
    [InlineData("a.csv", Header, "09/23/2026 00:00,A,1,1,0,0", "nyiso/day-ahead-lmp-generator")]
    public void A_file_is_known_by_its_name_or_else_by_its_form(string name, string header, string row, string feed)
    {
        var head = new FileHead(name, name, header + row);
        Assert.Equal([feed], FeedCatalog.All.Where(f => f.Recognizes(head)).Select(f => f.Id.Text));
    }

    [Fact]
    public void A_quoted_file_without_a_name_is_known_by_its_seconds()
    {
        var quoted = $"\"{Header.TrimEnd().Replace(",", "\",\"", StringComparison.Ordinal)}\"\n";
        var fiveMinutes = new FileHead("a.csv", "a.csv", quoted + "\"11/02/2025 00:05:00\",\"WEST\",61752,1,0,0\n");
        var hourly = new FileHead("a.csv", "a.csv", quoted + "\"11/02/2025 00:00\",\"WEST\",61752,1,0,0\n");
        Assert.Equal([RealTimeLmp.Zone], FeedCatalog.All.Where(f => f.Recognizes(fiveMinutes)));
        Assert.Equal([HourlyLmp.Zone], FeedCatalog.All.Where(f => f.Recognizes(hourly)));
    }

    [Theory]
    [InlineData("11/02/2025 00:00,WEST,61752,n/a,0,0", "x.csv:2: expected a decimal in LBMP ($/MWHr), found 'n/a'")]
    [InlineData(
        "13/02/2025 00:00,WEST,61752,1,0,0",
        "x.csv:2: expected a time like 11/02/2025 01:05 in Time Stamp, found '13/02/2025 00:00'")]
    [InlineData(
        "11/02/2025 24:00,WEST,61752,1,0,0",
        "x.csv:2: expected a time like 11/02/2025 01:05 in Time Stamp, found '11/02/2025 24:00'")]
    [InlineData("11/02/2025 00:00,WEST,61752,1,0", "x.csv:2: expected 6 fields as in the header, found 5")]
    [InlineData("11/02/2025 00:00,,61752,1,0,0", "x.csv:2: expected a name, found nothing")]
    [InlineData(
        "03/09/2025 02:00,WEST,61752,1,0,0",
        "x.csv:2: expected a time that the clock in New York shows, found 2025-03-09 02:00:00 of WEST (Zone) does not exist in "
            + "America/New_York: the clock jumps ahead that day.")]
    public void A_bad_row_fails_with_file_line_and_what_was_expected(string row, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Zone, "x.csv", Header + row + "\n"));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_renamed_column_fails_by_name()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            DayAheadLmp.Zone, "x.csv", Header.Replace("LBMP ($/MWHr)", "Price ($/MWHr)", StringComparison.Ordinal)));
        Assert.StartsWith(
            "x.csv:1: expected a column LBMP ($/MWHr) or LBMP ($/MWH), found ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_column_is_a_note_and_no_failure()
    {
        var header = Header.Replace("\n", ",Scarcity\n", StringComparison.Ordinal);
        var (result, rows) = ParsedFile.RowsOf(DayAheadLmp.Zone, "x.csv", header + "11/03/2025 00:00,WEST,61752,1,0,0,9\n");
        Assert.Single(rows);
        Assert.Equal(["x.csv: unknown column Scarcity"], result.Notes);
    }

    private static Feed<LmpRow> FeedOf(string file) =>
        file.Contains("damlbmp", StringComparison.Ordinal) ? DayAheadLmp.Zone
        : file.Contains("rtlbmp", StringComparison.Ordinal) ? HourlyLmp.Zone
        : RealTimeLmp.Zone;

    private static List<LmpRow> Recorded(Feed<LmpRow> feed, string file) =>
        ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("nyiso", file))).Rows;
}
