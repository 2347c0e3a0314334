using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Pjm;

namespace Aurum.Tests.Sources.Pjm;

/// <summary>What Data Miner sends in place of rows, and what stands around rows: each form has its outcome.</summary>
public sealed class PjmAnswersTests
{
    private const string Item =
        """{"datetime_beginning_utc":"2025-06-10T04:00:00","area":"RTO","instantaneous_load":90000.5}""";

    [Theory]
    [InlineData("""{"errors":[{"field":"pnode_id","message":"Filtering by pnode_id is not allowed for archived data"}]}""",
        Outcome.Unavailable, "PJM answers: [{\"field\":\"pnode_id\"")]
    [InlineData("""{"errors":"Invalid date range: cannot span years"}""", Outcome.Unavailable, "PJM answers: Invalid date range")]
    [InlineData("""{ "statusCode": 401, "message": "Access denied due to missing subscription key." }""",
        Outcome.Unavailable, "PJM answers: Access denied due to missing subscription key.")]
    [InlineData("""{ "statusCode": 401, "message": "Access denied due to invalid subscription key." }""",
        Outcome.Unavailable, "PJM answers: Access denied due to invalid subscription key.")]
    [InlineData("""{ "statusCode": 404, "message": "Resource not found" }""", Outcome.Unavailable, "PJM answers: Resource not found")]
    [InlineData("""{ "statusCode": 429, "message": "Stop. Wait 12 seconds." }""", Outcome.Throttled, "PJM: Stop. Wait 12 seconds.")]
    [InlineData("""{ "statusCode": 500, "message": "Internal server error", "activityId": "x" }""",
        Outcome.Unavailable, "PJM answers: Internal server error")]
    [InlineData("""{"error":{"code":"x","message":null}}""", Outcome.Unavailable, "PJM answers: {\"code\":\"x\"")]
    public void A_refusal_is_told_by_its_words_with_status_200_and_without(string body, Outcome outcome, string why)
    {
        var (result, rows) = Parse(body);
        Assert.Equal(outcome, result.Outcome);
        Assert.StartsWith(why, result.Why, StringComparison.Ordinal);
        Assert.Empty(rows);
        Assert.Equal((result.Outcome, result.Why), (PjmEnvelope.RefusalIn(body)!.Outcome, PjmEnvelope.RefusalIn(body)!.Why));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[1,2]")]
    [InlineData("{\"errors\":")]
    [InlineData("""{"items":[],"totalRows":0}""")]
    public void Words_that_are_no_refusal_say_no_more_than_the_status(string body) => Assert.Null(PjmEnvelope.RefusalIn(body));

    [Fact]
    public void Rate_limit_words_are_throttling_whatever_their_form() => Assert.Equal(
        Outcome.Throttled,
        Parse("""{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 12 seconds." }""").Result.Outcome);

    [Fact]
    public void A_web_page_is_unavailable() => Assert.Equal(
        Outcome.Unavailable, Parse("<!DOCTYPE html><html><title>Maintenance</title></html>").Result.Outcome);

    [Theory]
    [InlineData("""{"links":[],"items":[],"searchSpecification":{"rowCount":50000,"startRow":1},"totalRows":0}""")]
    [InlineData("[]")]
    [InlineData(" [ ] \r\n")]
    [InlineData("datetime_beginning_utc,area,instantaneous_load\r\n")]
    public void No_row_is_proven_empty(string body) => Assert.Equal(Outcome.ProvenEmpty, Parse(body).Result.Outcome);

    [Theory]
    [InlineData(1, 50_000, 1, Outcome.Data)]
    [InlineData(1, 50_000, 2, Outcome.NotYetPublished)]
    [InlineData(50_001, 50_000, 50_001, Outcome.Data)]
    [InlineData(50_001, 50_000, 50_003, Outcome.NotYetPublished)]
    [InlineData(1, 1, 80_000, Outcome.Data)]
    public void An_answer_that_holds_fewer_rows_than_it_counts_leaves_its_day_open(int start, int page, int total, Outcome outcome)
    {
        var (result, rows) = Parse(
            $$$"""{"links":[],"items":[{{{Item}}}],"searchSpecification":{"rowCount":{{{page}}},"startRow":{{{start}}}},"totalRows":{{{total}}}}""");
        Assert.Equal(outcome, result.Outcome);
        Assert.Single(rows);
    }

    [Fact]
    public void Counts_may_stand_before_the_items_or_lack()
    {
        var before = $$"""{"totalRows":2,"searchSpecification":{"rowCount":9,"startRow":1},"items":[{{Item}}]}""";
        Assert.Equal(
            (Outcome.NotYetPublished, "x.json has 1 of the 2 rows that it says it has"),
            (Parse(before).Result.Outcome, Parse(before).Result.Why));
        Assert.Equal(Outcome.Data, Parse($$"""{"items":[{{Item}}]}""").Result.Outcome);
        Assert.Equal(Outcome.Data, Parse($$"""{"items":[{{Item}}],"totalRows":"many","searchSpecification":[]}""").Result.Outcome);
    }

    [Theory]
    [InlineData("""{"rows":[1]}""", "x.json: expected items, found JSON with rows")]
    [InlineData("""{"items":{"a":1}}""", "x.json: expected items, found JSON with items")]
    [InlineData("""[{"datetime_beginning_utc":"2025-06-10T04:00:00"}] x""", "x.json:1: expected a column area")]
    [InlineData("""[] x""", "x.json: expected the end of the array, found more behind it")]
    [InlineData("""[{}]""", "x.json: expected items with properties, found an item without one")]
    [InlineData("""{"items":[{"datetime_beginning_utc":"2025-06-10T04:00:00","area":"RTO","instantaneous_load":1}""",
        "x.json:items[0]: expected more JSON, found the end of the file")]
    public void Other_forms_fail_by_name(string body, string message) => Assert.StartsWith(
        message, Assert.Throws<FeedFormatException>(() => Parse(body)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("instantaneous_load", "inst_load_mw", "expected a column instantaneous_load")]
    [InlineData("90000.5", "\"n/a\"", "x.json:[0]: expected a decimal in instantaneous_load, found 'n/a'")]
    [InlineData("2025-06-10T04:00:00", "10 June", "x.json:[0]: expected a time like 2025-11-02T05:00:00 or 11/2/2025 5:00:00 AM")]
    public void A_renamed_column_and_a_bad_cell_are_named(string from, string to, string message) => Assert.Contains(
        message,
        Assert.Throws<FeedFormatException>(() => Parse($"[{Item.Replace(from, to, StringComparison.Ordinal)}]")).Message,
        StringComparison.Ordinal);

    private static (ParseResult Result, List<Aurum.Market.Power.LoadRow> Rows) Parse(string body) =>
        ParsedFile.RowsOf(InstantLoad.Feed, FeedFile.FromBytes("x.json", Encoding.UTF8.GetBytes(body)));
}
