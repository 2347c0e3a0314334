namespace Aurum.App.Simulation;

/// <summary>Kills at a chosen step: a request, a look at the clock. Steps are counted, so the same seed dies at the same place.</summary>
internal sealed class KillSwitch
{
    private long _stepsLeft = long.MaxValue;

    /// <summary>Dies after so many more steps.</summary>
    public void Arm(long steps) => Interlocked.Exchange(ref _stepsLeft, steps);

    public void Disarm() => Interlocked.Exchange(ref _stepsLeft, long.MaxValue);

    public void Step()
    {
        if (Interlocked.Decrement(ref _stepsLeft) < 0)
        {
            throw new SimulatedKill();
        }
    }
}
