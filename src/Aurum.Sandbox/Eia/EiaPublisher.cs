using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Eia;

/// <summary>The sandbox's EIA.</summary>
public sealed class EiaPublisher(World world) : SandboxPublisher(world)
{
    public override string Name => "eia";

    public override int DefaultPort => 8002;

    public override IReadOnlyList<string> Hosts { get; } = ["api.eia.gov"];

    public override IReadOnlyList<SandboxSeries> Series => [];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment) =>
        SandboxResponse.Text(404, "text/plain", "Not Found");
}
