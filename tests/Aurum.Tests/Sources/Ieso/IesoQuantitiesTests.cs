using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Ieso;
using NodaTime;

namespace Aurum.Tests.Sources.Ieso;

/// <summary>Small reports, made by hand in the publisher's form.</summary>
public sealed class IesoQuantitiesTests
{
    private const string DemandYear = """
        \\Hourly Demand Report,,,
        \\Created at 2025-03-10 07:30:11,,,
        \\For 2025,,,
        Date,Hour,Market Demand,Ontario Demand
        2025-03-08,24,19489,16526
        2025-03-09,1,19317,16374
        2025-03-09,2,19000,
        2025-03-09,24,18000,15000
        2025-03-10,1,18709,15517

        """;

    private const string Generators = """
        <IMODocument docID="GenOutputCapability" xmlns="http://www.theIMO.com/schema"><IMODocHeader/><IMODocBody><Date>2025-11-02</Date>
        <Generators><Generator><GeneratorName>WOLFE</GeneratorName><FuelType>WIND</FuelType>
        <Outputs><Output><Hour>24</Hour><EnergyMW>-1</EnergyMW></Output><Output><Hour>2</Hour></Output></Outputs>
        </Generator></Generators></IMODocBody></IMODocument>
        """;

    [Fact]
    public void A_day_is_cut_out_of_the_year_and_a_missing_value_is_unknown()
    {
        var (result, rows) = Parse(Demand.Feed, DemandYear, new LocalDate(2025, 3, 9));
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(["MARKET 19317", "ONTARIO 16374", "MARKET 19000", "ONTARIO NaN", "MARKET 18000", "ONTARIO 15000"],
            rows.Select(r => $"{r.Area.Id} {r.LoadMw}"));
        Assert.Equal(Instant.FromUtc(2025, 3, 10, 5, 0), rows[^1].Delivery.End);
        Assert.Equal(10, ParsedFile.RowsOf(Demand.Feed, "PUB_Demand.csv", DemandYear).Rows.Count);
    }

    [Fact]
    public void A_day_that_the_year_does_not_have_yet_is_not_published() => Assert.Equal(
        Outcome.NotYetPublished, Parse(Demand.Feed, DemandYear, new LocalDate(2025, 3, 11)).Result.Outcome);

    [Fact]
    public void A_renamed_column_and_a_bad_date_are_named()
    {
        Assert.Equal(
            "x:4: expected a column Ontario Demand, found Date,Hour,Market Demand,Ontario Load (nearest: Ontario Load)",
            Fails(Demand.Feed, DemandYear.Replace("Ontario Demand", "Ontario Load", StringComparison.Ordinal)));
        Assert.Equal(
            "x:5: expected a date like 2026-01-31 in Date, found '8 March'",
            Fails(Demand.Feed, DemandYear.Replace("2025-03-08", "8 March", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_ten_zones_are_read_and_an_unknown_column_is_a_note_and_no_zone()
    {
        const string Year = """
            \\Hourly Zonal Demand Report,,,,,,,,,,,,,,
            \\Created at 2025-03-10 07:30:11,,,,,,,,,,,,,,
            \\For 2025,,,,,,,,,,,,,,
            Date,Hour,Ontario Demand,Northwest,Northeast,Ottawa,East,Toronto,Essa,Bruce,Southwest,Niagara,West,Zone Total,Difference
            2025-03-09,1,100,1,2,3,4,5,6,7,8,9,10,105,5

            """;
        var (result, rows) = ParsedFile.RowsOf(ZonalDemand.Feed, "x", Year);
        Assert.Equal(11, rows.Count);
        Assert.Equal(("ONTARIO", 100.0), (rows[0].Area.Id, rows[0].LoadMw));
        Assert.Equal(("WEST", 10.0), (rows[10].Area.Id, rows[10].LoadMw));
        Assert.Equal(["x: unknown column Difference"], result.Notes);
    }

    [Fact]
    public void An_output_without_a_value_is_unknown()
    {
        var (_, rows) = ParsedFile.RowsOf(GeneratorOutput.Feed, "x.xml", Generators);
        Assert.Equal([-1.0, double.NaN], rows.Select(r => r.GenerationMw));
        Assert.Equal(("WOLFE", LocationType.Resource, "WIND"), (rows[0].Area.Id, rows[0].Area.Type, rows[0].Fuel.Text));
        Assert.Equal(Instant.FromUtc(2025, 11, 3, 4, 0), rows[0].Delivery.Start);
    }

    [Fact]
    public void Generators_without_outputs_or_without_a_name_are_refused()
    {
        Assert.Contains("expected an element Generators with a Generator with Outputs, found none", Fails(
            GeneratorOutput.Feed, Generators.Replace("Outputs", "Amounts", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("expected an element GeneratorName, found none (nearest: GeneratorsName)", Fails(
            GeneratorOutput.Feed, Generators.Replace("GeneratorName", "GeneratorsName", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Outputs", "Output", "Output")]
    [InlineData("Capabilities", "Capability", "Capability")]
    [InlineData("Capacities", "AvailCapacity", "AvailableCapacity")]
    public void A_list_of_generators_whose_values_are_all_renamed_is_refused(string list, string hour, string quantity)
    {
        var report = Generators.Replace(
            "</Generator>",
            $"<{list}><{hour}><Hour>1</Hour><EnergyMWh>7</EnergyMWh></{hour}></{list}></Generator>",
            StringComparison.Ordinal);
        report = quantity == "Output" ? report.Replace("EnergyMW", "EnergyMWh", StringComparison.Ordinal) : report;
        Assert.Contains(
            $"expected an element EnergyMW in the hours of {quantity}, found none (nearest: EnergyMWh)",
            Fails(GeneratorCapability.Feed, report),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_adequacy_report_without_demand_is_refused()
    {
        const string Report = """
            <Document docID="Adequacy3"><DocHeader/><DocBody><DeliveryDate>2026-06-30</DeliveryDate><ForecastSupply><Capacities>
            <Capacity><DeliveryHour>1</DeliveryHour><EnergyMW>37988</EnergyMW></Capacity></Capacities></ForecastSupply>
            </DocBody></Document>
            """;
        Assert.Contains(
            "expected an element ForecastDemand with hours, found none", Fails(Adequacy.Feed, Report), StringComparison.Ordinal);
        Assert.Contains("expected an element EnergyMW, EnergyMWhr or Ramp, found none (nearest: EnergyMWs)", Fails(
            Adequacy.Feed, Report.Replace("EnergyMW", "EnergyMWs", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_of_one_year_share_a_request()
    {
        var first = Demand.Feed.Locate(Demand.Feed.Day(new LocalDate(2025, 1, 1)), Instant.FromUtc(2026, 1, 1, 0, 0));
        var last = Demand.Feed.Locate(Demand.Feed.Day(new LocalDate(2025, 12, 31)), Instant.FromUtc(2026, 1, 1, 0, 0));
        Assert.Equal("/Demand/PUB_Demand_2025.csv", Assert.Single(first).PathAndQuery);
        Assert.Equal(first[0].PathAndQuery, last[0].PathAndQuery);
        Assert.NotNull(first[0].SharedFor);
    }

    private static (ParseResult Result, List<TRow> Rows) Parse<TRow>(Feed<TRow> feed, string text, LocalDate date)
        where TRow : struct => ParsedFile.RowsOf(feed, FeedFile.FromBytes("x", Encoding.UTF8.GetBytes(text), feed.Day(date)));

    private static string Fails<TRow>(Feed<TRow> feed, string text)
        where TRow : struct => Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(feed, "x", text)).Message;
}
