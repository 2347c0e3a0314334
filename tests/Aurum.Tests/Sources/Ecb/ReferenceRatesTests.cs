using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Ecb;
using NodaTime;

namespace Aurum.Tests.Sources.Ecb;

public sealed class ReferenceRatesTests
{
    /// <summary>As the file of 90 days is written: one line, double quotes, newest day first.</summary>
    private const string History = """
        <?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube><Cube time="2025-11-03"><Cube currency="USD" rate="1.15"/><Cube currency="CAD" rate="1.61"/></Cube><Cube time="2025-10-31"><Cube currency="USD" rate="1.16"/><Cube currency="CAD" rate="1.624"/><Cube currency="HRK" rate="7.5345"/></Cube></Cube></gesmes:Envelope>
        """;

    [Fact]
    public void Rates_and_cross_rates_are_told_apart()
    {
        var rows = ParsedFile.RowsOf(ReferenceRates.Feed, Answer(History, new LocalDate(2025, 10, 31))).Rows;

        Assert.Equal(
            ["EUR/USD 1.16 USD per EUR ", "EUR/CAD 1.624 CAD per EUR ", "EUR/HRK 7.5345 HRK per EUR "],
            rows.Where(r => r.Flags is null)
                .Select(r => FormattableString.Invariant($"{r.Series.Id} {r.Value} {r.Series.Unit} {r.Flags}")));
        Assert.Equal(
            ["USD/EUR 0.86207", "USD/CAD 1.4", "CAD/EUR 0.61576", "CAD/USD 0.71429"],
            rows.Where(r => r.Flags?.Text == "cross").Select(r => FormattableString.Invariant($"{r.Series.Id} {r.Value:0.#####}")));
        Assert.All(rows, r => Assert.Equal("2025-10-31T00:00:00Z/2025-11-01T00:00:00Z", r.Period.ToString()));
    }

    [Theory]
    [InlineData(2025, 11, 4, Outcome.NotYetPublished)]
    [InlineData(2025, 11, 1, Outcome.ProvenEmpty)]
    [InlineData(2025, 11, 3, Outcome.Data)]
    public void A_day_that_is_missing_is_early_at_the_end_and_empty_in_the_middle(int year, int month, int day, Outcome outcome) =>
        Assert.Equal(outcome, ParsedFile.RowsOf(ReferenceRates.Feed, Answer(History, new LocalDate(year, month, day))).Result.Outcome);

    [Fact]
    public void The_weekend_of_the_clock_change_has_no_fixing_and_the_monday_is_a_calendar_day()
    {
        var now = Instant.FromUtc(2025, 11, 4, 12, 0);
        Assert.Empty(ReferenceRates.Feed.Locate(ReferenceRates.Feed.Day(new LocalDate(2025, 11, 2)), now));
        Assert.Empty(ReferenceRates.Feed.Locate(ReferenceRates.Feed.Day(new LocalDate(2025, 3, 9)), now));
        var rows = ParsedFile.RowsOf(ReferenceRates.Feed, Answer(History, new LocalDate(2025, 11, 3))).Rows;
        Assert.All(rows, r => Assert.Equal("2025-11-03T00:00:00Z/2025-11-04T00:00:00Z", r.Period.ToString()));
    }

    [Theory]
    [InlineData(2025, 11, 4, "/eurofxref-daily.xml")]
    [InlineData(2025, 11, 3, "/eurofxref-hist-90d.xml")]
    [InlineData(2025, 8, 18, "/eurofxref-hist-90d.xml")]
    [InlineData(2025, 8, 14, "/eurofxref-hist.xml")]
    [InlineData(1999, 1, 4, "/eurofxref-hist.xml")]
    public void The_smallest_file_that_has_the_day_is_asked_for(int year, int month, int day, string path) => Assert.Equal(
        path,
        Assert.Single(ReferenceRates.Feed.Locate(
            ReferenceRates.Feed.Day(new LocalDate(year, month, day)), Instant.FromUtc(2025, 11, 4, 15, 30))).PathAndQuery);

    [Theory]
    [InlineData("rate=\"1.15\"", "kurs=\"1.15\"", "a positive decimal in rate")]
    [InlineData("currency=\"USD\"", "code=\"USD\"", "a code of three letters in currency")]
    [InlineData("time=\"2025-11-03\"", "time=\"yesterday\"", "a date like 2017-03-08 in time")]
    [InlineData("rate=\"1.61\"/></Cube>", "rate=\"1.61\"/>", "</Envelope>")]
    public void What_is_wrong_is_named(string from, string to, string expected) => Assert.Contains(
        expected,
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            ReferenceRates.Feed, "eurofxref-hist-90d.xml", History.Replace(from, to, StringComparison.Ordinal))).Message.Replace(
                "</Cube>", "</Envelope>", StringComparison.Ordinal),
        StringComparison.Ordinal);

    [Fact]
    public void A_page_for_people_is_unavailable() => Assert.Equal(
        Outcome.Unavailable,
        ParsedFile.RowsOf(ReferenceRates.Feed, "eurofxref-daily.xml", "<!doctype html><html><title>Sorry</title></html>").Result.Outcome);

    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2038, 4, 25)]
    public void Easter_is_known(int year, int month, int day)
    {
        var easter = new LocalDate(year, month, day);
        Assert.Equal(easter, TargetDays.EasterSunday(year));
        Assert.True(TargetDays.IsClosed(easter.PlusDays(-2)) && TargetDays.IsClosed(easter.PlusDays(1)));
        Assert.False(TargetDays.IsClosed(easter.PlusDays(-3)) || TargetDays.IsClosed(easter.PlusDays(2)));
    }

    private static FeedFile Answer(string text, LocalDate day) =>
        FeedFile.FromBytes("eurofxref-hist-90d.xml", Encoding.UTF8.GetBytes(text), ReferenceRates.Feed.Day(day)) with { IsAnswer = true };
}
