using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Caiso;

/// <summary>The sandbox's CAISO.</summary>
public sealed class CaisoPublisher(World world) : SandboxPublisher(world)
{
    public override string Name => "caiso";

    public override int DefaultPort => 8001;

    public override IReadOnlyList<string> Hosts { get; } = ["oasis.caiso.com"];

    public override IReadOnlyList<SandboxSeries> Series => [];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment) =>
        SandboxResponse.Text(404, "text/plain", "Not Found");
}
