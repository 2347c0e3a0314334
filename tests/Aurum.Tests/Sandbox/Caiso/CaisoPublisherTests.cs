using System.Text.RegularExpressions;
using System.Xml.Linq;
using NodaTime;

namespace Aurum.Tests.Sandbox.Caiso;

/// <summary>What the sandbox's CAISO sends has the form of what the publisher sent.</summary>
public sealed class CaisoPublisherTests
{
    private const string AutumnDay = "startdatetime=20251102T07:00-0000&enddatetime=20251103T08:00-0000";
    private static readonly Instant Later = Instant.FromUtc(2025, 11, 4, 0, 0);

    [Fact]
    public void Prices_have_the_header_the_order_and_the_numbers_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("caiso", "20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv"));
        var (name, text) = Ask("PRC_LMP", "DAM", "version=12&resultformat=6&node=TH_NP15_GEN-APND,DLAP_SCE-APND");
        var lines = Wire.Lines(text);
        Assert.Matches(@"^20251102_20251103_PRC_LMP_DAM_\d{8}_\d\d_\d\d_\d\d_v12\.csv$", name);
        Assert.DoesNotContain('\r', text);
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(
            ["LMP,LMP_PRC,1,1", "MCC,LMP_CONG_PRC,1,2", "MCE,LMP_ENE_PRC,1,3", "MCL,LMP_LOSS_PRC,1,4"],
            Wire.Columns(sample, 9, 10, 13, 15));
        Assert.Equal(
            ["LMP,LMP_PRC,1,1", "MCC,LMP_CONG_PRC,1,2", "MCE,LMP_ENE_PRC,1,3", "MCL,LMP_LOSS_PRC,1,4", "MGHG,LMP_GHG_PRC,1,5"],
            Wire.Columns(lines, 9, 10, 13, 15).Take(5));
        Assert.Equal(1 + (2 * 5 * 25), lines.Length);
        var form = @"^\d{4}-\d\d-\d\dT\d\d:00:00-00:00,\d{4}-\d\d-\d\dT\d\d:00:00-00:00,\d{4}-\d\d-\d\d,\d{1,2},0,([^,]+),\1,\1,DAM,"
            + @"(LMP|MC[CEL]|MGHG),LMP_(CONG_|ENE_|LOSS_|GHG_)?PRC,\1,ALL,1,(0|-?(0|[1-9]\d*)(\.\d{0,4}[1-9])?),\d+$";
        Assert.All(sample.Skip(1), line => Assert.Matches(form, line));
        Assert.All(lines.Skip(1), line => Assert.Matches(form, line));
    }

    [Fact]
    public void The_hour_that_comes_twice_is_operating_hour_25_as_recorded()
    {
        var sample = Wire.Lines(Wire.Sample("caiso", "SLD_FCST_ACTUAL_20251102_reduced.csv"));
        var lines = Wire.Lines(Ask("SLD_FCST", "ACTUAL", "version=1&resultformat=6").Text);
        Assert.Equal(sample[0], lines[0]);
        var hours = Wire.Columns(lines, 0, 1, 3, 4);
        Assert.Equal(25, hours.Length);
        Assert.Superset(Wire.Columns(sample, 0, 1, 3, 4).ToHashSet(), hours.ToHashSet());
        Assert.Contains("2025-11-02T09:00:00-00:00,2025-11-02T10:00:00-00:00,2025-11-02,25", hours);
        Assert.Superset(Wire.Columns(sample, 2, 5, 6, 8, 9, 10, 12).ToHashSet(), Wire.Columns(lines, 2, 5, 6, 8, 9, 10, 12).ToHashSet());
    }

    [Fact]
    public void Rows_of_a_group_are_in_no_order_of_time()
    {
        var hours = Wire.Lines(Ask("PRC_LMP", "DAM", "version=12&resultformat=6&node=TH_NP15_GEN-APND").Text).Skip(1).Take(25)
            .Select(l => l.Split(',')[0]).ToArray();
        Assert.NotEqual(hours.Order(StringComparer.Ordinal), hours);
    }

    [Fact]
    public void The_spring_day_lacks_operating_hour_3()
    {
        var (_, text) = Ask("PRC_LMP", "DAM", "resultformat=6&node=TH_NP15_GEN-APND",
            "startdatetime=20250309T08:00-0000&enddatetime=20250310T07:00-0000");
        var hours = Wire.Columns(Wire.Lines(text), 3).Select(int.Parse).Order().ToArray();
        Assert.Equal([1, 2, .. Enumerable.Range(4, 21)], hours);
    }

    [Fact]
    public void Seven_day_forecasts_have_the_labels_and_positions_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("caiso", "20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip"));
        var lines = Wire.Lines(Ask("SLD_FCST", "7DA", "version=1&resultformat=6").Text);
        Assert.Equal(sample[0], lines[0]);
        Assert.Subset(Wire.Columns(sample, 2, 5, 6, 7, 8, 9, 10, 12).ToHashSet(),
            Wire.Columns(lines, 2, 5, 6, 7, 8, 9, 10, 12).ToHashSet());
    }

    [Fact]
    public void System_schedules_have_the_twenty_groups_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("caiso", "20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv"));
        var lines = Wire.Lines(Ask("ENE_SLRS", "DAM", "version=1&resultformat=6").Text);
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(Wire.Columns(sample, 2, 5, 6, 7, 8, 9, 10, 12), Wire.Columns(lines, 2, 5, 6, 7, 8, 9, 10, 12));
    }

    [Theory]
    [InlineData("ENE_SLRS", "ENE_SLRS.zip")]
    [InlineData("SLD_REN_FCST", "SLD_REN_FCST.zip")]
    public void Xml_has_the_elements_of_the_recorded_file_in_the_same_order(string query, string file)
    {
        var sample = XDocument.Parse(Wire.Sample("caiso", file));
        var (name, text) = Ask(query, "DAM", "version=1");
        var document = XDocument.Parse(text);
        Assert.EndsWith(".xml", name, StringComparison.Ordinal);
        Assert.Equal(Form(sample, "REPORT_DATA"), Form(document, "REPORT_DATA"));
        Assert.Equal(Form(sample, "REPORT_HEADER"), Form(document, "REPORT_HEADER"));
        Assert.Equal(Outer(sample), Outer(document));
        Assert.Equal(
            sample.Descendants().First(e => e.Name.LocalName == "DISCLAIMER").Value,
            document.Descendants().First(e => e.Name.LocalName == "DISCLAIMER").Value);

        static string[] Form(XDocument xml, string name) =>
            xml.Descendants().Where(e => e.Name.LocalName == name).Select(e => string.Join(',', e.Elements().Select(c => c.Name)))
                .Distinct().ToArray();
        static string[] Outer(XDocument xml) => xml.Descendants().Where(e => e.Ancestors().Count() < 4)
            .Select(e => e.Name.ToString()).Distinct().ToArray();
    }

    [Fact]
    public void What_is_not_published_is_the_recorded_error_document()
    {
        var (name, text) = Ask("SLD_REN_FCST", "DAM", "version=1&resultformat=6", now: Instant.FromUtc(2025, 10, 30, 0, 0));
        Assert.EndsWith(".xml", name, StringComparison.Ordinal);
        Assert.Equal(WithoutStamp(Wire.Sample("caiso", "SLD_REN_FCST_no_data_ERR1000.xml")), WithoutStamp(text));

        static string WithoutStamp(string xml) => Regex.Replace(xml, @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "stamp").TrimEnd();
    }

    [Fact]
    public void Day_ahead_prices_appear_at_one_in_the_afternoon_of_the_day_before()
    {
        var one = Instant.FromUtc(2025, 11, 1, 20, 0);
        Assert.EndsWith(".xml", Ask("PRC_LMP", "DAM", "resultformat=6&node=TH_NP15_GEN-APND",
            now: one - Duration.FromSeconds(1)).Name, StringComparison.Ordinal);
        Assert.EndsWith(".csv", Ask("PRC_LMP", "DAM", "resultformat=6&node=TH_NP15_GEN-APND", now: one).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void All_nodes_are_more_than_the_hubs_and_a_node_ends_and_begins_with_its_day()
    {
        var places = Wire.Network.World.CaisoPlaces;
        var all = Wire.Columns(Wire.Lines(Ask("PRC_LMP", "DAM", "resultformat=6&grp_type=ALL").Text), 7);
        Assert.Equal(places.Count(p => p.IsActive(new LocalDate(2025, 11, 2))), all.Length);
        Assert.Contains(places, p => p.From is not null);
        var retired = places.Single(p => p.Until is not null);
        Assert.Contains(retired.Id, all);
        var later = Ask(
            "PRC_LMP", "DAM", "resultformat=6&grp_type=ALL", "startdatetime=20260301T08:00-0000&enddatetime=20260302T08:00-0000",
            Instant.FromUtc(2026, 3, 3, 0, 0));
        Assert.DoesNotContain(retired.Id, Wire.Columns(Wire.Lines(later.Text), 7));
    }

    [Theory]
    [InlineData("/oasisapi/SingleZip?queryname=NO_SUCH&market_run_id=DAM&" + AutumnDay)]
    [InlineData("/oasisapi/SingleZip?queryname=PRC_HASP_LMP&market_run_id=HASP&" + AutumnDay)]
    [InlineData("/oasisapi/SingleZip?queryname=PRC_LMP&market_run_id=DAM&startdatetime=20251102&enddatetime=20251103")]
    public void A_request_that_cannot_be_answered_is_an_invalid_request_document(string path)
    {
        var (name, text) = Wire.Unzip(Wire.Ask("caiso", path, Later).Body);
        Assert.Equal("INVALID_REQUEST.xml", name);
        Assert.Contains("<m:ERR_CODE>100", text, StringComparison.Ordinal);
    }

    private static (string Name, string Text) Ask(string query, string run, string more, string span = AutumnDay, Instant? now = null)
    {
        var response = Wire.Ask("caiso", $"/oasisapi/SingleZip?queryname={query}&market_run_id={run}&{span}&{more}", now
            ?? (Later + Duration.FromDays(150)));
        Assert.Equal(200, response.Status);
        Assert.StartsWith("inline; filename=", response.Header("Content-Disposition"), StringComparison.Ordinal);
        return Wire.Unzip(response.Body);
    }
}
