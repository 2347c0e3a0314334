using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.WorldBank;
using NodaTime;

namespace Aurum.Tests.Sources.WorldBank;

public sealed class IndicatorsTests
{
    private const string Name = "worldbank_NY.GDP.MKTP.CD_2025-11-03_1.json";

    private const string Json = """
        [{"page":"1","pages":2,"per_page":"2","total":3,"sourceid":"2","lastupdated":"2026-07-13"},[
        {"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP (current US$)"},"country":{"id":"MX","value":"Mexico"},"countryiso3code":"MEX",
         "date":"2025","value":1832641364775.52,"unit":"","obs_status":"E","decimal":0},
        {"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP (current US$)"},"country":{"id":"XX","value":"Not classified"},"countryiso3code":"",
         "date":"2024Q3","value":null,"unit":"USD","obs_status":"","decimal":0}]]
        """;

    [Fact]
    public void A_row_has_its_unit_from_the_brackets_and_its_status_as_a_flag()
    {
        var (result, rows) = ParsedFile.RowsOf(Indicators.Feed, Name, Json);

        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(
            ["NY.GDP.MKTP.CD/MEX 2025-01-01T00:00:00Z/2026-01-01T00:00:00Z 1832641364775.52 current US$ E",
             "NY.GDP.MKTP.CD/XX 2024-07-01T00:00:00Z/2024-10-01T00:00:00Z NaN USD "],
            rows.Select(r => FormattableString.Invariant($"{r.Series.Id} {r.Period} {r.Value} {r.Series.Unit} {r.Flags}")));
    }

    [Fact]
    public void The_next_page_follows_whether_numbers_come_as_text_or_not()
    {
        var monday = Indicators.Feed.Day(new LocalDate(2025, 11, 3));
        var first = Indicators.Feed.Locate(monday, monday.End)[0];
        var second = Indicators.Feed.NextPage(first, File(Json));

        Assert.Equal(
            "/country/USA;CAN;MEX/indicator/EG.USE.ELEC.KH.PC?format=json&date=2019:2025&per_page=1000&page=1", first.PathAndQuery);
        Assert.EndsWith("&page=2", second!.PathAndQuery, StringComparison.Ordinal);
        Assert.Null(Indicators.Feed.NextPage(second, File(Json.Replace("\"page\":\"1\"", "\"page\":2", StringComparison.Ordinal))));
        Assert.Empty(Indicators.Feed.Locate(monday.Next, monday.End));
    }

    [Theory]
    [InlineData("""[{"page":0,"pages":0,"per_page":0,"total":0,"sourceid":null,"lastupdated":null},null]""")]
    [InlineData("""[{"page":1,"pages":0,"per_page":"50","total":0},[]]""")]
    public void Nothing_that_fits_is_proven_empty(string text) =>
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(Indicators.Feed, Name, text).Result.Outcome);

    [Fact]
    public void An_error_with_status_200_is_an_outcome_in_the_banks_words()
    {
        const string Text = """[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]""";

        var result = ParsedFile.RowsOf(Indicators.Feed, Name, Text).Result;

        Assert.Equal(
            (Outcome.Unavailable, "the World Bank answers 120 Invalid value: The provided parameter value is not valid"),
            (result.Outcome, result.Why));
        Assert.True(Indicators.Feed.Recognizes(new FileHead("x.json", "x.json", Text)));
    }

    [Fact]
    public void Fewer_rows_than_a_page_announces_are_not_taken_for_all()
    {
        var answer = File(Json.Replace("\"per_page\":\"2\"", "\"per_page\":\"3\"", StringComparison.Ordinal)) with { IsAnswer = true };

        Assert.Contains(
            "expected 3 rows as its total says, found 2",
            Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(Indicators.Feed, answer)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"countryiso3code\"", "\"countryiso3\"", "expected a field countryiso3code, found none (nearest: countryiso3)")]
    [InlineData("\"2025\"", "\"25\"", "[1][0].date: expected a period like 2025, 2025Q1 or 2025M07, found '25'")]
    public void What_is_wrong_is_named(string from, string to, string message) => Assert.Contains(
        message,
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            Indicators.Feed, Name, Json.Replace(from, to, StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_cut_answer_is_no_answer() =>
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(Indicators.Feed, Name, Json[..^2]));

    private static FeedFile File(string text) => FeedFile.FromBytes(Name, Encoding.UTF8.GetBytes(text));
}
