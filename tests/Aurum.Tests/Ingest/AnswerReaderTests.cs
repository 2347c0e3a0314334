using System.Net;
using System.Net.Http.Headers;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Ingest;

public sealed class AnswerReaderTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_status_but_200_ends_in_one_outcome()
    {
        for (var status = 100; status < 600; status++)
        {
            var outcome = AnswerReader.OutcomeOf((HttpStatusCode)status);
            Assert.Equal(status == 200, outcome is null);
            Assert.Equal(
                status switch
                {
                    200 => null,
                    204 or 404 or 410 => Outcome.NotYetPublished,
                    429 => Outcome.Throttled,
                    _ => Outcome.Unavailable,
                },
                outcome?.Outcome);
            Assert.True(outcome is null || outcome.Value.Why.Contains($"{status}", StringComparison.Ordinal), $"{status} is not named");
        }
    }

    [Fact]
    public void Only_what_may_pass_by_itself_is_retried() => Assert.Equal(
        [408, 429, 500, 502, 503, 504],
        Enumerable.Range(100, 500).Where(status => AnswerReader.IsWorthRetrying((HttpStatusCode)status)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("9999", 300)]
    [InlineData("Tue, 10 Jun 2025 12:00:45 GMT", 45)]
    [InlineData("Tue, 10 Jun 2025 11:00:00 GMT", 0)]
    [InlineData("Tue, 10 Jun 2025 18:00:00 GMT", 300)]
    public void Retry_After_is_read_in_seconds_and_as_a_date(string? said, int? seconds)
    {
        using var answer = new HttpResponseMessage();
        if (said is not null)
        {
            answer.Headers.TryAddWithoutValidation("Retry-After", said);
        }

        Assert.Equal(seconds, (int?)AnswerReader.RetryAfter(answer, Now, TimeSpan.FromSeconds(300))?.TotalSeconds);
    }

    [Theory]
    [InlineData(null, "asked.csv")]
    [InlineData("attachment; filename=theirs.csv", "theirs.csv")]
    [InlineData("attachment; filename=\"with space.csv\"", "with space.csv")]
    [InlineData("attachment; filename*=UTF-8''theirs%20too.csv", "theirs too.csv")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "asked.csv")]
    [InlineData("attachment; filename=\"..\\\\evil.csv\"", "asked.csv")]
    [InlineData("attachment", "asked.csv")]
    public void The_publishers_name_is_taken_unless_it_is_a_path(string? disposition, string name)
    {
        using var answer = new HttpResponseMessage { Content = new StringContent("") };
        answer.Content.Headers.ContentDisposition = disposition is null ? null : ContentDispositionHeaderValue.Parse(disposition);

        Assert.Equal(name, AnswerReader.FileName(answer, new FeedRequest("site", "/x", "asked.csv")));
    }
}
