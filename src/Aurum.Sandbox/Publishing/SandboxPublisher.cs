using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Publishing;

/// <summary>A publisher of the sandbox: answers requests for its real paths in its real wire format. Pure: world, request and moment
/// decide the answer.</summary>
public abstract class SandboxPublisher
{
    private protected SandboxPublisher(World world) => World = world;

    public World World { get; }

    /// <summary>caiso, eia, nyiso or ercot: the publisher part of its feed ids.</summary>
    public abstract string Name { get; }

    /// <summary>Loopback port that the server uses unless told otherwise.</summary>
    public abstract int DefaultPort { get; }

    /// <summary>Hosts of the real publisher that this one stands in for.</summary>
    public abstract IReadOnlyList<string> Hosts { get; }

    /// <summary>The series that <c>/catalog</c> lists and <c>/data</c> serves.</summary>
    public abstract IReadOnlyList<SandboxSeries> Series { get; }

    /// <summary>The answer to a request for a wire path; 404 in the publisher's own words where there is nothing.</summary>
    public abstract SandboxResponse Answer(SandboxRequest request, Moment moment);
}
