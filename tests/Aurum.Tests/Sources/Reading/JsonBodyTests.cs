using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("""{"a":"Montr\u00e9al \ud83d\ude00 \\\\ud83d \\uD83D"}""")]
    [InlineData("""{"a":"\\"}""")]
    [InlineData("\uFEFF[]")]
    public void Text_is_taken_without_its_byte_order_mark(string text)
    {
        using var body = Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text.TrimStart('\uFEFF'), Encoding.UTF8.GetString(body.Bytes.Span));
        Assert.Null(body.Refusal);
    }

    [Theory]
    [InlineData("""{"a":"\ud83d"}""", @"f:1: expected Unicode text, found '\ud83d'")]
    [InlineData("""{"a":"\ud83d\ud83d"}""", @"f:1: expected Unicode text, found '\ud83d'")]
    [InlineData("{\n\"a\":\"\\uDC00\"}", @"f:2: expected Unicode text, found '\uDC00'")]
    [InlineData("""{"a":"\\\ud83d"}""", @"f:1: expected Unicode text, found '\ud83d'")]
    public void Half_a_letter_is_named_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FeedFormatException>(() => Read(Encoding.UTF8.GetBytes(text))).Message);

    [Fact]
    public void A_byte_that_is_no_UTF_8_is_named_with_its_line() => Assert.Equal(
        "f:2: expected Unicode text, found '\u00ff\"}'",
        Assert.Throws<FeedFormatException>(() => Read([.. "{\n\"\u00e9\":\""u8, 0xFF, .. "\"}"u8])).Message);

    private static JsonBody Read(byte[] bytes) => JsonBody.Read(FeedFile.FromBytes("f", bytes), 1 << 20);
}
