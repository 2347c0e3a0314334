using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Nyiso;

/// <summary>The sandbox's NYISO.</summary>
public sealed class NyisoPublisher(World world) : SandboxPublisher(world)
{
    public override string Name => "nyiso";

    public override int DefaultPort => 8004;

    public override IReadOnlyList<string> Hosts { get; } = ["mis.nyiso.com"];

    public override IReadOnlyList<SandboxSeries> Series => [];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment) =>
        SandboxResponse.Text(404, "text/plain", "Not Found");
}
