namespace Aurum.App.Simulation;

/// <summary>The clock of a process that may be killed when it looks at it: that is also in the middle of archiving an answer, and
/// between the archive and the commit.</summary>
internal sealed class MortalTime(VirtualTime time, KillSwitch kill) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        kill.Step();
        return time.GetUtcNow();
    }

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
