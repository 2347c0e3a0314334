namespace Aurum.Sandbox.Faults;

/// <summary>One thing that goes wrong with one answer.</summary>
/// <param name="Kind">What.</param>
/// <param name="Draw">64 bits of chance for the details: which byte, which row.</param>
/// <param name="RetryAfterSeconds">What Retry-After says, for the kinds that say it.</param>
public readonly record struct Fault(FaultKind Kind, ulong Draw, int RetryAfterSeconds = Fault.DefaultRetryAfterSeconds)
{
    public const int DefaultRetryAfterSeconds = 20;
}
