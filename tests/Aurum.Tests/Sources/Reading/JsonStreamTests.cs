using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class JsonStreamTests
{
    private const string Rows = """
        { "total": 2, "note": "a\u0041\n", "skip": { "value": [1, [2]] }, "data": [
          { "value": "1.5" }, { "value": null }, { "value": 2e3 }, { "value": "" } ] }
        """;

    [Fact]
    public void Gives_the_same_values_however_the_stream_is_cut()
    {
        for (var chunk = 1; chunk < 60; chunk += 3)
        {
            Assert.Equal("2|aA\n|1.5|NaN|2000|NaN", Values(Rows, chunk));
        }
    }

    [Fact]
    public void Reads_values_longer_than_its_buffer()
    {
        var text = new string('x', 200_000);
        Assert.Equal($"{text}|7", Values($"\uFEFF{{\"note\":\"{text}\",\"total\":7}}", 1000));
    }

    [Theory]
    [InlineData("{\"total\":\n x}", "f.json:2: expected JSON, found ")]
    [InlineData("{\"total\": 1", "f.json:1: expected JSON, found ")]
    [InlineData("{\"total\":\n\n\"x\"}", "f.json:3: expected a decimal in total, found 'x'")]
    [InlineData("{\"total\": 1.5}", "f.json:1: expected a whole number in total, found '1.5'")]
    [InlineData("{\"note\": []}", "f.json:1: expected a value in note, found StartArray")]
    [InlineData("", "f.json:1: expected JSON, found ")]
    public void Names_what_is_wrong_with_its_line_and_property(string text, string message) => Assert.StartsWith(
        message, Assert.Throws<FeedFormatException>(() => Values(text, 4)).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_value_beyond_its_limit()
    {
        var error = Assert.Throws<FeedFormatException>(() =>
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"[\"{new string('x', 200_000)}\"]"));
            using var json = new JsonStream(stream, "f.json", maxTokenBytes: 50_000);
            while (json.Read())
            {
            }
        });
        Assert.Equal("f.json:1: expected a JSON value of at most 50000 bytes, found a longer one", error.Message);
    }

    private static string Values(string text, int chunk)
    {
        var found = new List<string>();
        using var json = new JsonStream(new DripStream(Encoding.UTF8.GetBytes(text), chunk), "f.json");
        while (json.Read())
        {
            if (json.IsProperty("skip"u8))
            {
                json.Skip();
            }
            else if (json.IsProperty("total"u8))
            {
                json.ReadRequired();
                found.Add($"{json.WholeNumber()}");
            }
            else if (json.IsProperty("note"u8))
            {
                json.ReadRequired();
                found.Add(json.Text());
            }
            else if (json.IsProperty("value"u8))
            {
                json.ReadRequired();
                found.Add(FormattableString.Invariant($"{json.NumberOrNaN()}"));
            }
        }

        Assert.Equal(JsonTokenType.EndObject, json.Token);
        return string.Join('|', found);
    }

    [Fact]
    public void Line_delimited_documents_are_read_one_after_the_other_where_that_is_asked_for()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes("{\"a\":1}\n{\"a\":2}\n");
        using var json = new JsonStream(new MemoryStream(bytes), "a.txt", hasMany: true);
        var found = new List<double>();
        while (json.Read())
        {
            if (json.IsProperty("a"u8))
            {
                json.ReadRequired();
                found.Add(json.Number());
            }
        }

        Assert.Equal([1, 2], found);
        Assert.Throws<FeedFormatException>(() =>
        {
            using var one = new JsonStream(new MemoryStream(bytes), "a.txt");
            while (one.Read())
            {
            }
        });
    }
}
