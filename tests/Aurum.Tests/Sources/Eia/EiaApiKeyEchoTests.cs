using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Eia;

namespace Aurum.Tests.Sources.Eia;

public sealed class EiaApiKeyEchoTests
{
    [Theory]
    [InlineData("""{"request":{"params":{"api_key":"abc\u0031","x":"api_key"}}}""", "abc\\u0031")]
    [InlineData("\uFEFF{\"api_key\":\"abc\"}", "abc")]
    [InlineData("""{"api_key":12345}""", "12345")]
    [InlineData("""{"request":{"params":{"api_key" : "abc"}},"cut""", "abc")]
    [InlineData("""{"request":{"params":{"api_key":"ab""", "ab")]
    [InlineData("""{"error":"bad address /v2/?api_key=abc&start=1"}""", "abc")]
    [InlineData("<a href='/v2/?start=1&api_key=abc'>", "abc")]
    public void Finds_the_key_that_an_answer_repeats(string body, string key)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal(key, Encoding.UTF8.GetString(bytes[Assert.Single(EiaApiKeyEcho.Find(bytes))]));
    }

    [Theory]
    [InlineData("""{"request":{"params":{"key":"abc"}}}""")]
    [InlineData("""{"api_key":null,"note":"api_key"}""")]
    [InlineData("<html>api_key</html>")]
    [InlineData("")]
    public void Finds_nothing_where_there_is_none(string body) => Assert.Empty(EiaApiKeyEcho.Find(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Every_feed_of_the_API_names_the_keys_of_a_file_but_no_text_so_short_that_it_may_be_data()
    {
        const string Key = "0123456789abcdef0123456789abcdef01234567";
        var file = FeedFile.FromBytes(
            "a.json", Encoding.UTF8.GetBytes($$$"""{"params":{"api_key":"{{{Key}}}"},"url":"?api_key={{{Key}}}&api_key=12"}"""));
        Assert.All(EiaFeeds.All.Except([BulkSeries.Grid, BulkSeries.Coal]), feed => Assert.Equal([Key], feed.EchoedSecrets(file)));
    }

    [Fact]
    public void Finds_the_echo_in_a_recorded_answer()
    {
        var bytes = File.ReadAllBytes(Samples.PathOf("eia", "US-FLA-FPC_US-FLA-FPL_exchange.json"));
        Assert.Equal("REDACTED", Encoding.UTF8.GetString(bytes[Assert.Single(EiaApiKeyEcho.Find(bytes))]));
    }
}
