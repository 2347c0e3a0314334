using System.Net;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Api.Ticks;

/// <summary>What is refused leaves no trace, so that one server does for all.</summary>
public sealed class TickRefusalTests(DuckDbTickReading reading) : IClassFixture<DuckDbTickReading>
{
    private readonly TickServer _server = reading.Server;

    [Theory]
    [InlineData("", "", "content-type", 415)]
    [InlineData("text/plain", "", "content-type", 415)]
    [InlineData("application/x-www-form-urlencoded", "", "content-type", 415)]
    [InlineData("application/x-ndjson", "zstd", "content-encoding", 415)]
    [InlineData("application/x-ndjson", "gzip", "body", 400)]
    public async Task A_body_that_cannot_be_read_is_refused(string type, string encoding, string field, int status)
    {
        (string, string)[] headers = encoding.Length > 0 ? [("Content-Encoding", encoding)] : [];

        var answer = await _server.PostAsync("/v1/ticks", TickMessages.Lines(TickMessages.B()), type, headers);

        Assert.Equal((status, field), ((int)answer.Status, (string)answer.Json["field"]!));
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Theory]
    [InlineData("?tenantt=x", "", "tenantt", 400)]
    [InlineData("", "no blanks", "idempotency-key", 400)]
    public async Task A_request_that_does_not_fit_is_refused(string query, string key, string field, int status)
    {
        (string, string)[] headers = key.Length > 0 ? [("Idempotency-Key", key)] : [];

        var answer = await _server.PostAsync("/v1/ticks" + query, TickMessages.Lines(TickMessages.B()), headers: headers);

        Assert.Equal((status, field), ((int)answer.Status, (string)answer.Json["field"]!));
    }

    [Fact]
    public async Task Only_clients_that_ask_for_this_machine_may_send()
    {
        var answer = await _server.PostAsync(
            "/v1/ticks", TickMessages.Lines(TickMessages.B().With("tenant_id", "nobody")), headers: ("Host", "prices.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Empty(await _server.RowsAsync("/v1/ticks?tenant=nobody"));
    }

    [Theory]
    [InlineData("{}", "ids", 400)]
    [InlineData("""{"ids": ["x"]}""", "ids", 400)]
    [InlineData("""{"ids": ["99.0"]}""", "ids", 404)]
    [InlineData("""{"reason": "Odd"}""", "reason", 400)]
    [InlineData("""{"reason": "TooLate", "limit": 0}""", "limit", 400)]
    [InlineData("""{"tenant": "default", "body": "{}"}""", "body", 400)]
    [InlineData("""{"what": 1}""", "body", 400)]
    public async Task An_order_that_does_not_fit_is_refused(string order, string field, int status)
    {
        var answer = await _server.PostJsonAsync("/v1/ticks/dead-letters/redrive", order);

        Assert.Equal((status, field), ((int)answer.Status, (string)answer.Json["field"]!));
    }

    [Fact]
    public async Task The_path_of_sockets_says_what_it_is_for() =>
        Assert.Equal(HttpStatusCode.UpgradeRequired, (await _server.GetAsync("/v1/ticks/ws")).Status);
}
