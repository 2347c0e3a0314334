using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Pjm;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Sources.Pjm;

/// <summary>Prices, made by hand in the forms of the API, of its download mode and of the web page's export.</summary>
public sealed class PjmPricesTests
{
    private const string CsvHead =
        "datetime_beginning_utc,datetime_beginning_ept,pnode_id,pnode_name,voltage,equipment,type,zone,system_energy_price_da,"
        + "total_lmp_da,congestion_price_da,marginal_loss_price_da,row_is_current,version_nbr\r\n";

    private const string Csv = CsvHead
        + "6/10/2026 4:00:00 AM,6/10/2026 12:00:00 AM,1,PJM-RTO,,,ZONE,,21.26,21.024537,-0.342860,0.107397,True,1\r\n"
        + "6/10/2026 4:00:00 AM,6/10/2026 12:00:00 AM,48592,ALDENE  ,230 KV,T-10,LOAD,PSEG,21.26,-5.5,-26.76,0,True,1\r\n";

    [Fact]
    public void A_CSV_export_and_a_bare_array_give_the_same_rows()
    {
        var json = $"[{Item("2026-06-10T04:00:00", 1, "PJM-RTO", "ZONE", "21.024537", "-0.342860", "0.107397")},"
            + $"{Item("2026-06-10T04:00:00", 48592, "ALDENE  ", "LOAD", "-5.5", "-26.76", "0.0")}]";
        var (_, fromCsv) = Parse(Csv);
        var (_, fromJson) = Parse(json);

        Assert.Equal(fromCsv, fromJson);
        Assert.Equal(["PJM-RTO SYSTEM PJM-RTO 1", "ALDENE 48592 NODE ALDENE 230 KV T-10 48592"],
            fromCsv.Select(r => r.Location).Select(l => $"{l.Id} {l.Type.ToString().ToUpperInvariant()} {l.Name} {l.PublisherId}"));
        Assert.Equal((21.26, 21.024537, -0.34286, 0.107397), Parts(fromCsv[0]));
        Assert.Equal(Instant.FromUtc(2026, 6, 10, 4, 0), fromCsv[0].Delivery.Start);
        Assert.Equal(60, fromCsv[0].Delivery.Minutes);
        Assert.True(double.IsNaN(fromCsv[0].GhgUsdPerMwh));
    }

    [Fact]
    public void Reads_the_23_hour_day_of_March_2026()
    {
        var day = DayAheadLmp.Feed.Day(new LocalDate(2026, 3, 8));
        var (_, rows) = Parse(HoursOf(day.Start, 23));
        Assert.Equal(23, rows.Count(r => day.Contains(r.Delivery)));
        Assert.Equal((day.Start, day.End), (rows[0].Delivery.Start, rows[^1].Delivery.End));
    }

    [Fact]
    public void Reads_the_25_hour_day_of_November_2025_whose_Eastern_hour_stands_twice()
    {
        var day = DayAheadLmp.Feed.Day(new LocalDate(2025, 11, 2));
        var text = HoursOf(day.Start, 25);
        Assert.Equal(2, text.Split("11/2/2025 1:00:00 AM,1,").Length - 1);
        var (_, rows) = Parse(text);
        Assert.Equal(25, rows.Select(r => r.Delivery).Distinct().Count(day.Contains));
        Assert.Equal((day.Start, day.End), (rows[0].Delivery.Start, rows[^1].Delivery.End));
    }

    [Fact]
    public void A_row_that_is_no_longer_current_is_left_out_and_said()
    {
        var text = Csv.Replace("0.107397,True,1\r\n", "0.107397,False,1\r\n", StringComparison.Ordinal)
            + "6/10/2026 4:00:00 AM,6/10/2026 12:00:00 AM,1,PJM-RTO,,,ZONE,,21.26,22.5,1.24,0,True,2\r\n";
        var (result, rows) = Parse(text);
        Assert.Equal([-5.5, 22.5], rows.Select(r => r.LmpUsdPerMwh));
        Assert.Equal(["x.csv: 1 rows of superseded versions left out"], result.Notes);
    }

    [Fact]
    public void A_version_that_is_neither_true_nor_false_is_refused() => Assert.Equal(
        "x.csv:2: expected True or False in row_is_current, found 'Y'",
        Fails(Csv.Replace("0.107397,True,1", "0.107397,Y,1", StringComparison.Ordinal)));

    [Fact]
    public void Verified_prices_without_their_energy_part_are_refused_and_unverified_ones_have_none()
    {
        var renamed = Csv.Replace("system_energy_price_da", "energy_price_da", StringComparison.Ordinal);
        Assert.Contains("expected a column system_energy_price_da", Fails(renamed), StringComparison.Ordinal);

        var (result, rows) = ParsedFile.RowsOf(RealTimeLmp.Feed, "x.json", """
            [{"datetime_beginning_utc":"2026-06-10T04:05:00","pnode_id":51288,"pnode_name":"WESTERN HUB","type":"HUB","total_lmp_rt":30.1,
            "congestion_price_rt":1.0,"marginal_loss_price_rt":null}]
            """);
        var row = Assert.Single(rows);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(
            ("WESTERN HUB", LocationType.Hub, 5, 30.1), (row.Location.Id, row.Location.Type, row.Delivery.Minutes, row.LmpUsdPerMwh));
        Assert.True(double.IsNaN(row.EnergyUsdPerMwh) && double.IsNaN(row.LossUsdPerMwh));
    }

    [Fact]
    public void An_unknown_price_is_refused_and_a_cut_answer_too()
    {
        Assert.Equal("x.csv:2: expected a decimal in total_lmp_da, found ''",
            Fails(Csv.Replace("21.024537", "", StringComparison.Ordinal)));
        var cut = FeedFile.FromBytes("x.csv", System.Text.Encoding.UTF8.GetBytes(Csv.TrimEnd())) with { IsAnswer = true };
        Assert.Equal(
            "x.csv:3: expected a line end, found the end of the file: it may be cut",
            Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Feed, cut)).Message);
    }

    [Fact]
    public void Hourly_and_five_minute_files_are_told_apart_by_name_link_or_stamps()
    {
        Assert.Equal("pjm/real-time-lmp-hourly", FeedOf("rt_hrl_lmps.csv", "4:00:00"));
        Assert.Equal("pjm/real-time-lmp", FeedOf("rt_fivemin_hrl_lmps.csv", "4:00:00"));
        Assert.Equal("pjm/real-time-lmp", FeedOf("x.csv", "4:05:00"));
        Assert.Equal("pjm/real-time-lmp-hourly", FeedOf("x.csv", "4:00:00"));

        static string FeedOf(string name, string time)
        {
            var text = Csv.Replace("_da", "_rt", StringComparison.Ordinal).Replace("4:00:00", time, StringComparison.Ordinal);
            var found = Aurum.Sources.FeedDetection.Detect(FeedFile.FromBytes(name, System.Text.Encoding.UTF8.GetBytes(text)));
            Assert.Empty(found.Also);
            return found.Feed!.Id.Text;
        }
    }

    private static string HoursOf(Instant start, int hours)
    {
        var stamp = ZonedDateTimePattern.CreateWithInvariantCulture("M/d/uuuu h:mm:ss tt", null);
        return CsvHead + string.Concat(Enumerable.Range(0, hours).Select(n => start + Duration.FromHours(n)).Select(at =>
            string.Create(CultureInfo.InvariantCulture, $"{stamp.Format(at.InUtc())},{stamp.Format(at.InZone(DayAheadLmp.Feed.Zone))},")
            + "1,PJM-RTO,,,ZONE,,20,20,0,0,True,1\r\n"));
    }

    private static string Item(string utc, int id, string name, string type, string total, string congestion, string loss) => $$"""
        {"datetime_beginning_utc":"{{utc}}","pnode_id":{{id}},"pnode_name":"{{name}}",
        "voltage":{{(id == 1 ? "null" : "\"230 KV\"")}},"equipment":{{(id == 1 ? "null" : "\"T-10\"")}},"type":"{{type}}",
        "system_energy_price_da":21.26,"total_lmp_da":{{total}},"congestion_price_da":{{congestion}},
        "marginal_loss_price_da":{{loss}},"row_is_current":true,"version_nbr":1}
        """;

    private static (double Energy, double Total, double Congestion, double Loss) Parts(LmpRow row) =>
        (row.EnergyUsdPerMwh, row.LmpUsdPerMwh, row.CongestionUsdPerMwh, row.LossUsdPerMwh);

    private static (ParseResult Result, List<LmpRow> Rows) Parse(string text) => ParsedFile.RowsOf(DayAheadLmp.Feed, "x.csv", text);

    private static string Fails(string text) => Assert.Throws<FeedFormatException>(() => Parse(text)).Message;
}
