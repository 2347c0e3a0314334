using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Ercot;

/// <summary>The sandbox's ERCOT.</summary>
public sealed class ErcotPublisher(World world) : SandboxPublisher(world)
{
    public override string Name => "ercot";

    public override int DefaultPort => 8005;

    public override IReadOnlyList<string> Hosts { get; } = ["api.ercot.com", "www.ercot.com", "ercot.com"];

    public override IReadOnlyList<SandboxSeries> Series => [];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment) =>
        SandboxResponse.Text(404, "text/plain", "Not Found");
}
