using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class ContentGuardTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Request  "
        + "Rejected</title>", Outcome.Unavailable, "f is a web page ('Request Rejected'), not data")]
    [InlineData("\n\n<!doctype html public \"-//W3C//DTD HTML 3.2 Final//EN\">", Outcome.Unavailable, "f is a web page, not data")]
    [InlineData("<HTML><BODY>Service Unavailable", Outcome.Unavailable, "f is a web page, not data")]
    [InlineData("<?xml version=\"1.0\"?><html xmlns=\"x\">", Outcome.Unavailable, "f is a web page, not data")]
    [InlineData("<html><body>Too many requests</body></html>", Outcome.Throttled, "f says: Too many requests")]
    [InlineData("Rate limit exceeded. Try again in 5 seconds.", Outcome.Throttled, "f says: Rate limit exceeded. Try "
        + "again in 5 seconds.")]
    [InlineData("{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 5 seconds.\" }", Outcome.Throttled, null)]
    public void What_a_server_sends_in_place_of_data_has_its_outcome(string text, Outcome outcome, string? why)
    {
        var refusal = Refusal(text);
        Assert.Equal(outcome, refusal?.Outcome);
        Assert.Equal(why ?? refusal!.Why, refusal!.Why);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("<OASISReport/>")]
    [InlineData("<!-- x --><OASISReport/>")]
    [InlineData("{}")]
    public void Data_passes(string text) => Assert.Null(Refusal(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF\n")]
    public void An_empty_file_is_an_error_never_data(string text) =>
        Assert.Equal("f: expected data, found an empty file", Assert.Throws<FeedFormatException>(() => Refusal(text)).Message);

    [Fact]
    public void Words_of_throttling_inside_a_long_file_are_data() =>
        Assert.Null(Refusal(string.Concat(Enumerable.Repeat("node,too many requests,1\n", 1000))));

    private static ParseResult? Refusal(string text)
    {
        using var archive = new ArchiveReader(FeedFile.FromBytes("f", Encoding.UTF8.GetBytes(text)));
        return ContentGuard.Refusal(archive.Next()!);
    }
}
