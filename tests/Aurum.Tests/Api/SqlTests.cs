using System.Net;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class SqlTests
{
    private readonly ApiServer _server;

    public SqlTests(ApiReading reading) => _server = reading.Server;

    [Fact]
    public async Task A_query_gives_csv()
    {
        var answer = await _server.PostAsync("/v1/sql?format=csv",
            """
            {"sql":"SELECT location_id, count(*) AS n, max(interval_start_utc) AS latest, 'a,\"b\"' AS quoted, NULL AS nothing
             FROM iso_lmp WHERE feed = 'nyiso/real-time-lmp-zone' GROUP BY 1"}
            """.ReplaceLineEndings(""));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("location_id,n,latest,quoted,nothing\nN.Y.C.,300,2025-11-03T04:55:00Z,\"a,\"\"b\"\"\",\n", answer.Text);
    }

    [Fact]
    public async Task A_query_gives_json_with_a_row_limit_that_is_told()
    {
        var answer = await _server.PostAsync("/v1/sql",
            """{"sql":"SELECT lmp, interval_start_utc AS t FROM iso_lmp ORDER BY lmp","max_rows":2}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([-6.25, -5.25], answer.Json["data"]!.AsArray().Select(r => (double)r!["lmp"]!));
        Assert.True((bool)answer.Json["meta"]!["has_more"]!);
        Assert.Equal("true", answer.Headers["X-Has-More"]);
    }

    [Fact]
    public async Task Lines_of_json_have_no_brackets()
    {
        var answer = await _server.PostAsync("/v1/sql?format=ndjson",
            """{"sql":"SELECT 1 AS a UNION ALL SELECT 2 ORDER BY 1"}""");

        Assert.Equal("{\"a\":1}\n{\"a\":2}\n", answer.Text);
    }

    [Theory]
    [InlineData("DELETE FROM iso_lmp")]
    [InlineData("DROP TABLE iso_lmp")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("COPY iso_lmp TO '/tmp/aurum-stolen.csv'")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("ATTACH '/tmp/aurum-other.duckdb'")]
    [InlineData("SELECT no_such_column FROM iso_lmp")]
    [InlineData("this is no SQL")]
    public async Task What_is_not_one_reading_query_is_refused(string sql)
    {
        var answer = await _server.PostAsync("/v1/sql", new JsonObject { ["sql"] = sql }.ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("sql", (string)answer.Json["field"]!);
        Assert.Equal(406, (await _server.GetAsync("/v1/status")).Json["data"]!["rows_total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("SELECT 1", "text/plain", HttpStatusCode.UnsupportedMediaType, "content-type")]
    [InlineData("{\"sql\":", "application/json", HttpStatusCode.BadRequest, "body")]
    [InlineData("{\"query\":\"SELECT 1\"}", "application/json", HttpStatusCode.BadRequest, "body")]
    [InlineData("{\"sql\":\"  \"}", "application/json", HttpStatusCode.BadRequest, "sql")]
    [InlineData("{\"sql\":\"SELECT 1\",\"max_rows\":0}", "application/json", HttpStatusCode.BadRequest, "max_rows")]
    public async Task A_body_that_is_no_request_is_refused_by_name(string body, string type, HttpStatusCode status, string field)
    {
        var answer = await _server.PostAsync("/v1/sql", body, type);

        Assert.Equal(status, answer.Status);
        Assert.Equal(field, (string)answer.Json["field"]!);
    }

    [Fact]
    public async Task A_web_page_of_another_host_name_cannot_ask()
    {
        var answer = await _server.PostAsync("/v1/sql", """{"sql":"SELECT 1"}""", host: "evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("host", (string)answer.Json["field"]!);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_ends_in_a_problem()
    {
        await using var server = await ApiServer.StartAsync(null, o => o with { RequestTimeoutSeconds = 0.3 });

        var answer = await server.PostAsync("/v1/sql",
            """{"sql":"SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range % 11"}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.Status);
        Assert.Equal("urn:aurum:problem:timeout", (string)answer.Json["type"]!);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/status")).Status);
    }
}
