using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;

namespace Aurum.Tests.Engines.ClickHouse;

public sealed class ClickHouseOptionsTests
{
    [Fact]
    public void A_wrong_setting_is_named_with_what_is_expected()
    {
        Assert.Equal(
            "ClickHouse:Url: expected an address like http://clickhouse:8123, without user and query, found 'tcp://x:9000/'",
            Wrong(new() { Url = "tcp://x:9000" }));
        Assert.StartsWith("ClickHouse:Database: expected a letter or underscore", Wrong(new() { Database = "a-b" }));
        Assert.Equal("ClickHouse:Attempts: expected 1 to 20 tries, found 0", Wrong(new() { Attempts = 0 }));
        Assert.Equal("ClickHouse:Compression: expected none or gzip, found 'lz4'", Wrong(new() { Compression = "lz4" }));
    }

    [Fact]
    public void The_password_is_not_printed()
    {
        Assert.DoesNotContain("sesame", new ClickHouseOptions { Password = "sesame" }.ToString());
        Assert.DoesNotContain("sesame", Wrong(new() { Url = "http://me:sesame@x/?password=sesame" }));
    }

    [Theory]
    [InlineData("Code: 60, e.displayText() = DB::Exception: Table a.b doesn't exist., e.what() = DB::Exception", 60, "exist. (code 60)")]
    [InlineData("Code: 60. DB::Exception: Table a.b does not exist. (UNKNOWN_TABLE) (version 24.8.1)", 60, "exist. (UNKNOWN_TABLE)")]
    [InlineData("<html>bad gateway</html>", 0, "expected an answer of ClickHouse, found HTTP status 502 and <html>")]
    public void What_the_server_says_is_told_with_its_code(string answer, int code, string part)
    {
        var error = ClickHouseException.Of(answer, 502, "SELECT 1");
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void The_row_that_was_wrong_is_told_where_the_server_says_it()
    {
        var error = ClickHouseException.Of(
            "Code: 27, e.displayText() = DB::Exception: Cannot parse input: expected \\t before: x: (at row 3)\n, e.what() = DB::Exception",
            500,
            "INSERT INTO a");
        Assert.Equal(3, error.Row);
        Assert.False(error.MayPass);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_finding_with_a_remedy()
    {
        var found = Assert.Single(await ClickHouseCheck.Run(
            new ClickHouseOptions { Url = "http://127.0.0.1:1" }, CancellationToken.None));
        Assert.Equal(EngineState.Failed, found.State);
        Assert.Contains("ClickHouse:Url (http://127.0.0.1:1) is its HTTP port", found.ToDo);
    }

    private static string Wrong(ClickHouseOptions options) => Assert.Throws<ArgumentException>(options.Check).Message;
}
