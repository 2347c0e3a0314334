using System.Text.RegularExpressions;
using System.Xml.Linq;
using Aurum.Sandbox.Faults;
using NodaTime;

namespace Aurum.Tests.Sandbox.Ieso;

/// <summary>What the sandbox's IESO sends has the form of what the publisher sent.</summary>
public sealed class IesoPublisherTests
{
    private static readonly LocalDate Day = new(2026, 6, 30);

    [Theory]
    [InlineData("PUB_DAHourlyEnergyLMP.csv", "DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv", 2, "\r\n")]
    [InlineData("PUB_Demand.csv", "Demand/PUB_Demand_2026.csv", 4, "\n")]
    [InlineData("PUB_DemandZonal.csv", "DemandZonal/PUB_DemandZonal_2026.csv", 4, "\n")]
    public void Csv_reports_have_the_lines_before_the_rows_and_the_form_of_the_recorded_ones(
        string sample, string path, int headLines, string end)
    {
        var text = Ask(path);
        var (recorded, found) = (Wire.Lines(Wire.Sample("ieso", sample)), Wire.Lines(text));
        for (var i = 0; i <= headLines; i++)
        {
            Assert.Equal(Form(recorded[i]), Form(found[i]));
        }

        Assert.Equal(end == "\r\n", text.Contains("\r\n", StringComparison.Ordinal));
        Assert.EndsWith(end, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUB_DAHourlyOntarioZonalPrice.xml", "DAHourlyOntarioZonalPrice/PUB_DAHourlyOntarioZonalPrice_20260630.xml")]
    [InlineData("PUB_RealtimeOntarioZonalPrice.xml", "RealtimeOntarioZonalPrice/PUB_RealtimeOntarioZonalPrice_2026063001.xml")]
    [InlineData("full_RealtimeConstTotals_2017070101.xml", "RealtimeTotals/PUB_RealtimeTotals_2026063001.xml")]
    [InlineData("full_PredispConstTotals_20170708.xml", "PredispTotals/PUB_PredispTotals_20260630.xml")]
    [InlineData("var_gen_forecast_summary_report_20250228.xml", "VGForecastSummary/PUB_VGForecastSummary_20260630.xml")]
    [InlineData("reduced_GenOutputCapability_20160501.xml", "GenOutputCapability/PUB_GenOutputCapability_20260630.xml")]
    public void Xml_reports_have_the_elements_of_the_recorded_ones(string sample, string path)
    {
        var recorded = Paths(Wire.Sample("ieso", sample));
        var found = Paths(Ask(path));
        Assert.Empty(found.Except(recorded));
        Assert.All(recorded.Except(found), missing => Assert.True(
            missing.Contains("Header", StringComparison.Ordinal) || missing.Contains("AveragePrice", StringComparison.Ordinal), missing));
    }

    [Fact]
    public void The_adequacy_report_has_a_part_of_the_recorded_elements_of_each_kind() =>
        Assert.Empty(Paths(Ask("Adequacy3/PUB_Adequacy3_20260630.xml")).Except(
            Paths(Wire.Sample("ieso", "adequacy_report_20250228.xml"))));

    [Fact]
    public void The_file_of_a_running_hour_has_the_intervals_so_far_and_empty_ones_behind_them()
    {
        var now = Day.AtMidnight().InUtc().ToInstant() + Duration.FromMinutes((5 * 60) + 37);
        var xml = XDocument.Parse(Ask("RealtimeOntarioZonalPrice/PUB_RealtimeOntarioZonalPrice_2026063001.xml", now));
        var prices = xml.Descendants().Where(e => e.Name.LocalName == "ZonalPrice")
            .Select(e => e.Elements().Single(x => x.Name.LocalName == "LmpCap").Value.Length > 0);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => i <= 6), prices);
        Assert.Equal(404, Status("RealtimeOntarioZonalPrice/PUB_RealtimeOntarioZonalPrice_2026063002.xml", now));
    }

    [Fact]
    public void Reports_that_are_not_there_yet_or_no_longer_are_not_found()
    {
        var shown = Instant.FromUtc(2026, 6, 29, 17, 33);
        Assert.Equal(404, Status("DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv", shown - Duration.FromSeconds(1)));
        Assert.Equal(200, Status("DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv", shown));
        Assert.Equal(404, Status("DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv", shown + Duration.FromDays(92)));
        Assert.Equal(404, Status("DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_2026063001.csv", shown));
        Assert.Equal(404, Status("Nothing/PUB_Nothing_20260630.csv", shown));
    }

    [Theory]
    [InlineData("Adequacy3/PUB_Adequacy3_20260630.xml", "RenamedEnergyMW>")]
    [InlineData("RealtimeZonalEnergyPrices/PUB_RealtimeZonalEnergyPrices_2026063001.xml", "RenamedZonalPrice>")]
    [InlineData("Demand/PUB_Demand_2026.csv", ",Renamed Ontario Demand\n")]
    public void A_renamed_column_is_another_element_or_header(string path, string part) => Assert.Contains(
        part,
        Wire.Text(Wire.Ask("ieso", "/public/" + path, Instant.FromUtc(2026, 7, 3, 0, 0), FaultKind.RenamedColumn)),
        StringComparison.Ordinal);

    private static int Status(string path, Instant now) => Wire.Ask("ieso", "/public/" + path, now).Status;

    private static string Ask(string path) => Ask(path, Instant.FromUtc(2026, 7, 3, 0, 0));

    private static string Ask(string path, Instant now)
    {
        var response = Wire.Ask("ieso", "/public/" + path, now);
        Assert.Equal(200, response.Status);
        return Wire.Text(response);
    }

    /// <summary>Runs of digits become one 9 and names of places one a.</summary>
    private static string Form(string line) =>
        Regex.Replace(Regex.Replace(line, @"-?\d+", "9"), @"(?<=^9,)[A-Z][A-Z0-9_.-]+(?=,)", "a");

    /// <summary>Paths of all elements, without namespaces and attributes.</summary>
    private static HashSet<string> Paths(string text) => [.. XDocument.Parse(text).Descendants().Select(element =>
        string.Join('/', element.AncestorsAndSelf().Reverse().Select(e => e.Name.LocalName)))];
}
