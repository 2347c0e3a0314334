using System.Net;
using System.Text;
using Aurum.App.Scenarios.Requests;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;

namespace Aurum.Tests.Scenarios.Requests;

public sealed class RequestEventsTests
{
    private static readonly RegistryOptions Options = new() { Url = "http://registry:8081" };

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"error_code": 401, "message": "Unauthorized"}""")]
    [InlineData(HttpStatusCode.Forbidden, """{"error_code": 40301, "message": "User is denied operation Read"}""")]
    [InlineData(HttpStatusCode.NotFound, "<html>no such page</html>")]
    public async Task A_registry_that_refuses_us_is_no_fault_of_a_request(HttpStatusCode status, string answer)
    {
        var error = await Assert.ThrowsAsync<RegistryException>(() => Read(status, answer));
        Assert.Equal((int)status, error.Status);
    }

    [Fact]
    public async Task A_schema_that_the_registry_does_not_have_is()
    {
        var error = await Assert.ThrowsAsync<RequestRefusedException>(
            () => Read(HttpStatusCode.NotFound, """{"error_code": 40403, "message": "Schema not found"}"""));
        Assert.Equal("unreadable", error.Reason);
    }

    private static async Task<RunRequest> Read(HttpStatusCode status, string answer)
    {
        using var events = new RequestEvents(Options, new Random(1), TimeProvider.System, new Answering(status, answer));
        return await events.Read(
            new RequestMessage(new KafkaPartition("t", 0), 3, null, [0, 0, 0, 3, 231, 1], new Dictionary<string, string>()),
            CancellationToken.None);
    }

    private sealed class Answering(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") });
    }
}
