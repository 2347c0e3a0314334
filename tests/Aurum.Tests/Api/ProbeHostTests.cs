using System.Net;
using Aurum.App.Api;
using Aurum.App.Running;

namespace Aurum.Tests.Api;

public sealed class ProbeHostTests
{
    [Fact]
    public async Task A_worker_says_whether_it_lives_whether_it_is_ready_and_what_it_counts()
    {
        string? why = null;
        await using var host = ProbeHost.Build("127.0.0.1", 0, () => why);
        await host.StartAsync();
        using var metrics = new AurumMetrics();
        metrics.Refused("rate");
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };

        Assert.Equal("ok\n", await http.GetStringAsync("/live"));
        Assert.Contains("\"ready\"", await http.GetStringAsync("/ready"), StringComparison.Ordinal);
        Assert.Contains("aurum_api_refusals", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);

        why = "PostgreSQL does not answer";
        using var answer = await http.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("ok\n", await http.GetStringAsync("/live"));
        await host.StopAsync();
    }
}
