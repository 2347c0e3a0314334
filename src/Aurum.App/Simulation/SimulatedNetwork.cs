using System.Collections.Concurrent;
using Aurum.Sandbox.Hosting;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>The sandbox without sockets, with a note of when each site was asked, and a kill switch before and after each answer.</summary>
internal sealed class SimulatedNetwork(SandboxNetwork network, VirtualTime time, KillSwitch kill)
    : DelegatingHandler(new SandboxHandler(network, () => time.Now, time))
{
    /// <summary>Instants of requests by host.</summary>
    public ConcurrentDictionary<string, List<Instant>> Requests { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        kill.Step();
        var asked = Requests.GetOrAdd(request.RequestUri!.Host, static _ => []);
        lock (asked)
        {
            asked.Add(time.Now);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        kill.Step();
        return answer;
    }
}
