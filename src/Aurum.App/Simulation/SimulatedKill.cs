namespace Aurum.App.Simulation;

/// <summary>The process is gone. Nothing catches this but the simulation itself.</summary>
internal sealed class SimulatedKill : Exception
{
    public SimulatedKill()
        : base("killed by the simulation")
    {
    }
}
