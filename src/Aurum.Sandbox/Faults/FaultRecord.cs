using NodaTime;

namespace Aurum.Sandbox.Faults;

/// <summary>A fault that was given: what a run has to account for.</summary>
/// <param name="Publisher">Whose answer it was.</param>
/// <param name="PathAndQuery">The request.</param>
/// <param name="Number">The request's number at the publisher, from 1.</param>
/// <param name="Attempt">How many times the same request had come, this one included.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="At">When, on the world's clock.</param>
/// <param name="Detail">What exactly: the interval left out, the place renamed, the bytes sent.</param>
public sealed record FaultRecord(string Publisher, string PathAndQuery, int Number, int Attempt, FaultKind Kind, Instant At, string Detail);
