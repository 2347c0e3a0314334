using System.Net;
using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Ingest;

/// <summary>Secrets of the query, and what publishers say when they refuse.</summary>
public sealed class FetcherRefusalTests
{
    private static readonly FeedRequest WithSecret = new("site", "/day", "asked.csv")
    {
        QuerySecrets = [new QuerySecret("api_key", "test-api-key")],
    };

    private static readonly Dictionary<string, string?> Environment = new() { ["AURUM_TEST_API_KEY"] = "k3y-of-the-test" };

    [Fact]
    public async Task A_secret_of_the_query_is_sent_and_stands_in_no_archived_byte()
    {
        using var rig = new FetchRig(environment: Environment);
        rig.Then(HttpStatusCode.OK, "you asked ?api_key=k3y-of-the-test\n");

        var attempt = await rig.Get(WithSecret);

        Assert.EndsWith("/day?api_key=k3y-of-the-test", rig.Asked[0].Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("/day", 1), (attempt.File!.Fetch.PathAndQuery, attempt.File.ScrubbedSecrets));
        foreach (var file in rig.ArchivedFiles)
        {
            Assert.DoesNotContain("k3y-of-the-test", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_secret_of_the_query_is_named_and_nothing_is_sent()
    {
        using var rig = new FetchRig();

        var attempt = await rig.Get(WithSecret);

        Assert.Equal(Outcome.Unavailable, attempt.Outcome);
        Assert.Contains("AURUM_TEST_API_KEY", attempt.Why, StringComparison.Ordinal);
        Assert.Empty(rig.Asked);
    }

    [Fact]
    public async Task The_publishers_words_decide_what_a_refusal_means_and_lose_its_secrets()
    {
        using var rig = new FetchRig(environment: Environment);
        rig.Then(HttpStatusCode.BadRequest, "limit of k3y-of-the-test reached");
        rig.Then(HttpStatusCode.BadRequest, "no such series");

        var throttled = await rig.Get(WithSecret);
        var other = await rig.Get(WithSecret);

        Assert.Equal((Outcome.Throttled, "it says: limit of *** reached"), (throttled.Outcome, throttled.Why));
        Assert.Equal(Outcome.Unavailable, other.Outcome);
        Assert.Contains("400", other.Why, StringComparison.Ordinal);
    }
}
